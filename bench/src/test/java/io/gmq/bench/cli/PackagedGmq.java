package io.gmq.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the distribution of this module in a folder. */
final class PackagedGmq {
    private static final Path GMQ = Path.of("target/gmq/bin/gmq").toAbsolutePath();
    private static final long PATIENCE_S = 240;

    private final Path folder;

    PackagedGmq(final Path folder) {
        this.folder = folder;
    }

    record Run(int exitCode, String out, String errors) {
    }

    Run run(final String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** With variables beside those of this process. */
    Run run(final Map<String, String> environment, final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(GMQ.toString()));
        command.addAll(List.of(arguments));
        final Path out = folder.resolve("out");
        final Path errors = folder.resolve("errors");
        final ProcessBuilder builder =
            new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        final Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("it ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(errors, StandardCharsets.UTF_8));
    }

    /** Data folders that are still there. */
    List<String> leftBehind() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("gmq-bench-")).toList();
        }
    }
}
