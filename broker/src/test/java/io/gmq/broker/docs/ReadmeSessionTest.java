package io.gmq.broker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays the sessions of README.md, from its first command to its last, against a broker that was empty before: {@code nc} over a
 * socket, {@code ./gmq} as a process of its own. The blocks marked {@code console} hold them: a line that begins with {@code $} is
 * a command, and those up to the next are what it prints.
 */
class ReadmeSessionTest {
    private static final String PROMPT = "$ ";
    private static final Pattern NETCAT = Pattern.compile("printf '([^']*)' \\| nc -q1 127\\.0\\.0\\.1 4884");
    private static final Pattern GMQ = Pattern.compile("\\./gmq (.*)");
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern CONTROL = Pattern.compile("%%|\\\\(.)");
    private static final long PATIENCE_S = 60;

    @Test
    void shouldAnswerAsTheReadmeShows(@TempDir final Path folder) throws IOException, InterruptedException {
        final List<Document.Block> sessions = Document.read("README.md").blocks("console");
        int netcats = 0;
        try (DocumentedBroker broker = new DocumentedBroker(folder.resolve("data"))) {
            for (final Document.Block session : sessions) {
                for (final Step step : steps(session)) {
                    final Matcher netcat = NETCAT.matcher(step.command);
                    final Matcher gmq = GMQ.matcher(step.command);
                    final String printed;
                    if (netcat.matches()) {
                        netcats++;
                        printed = broker.exchange(printf(netcat.group(1)).getBytes(StandardCharsets.UTF_8));
                    } else {
                        assertThat(gmq.matches()).as("a command that this test can play: " + step.command).isTrue();
                        printed = gmq(gmq.group(1), broker.address(), folder);
                    }
                    assertThat(printed.stripTrailing()).as(step.command).isEqualTo(String.join("\n", step.printed));
                }
            }
        }
        assertThat(netcats).as("requests with nc in README.md").isGreaterThan(5);
    }

    private record Step(String command, List<String> printed) {
    }

    private static List<Step> steps(final Document.Block session) {
        final List<Step> steps = new ArrayList<>();
        for (final String line : session.lines()) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            } else {
                steps.get(steps.size() - 1).printed.add(line);
            }
        }
        return steps;
    }

    /** What the shell's printf makes of a format without arguments. */
    private static String printf(final String format) {
        return CONTROL.matcher(format).replaceAll(match -> match.group(1) == null ? "%" : switch (match.group(1)) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "\\" -> "\\\\";
            default -> throw new IllegalArgumentException("not known here: " + match.group());
        });
    }

    private static String gmq(final String arguments, final String address, final Path folder) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), "io.gmq.broker.cli.Gmq"));
        final Matcher argument = ARGUMENT.matcher(arguments);
        while (argument.find()) {
            command.add(argument.group(1) == null ? argument.group(2) : argument.group(1));
        }
        final File out = folder.resolve("out").toFile();
        final ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectErrorStream(true);
        builder.environment().put("GMQ_ADDRESS", address);
        final Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("./gmq " + arguments + " has not ended within " + PATIENCE_S + " s");
        }
        final String printed = Files.readString(out.toPath());
        assertThat(process.exitValue()).as("exit code of ./gmq " + arguments + ", which printed: " + printed).isZero();
        return printed;
    }
}
