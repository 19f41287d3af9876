package io.gmq.broker.cli;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.Config;
import io.gmq.broker.config.Machine;
import io.gmq.journal.JournalException;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs a broker until it is told to stop. */
@Command(
    name = "server",
    description = "Run a broker until it is stopped (Ctrl-C, SIGTERM).",
    footer = {
        "",
        "When it takes connections it prints one line that begins with 'GMQ ready' and names HOST:PORT.",
        "",
        "  ./gmq server                              journal in ./data, 127.0.0.1:4884",
        "  ./gmq server -f gmq.json                  the original's files work too",
        "  ./gmq server --set queue.queue_type=memory   keep nothing on disk"
    })
final class ServerCommand extends Operation {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);
    /** Of a process that stops because its own state cannot be trusted (EX_SOFTWARE of sysexits.h). */
    private static final int EXIT_BROKEN = 70;

    @Mixin
    private ConfigOptions options;

    ServerCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        final Config config = options.load(shell.environment());
        LogOutput.direct(config.logFile());
        final PrintWriter err = errors();
        final Broker broker = new Broker(config, Machine.current(), Outside.MACHINE, VersionCommand.version(), failure -> die(failure, err));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker, err), "gmq-stop"));
        out().println("GMQ ready on " + ports(broker));
        out().flush();
        new CountDownLatch(1).await();
        return ExitCodes.OK;
    }

    private static String ports(final Broker broker) {
        final String tls = broker.tlsAddress().map(ServerCommand::hostAndPort).orElse("");
        if (!broker.hasPlainPort()) {
            return tls + " with TLS";
        }
        return hostAndPort(broker.address()) + (tls.isEmpty() ? "" : " and on " + tls + " with TLS");
    }

    private static String hostAndPort(final InetSocketAddress address) {
        final String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static void stop(final Broker broker, final PrintWriter err) {
        int exitCode = ExitCodes.OK;
        try {
            LOG.info("stopping");
            broker.close();
            LOG.info("stopped");
        } catch (final RuntimeException e) {
            err.println("gmq: the broker could not stop cleanly: " + Escapes.line(String.valueOf(e.getMessage())));
            err.flush();
            exitCode = ExitCodes.FAILED;
        }
        Runtime.getRuntime().halt(exitCode);
    }

    /**
     * A stage, a selector or the journal has failed: nothing more is confirmed, and the journal says what is true. The first thread
     * that finds so ends the process, others wait for that.
     */
    private static synchronized void die(final Throwable failure, final PrintWriter err) {
        try {
            final boolean isOfJournal = failure instanceof JournalException;
            final String what = isOfJournal ? failure.getMessage() : String.valueOf(failure);
            LOG.error("the broker stops at once: {}", what, isOfJournal ? null : failure);
            err.println("gmq: the broker has stopped itself: " + Escapes.line(what)
                + "; start it again, it recovers from the journal");
            err.flush();
        } finally {
            Runtime.getRuntime().halt(EXIT_BROKEN);
        }
    }
}
