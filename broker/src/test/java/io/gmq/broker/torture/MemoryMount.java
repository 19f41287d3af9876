package io.gmq.broker.torture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A small disk in memory, which can be filled. Needs the right to mount. */
final class MemoryMount implements AutoCloseable {
    private static final String FILLER = "filler";
    private static final int PIECE = 16 << 10;

    private final Path folder;

    private MemoryMount(final Path folder) {
        this.folder = folder;
    }

    /** Whether this system lets us mount one. */
    static boolean isPossible(final Path folder) throws IOException {
        final Path trial = Files.createDirectories(folder.resolve("trial"));
        final boolean isMounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", trial.toString()) == 0;
        if (isMounted) {
            run("umount", trial.toString());
        }
        Files.delete(trial);
        return isMounted;
    }

    static MemoryMount of(final Path folder, final String size) throws IOException {
        Files.createDirectories(folder);
        if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()) != 0) {
            throw new IOException("cannot mount a tmpfs at " + folder);
        }
        return new MemoryMount(folder);
    }

    private static int run(final String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Somebody else takes all the room there is. */
    void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(FILLER), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (freeBytes() > 0) {
                out.write(new byte[(int) Math.min(PIECE, Math.max(1, freeBytes()))]);
            }
        } catch (final IOException full) {
            // that is what was wanted
        }
    }

    /** And gives it back. */
    void makeRoom() throws IOException {
        Files.deleteIfExists(folder.resolve(FILLER));
    }

    long freeBytes() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        run("umount", folder.toString());
    }
}
