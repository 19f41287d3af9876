package io.gmq.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.broker.cli.CommandSet;
import io.gmq.broker.cli.Shell;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** What is refused before anything is measured. */
class BenchCommandTest {
    private static final Shell SHELL = new Shell(new ByteArrayInputStream(new byte[0]), Map.of(), false, false, false);

    /** The line that is printed. */
    private static String refused(final Object command, final String... arguments) {
        final StringWriter errors = new StringWriter();
        final CommandLine commandLine = new CommandLine(command).registerConverter(Duration.class, text -> Duration.ofSeconds(Long.parseLong(text)));
        commandLine.setErr(new PrintWriter(errors, true));
        commandLine.setParameterExceptionHandler((e, all) -> {
            errors.append(e.getMessage());
            return 2;
        });
        commandLine.setExecutionExceptionHandler((e, failed, parsed) -> {
            errors.append(e.getMessage());
            return 1;
        });
        assertThat(commandLine.execute(arguments)).isNotZero();
        return errors.toString();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThat(refused(new BenchCommand(SHELL), "--rate", "soon")).contains("--rate is 'soon'");
        assertThat(refused(new BenchCommand(SHELL), "-f", "gmq.json")).contains("--start");
        assertThat(refused(new BenchCommand(SHELL), "--consume", "slowly")).contains("push, take or single");
        assertThat(refused(new BenchCommand(SHELL), "--as", "xml")).contains("text or payload");
        assertThat(refused(new BenchCommand(SHELL), "--connections", "1")).contains("--connections is 1");
        assertThat(refused(new BenchCommand(SHELL), "--batch", "2000")).contains("--batch 1000");
        assertThat(refused(new BenchCommand(SHELL), "--window", "4", "--batch", "8")).contains("window is 4");
        assertThat(refused(new BenchCommand(SHELL), "--producers", "0")).contains("producers are 0");
        assertThat(refused(new BenchCommand(SHELL), "--threads", "2")).contains("threads are 2");
        assertThat(refused(new BenchCommand(SHELL), "--backlog", "10", "--consumers", "0")).contains("--backlog needs a consumer");
        assertThat(refused(new TuneCommand(SHELL), "--time", "5")).contains("--time must be 20s or more");
        assertThat(refused(new TuneCommand(SHELL), "--set", "ring.size=4Ki")).contains("ring.size=4Ki");
    }

    @Test
    void shouldReadSizes() {
        final Size.Converter converter = new Size.Converter();
        assertThat(converter.convert("200")).isEqualTo(new Size(200));
        assertThat(converter.convert("16KiB")).isEqualTo(new Size(16 << 10));
        assertThat(converter.convert("1MiB")).isEqualTo(new Size(1 << 20));
        assertThatThrownBy(() -> converter.convert("1.5MiB")).isInstanceOf(TypeConversionException.class);
        assertThatThrownBy(() -> converter.convert("9999MiB")).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void shouldBeFoundByTheCommandLine() {
        assertThat(ServiceLoader.load(CommandSet.class)).anyMatch(set -> set instanceof BenchCommands);
    }
}
