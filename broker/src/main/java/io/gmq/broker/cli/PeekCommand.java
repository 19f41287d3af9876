package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.Message;
import io.gmq.client.MessageState;
import io.gmq.client.PeekOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows messages and changes nothing. */
@Command(
    name = "peek",
    description = "Look at messages of a queue, one per line, and change nothing.",
    footer = {
        "",
        "Examples:",
        "  ./gmq peek -q orders                   the next message",
        "  ./gmq peek -q orders --state parked --max 10 --details",
        "                                         what was set aside, and why",
        "",
        "With --json, one object for each message, as './gmq take' prints it, with state",
        "and, where it was given, reason."
    })
final class PeekCommand extends QueueOperation {
    @Option(names = "--state", paramLabel = "STATE", completionCandidates = Words.States.class,
        description = "Those that are ready, delayed, leased or parked (default: ready).")
    private MessageState state = MessageState.READY;

    @Option(names = "--max", paramLabel = "N", description = "Up to so many, at most 1000 (default: 1).")
    private int max = 1;

    @Mixin
    private MessagePrinter printer;

    PeekCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (max < 1 || max > 1000) {
            throw wrong("--max is " + max + ", must be 1 to 1000");
        }
        final PeekOptions options = PeekOptions.of(state, max).asText();
        final List<Message> messages;
        try (GmqClient client = connect()) {
            messages = client.peek(queue(), json() || printer.details() ? options.details() : options).join();
        }
        printer.print(messages, json(), shell.outIsTerminal());
        if (messages.isEmpty() && shell.errorsIsTerminal()) {
            note("no message in '" + queue() + "' is " + state.word());
        }
        return ExitCodes.OK;
    }
}
