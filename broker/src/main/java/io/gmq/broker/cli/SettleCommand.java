package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Settled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that settle or extend leases by the ids of their messages have in common. */
abstract class SettleCommand extends QueueOperation {
    /** For the help of each: how one comes to have leases. */
    static final String LEASES = "A message is leased to whoever took it until it is settled or its lease ends;%n"
        + "a lease ends with its connection, unless it was taken with --keep:%n%n  ./gmq take -q orders --keep --lease 5m --details";
    /** For the help of each: the rest of what is said of JSON. */
    static final String MISSING = ", and missing, a list of those that were%nnot leased. If there are any, the exit code is 1.";

    private static final int LIST_MAX = 1000;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "The messages' ids, as --details and --json show them.")
    private long[] ids;

    @Option(names = "--attempt", paramLabel = "N",
        description = "Only if the message is leased for this attempt still; with one ID.")
    private Integer attempt;

    SettleCommand(final Shell shell) {
        super(shell);
    }

    /** What is done to the leases, as the protocol's word for how many there were. */
    abstract String done();

    abstract CompletableFuture<Settled> settle(GmqClient client, Leases leases);

    @Override
    public final Integer call() {
        if (attempt != null && ids.length > 1) {
            throw wrong("--attempt is for one ID, not for " + ids.length);
        }
        if (attempt != null) {
            checkCount("--attempt", attempt);
        }
        long count = 0;
        final List<Long> missing = new ArrayList<>();
        try (GmqClient client = connect()) {
            for (int from = 0; from < ids.length; from += LIST_MAX) {
                final Settled settled = settle(client, leases(from)).join();
                count += settled.count();
                missing.addAll(settled.missing());
            }
        }
        final JsonLine line = new JsonLine().with("queue", queue()).with(done(), count);
        print(missing.isEmpty() ? line : line.with("missing", missing), done() + " " + messages(count) + " of '" + shown(queue()) + "'");
        if (!missing.isEmpty()) {
            throw new CommandException(messages(missing.size()) + " of '" + queue() + "' not leased, the first is " + missing.get(0), null);
        }
        return ExitCodes.OK;
    }

    private Leases leases(final int from) {
        // A list also for one: a single id that is not leased would be refused, and could not be printed as missing.
        return attempt == null ? Leases.of(queue(), Arrays.copyOfRange(ids, from, Math.min(ids.length, from + LIST_MAX)))
            : Leases.of(queue(), ids[0], attempt);
    }
}
