package io.gmq.compare.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that are installed. */
public final class Programs {
    /** Servers are often where only root's PATH leads. */
    private static final List<String> MORE = List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin");
    private static final long PATIENCE_S = 30;

    private final List<Path> folders;

    Programs(final List<Path> folders) {
        this.folders = folders;
    }

    /** Those of a PATH, and of the usual places. */
    public static Programs of(final String path) {
        return new Programs(Stream.concat(Stream.of(path.split(":")), MORE.stream())
            .filter(folder -> !folder.isEmpty()).distinct().map(Path::of).toList());
    }

    Optional<Path> find(final String name) {
        return folders.stream().map(folder -> folder.resolve(name)).filter(Files::isExecutable).findFirst();
    }

    /** Whether programs would find a shared library: in LD_LIBRARY_PATH, or by the system's own list. */
    boolean hasLibrary(final String name) {
        final String more = System.getenv().getOrDefault("LD_LIBRARY_PATH", "");
        if (Stream.of(more.split(":")).anyMatch(folder -> !folder.isEmpty() && Files.exists(Path.of(folder, name)))) {
            return true;
        }
        try {
            final Optional<Path> list = find("ldconfig");
            return list.isPresent() && ask(Pattern.compile("(" + Pattern.quote(name) + ") "), list.get().toString(), "-p").equals(name);
        } catch (final IOException e) {
            return false;
        }
    }

    /** Runs a program and gives the first match of a pattern's group in what it prints; the whole output if there is none. */
    static String ask(final Pattern pattern, final String... command) throws IOException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final Matcher matcher = pattern.matcher(said);
        return matcher.find() ? matcher.group(1) : said.strip();
    }
}
