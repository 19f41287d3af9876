package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.cli.Gmq;
import io.gmq.broker.conformance.Wire;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A broker in a process of its own. Its standard error goes to a file in the folder it works in. */
public final class BrokerProcess implements AutoCloseable {
    /** The program of {@code gmq server}. */
    public static final List<String> SERVER = List.of(Gmq.class.getName(), "server");

    private static final int PATIENCE_S = 30;
    private static final String READY = "GMQ ready on ";

    private final Process process;
    private final BufferedReader out;
    private final Path err;
    private String readyLine;
    private InetSocketAddress address;

    private BrokerProcess(final Path folder, final List<String> wrapper, final List<String> program, final String... arguments)
        throws IOException {
        final List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-")).forEach(command::add);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(program);
        command.addAll(List.of(arguments));
        err = Files.createTempFile(folder, "broker", ".err");
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GMQ_"));
        process = builder.start();
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one and waits until it is ready. */
    static BrokerProcess start(final Path folder, final Path data, final String... more) throws IOException {
        return startWrapped(folder, List.of(), data, more);
    }

    /** As {@link #start}, by another program that starts what its arguments say. */
    static BrokerProcess startWrapped(final Path folder, final List<String> wrapper, final Path data, final String... more) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
        arguments.addAll(List.of(more));
        final BrokerProcess broker = new BrokerProcess(folder, wrapper, SERVER, arguments.toArray(String[]::new));
        broker.awaitReady();
        return broker;
    }

    /**
     * Starts one and does not wait until it is ready.
     *
     * @param program options for Java, a main class, and its first arguments; {@link #SERVER} is the broker as people start it.
     */
    public static BrokerProcess launch(final Path folder, final List<String> program, final List<String> arguments) throws IOException {
        return new BrokerProcess(folder, List.of(), program, arguments.toArray(String[]::new));
    }

    /** Starts one that is not expected to get ready, and waits for its end. */
    static BrokerProcess fail(final Path folder, final String... arguments) throws IOException {
        final BrokerProcess broker = new BrokerProcess(folder, List.of(), SERVER, arguments);
        broker.exitCode();
        return broker;
    }

    /** Waits for the line that says so. */
    public void awaitReady() throws IOException {
        readyLine = out.readLine();
        if (readyLine == null || !readyLine.startsWith(READY)) {
            process.destroyForcibly();
            throw new AssertionError("not ready, but '" + readyLine + "'; it said: " + err());
        }
        final int colon = readyLine.lastIndexOf(':');
        address = new InetSocketAddress(readyLine.substring(READY.length(), colon), Integer.parseInt(readyLine.substring(colon + 1)));
    }

    public String readyLine() {
        return readyLine;
    }

    public InetSocketAddress address() {
        return address;
    }

    public Wire connect() {
        return new Wire(address);
    }

    public long pid() {
        return process.pid();
    }

    /** What it has written to standard error so far. */
    public String err() {
        try {
            return Files.readString(err);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is left on its standard output, once it has ended. */
    String restOfOutput() throws IOException {
        final StringBuilder rest = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    /** kill -9. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM: to the broker itself, also where another program has started it. */
    public void terminate() {
        final ProcessHandle handle = process.toHandle();
        handle.children().findFirst().orElse(handle).destroy();
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends it a signal by its name, {@code STOP} or {@code CONT}. */
    public void signal(final String name) throws IOException {
        try {
            final int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
            assertThat(code).as("kill -%s", name).isZero();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The file that its standard error goes to. */
    public Path errFile() {
        return err;
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("has ended; it said: %s", err()).isTrue();
            return process.exitValue();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        kill();
    }
}
