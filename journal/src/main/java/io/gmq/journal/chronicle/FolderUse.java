package io.gmq.journal.chronicle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whether a broker holds a data folder, found out without touching its lock: who tries a lock has it for a moment, and a broker that
 * starts in that moment would not. So the answer is good enough for a hint to a person, and for nothing more.
 */
final class FolderUse {
    private static final Path LOCKS = Path.of("/proc/locks");

    private FolderUse() {
    }

    static boolean isHeld(final Path folder) {
        final Path lock = folder.resolve("lock");
        try {
            return DataFolder.isHeldHere(folder.toRealPath()) || Files.exists(lock) && isLocked(lock);
        } catch (final IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean isLocked(final Path lock) throws IOException {
        if (Files.isReadable(LOCKS)) {
            final String inode = ":" + Files.getAttribute(lock, "unix:ino") + " ";
            try (Stream<String> locks = Files.lines(LOCKS, StandardCharsets.US_ASCII)) {
                return locks.anyMatch(line -> line.contains(inode));
            }
        }
        final String pid = Files.readString(lock, StandardCharsets.US_ASCII).trim();
        return pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }
}
