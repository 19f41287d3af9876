package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.segments;
import static io.gmq.journal.chronicle.JournalFixture.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.JournalException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes a journal, and looks for every record that it had said was written. */
class KillNineIT {
    private static final int ROUNDS = 4;

    @TempDir
    private Path data;

    @Test
    void shouldLoseNothingThatWasWrittenWhenTheProcessIsKilled() throws Exception {
        final SplittableRandom random = new SplittableRandom(4884);
        long told = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final Process writer = start();
            try (BufferedReader lines = writer.inputReader()) {
                told = read(lines, 1 + random.nextInt(600), told);
                assertThatThrownBy(() -> openAndCheck(small(data)))
                    .isInstanceOf(JournalException.class).hasMessageContaining("is in use by process " + writer.pid());
                writer.toHandle().destroyForcibly(); // by its handle, which leaves the pipe open to read what it had said
                told = read(lines, Integer.MAX_VALUE, told);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            try (ChronicleJournal journal = openAndCheck(small(data))) {
                assertThat(journal.recovery().lastSequence()).as("after round %d", round).isGreaterThanOrEqualTo(told);
            }
        }
        assertThat(segments(data)).hasSizeGreaterThan(ROUNDS);
    }

    private Process start() throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-")).forEach(command::add);
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(KillNineWriter.class.getName());
        command.add(data.toString());
        return new ProcessBuilder(command).redirectError(new File("target/kill-nine-writer.log")).start();
    }

    /** The last sequence among the next lines; a line that is not whole when its writer is killed may be missing digits. */
    private static long read(final BufferedReader lines, final int count, final long before) throws IOException {
        long last = before;
        for (int i = 0; i < count; i++) {
            final String line = lines.readLine();
            if (line == null) {
                assertThat(count).as("the writer ended by itself, see target/kill-nine-writer.log").isEqualTo(Integer.MAX_VALUE);
                return last;
            }
            last = Math.max(last, Long.parseLong(line));
        }
        return last;
    }
}
