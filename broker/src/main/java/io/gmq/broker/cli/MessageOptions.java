package io.gmq.broker.cli;

import io.gmq.client.OutgoingMessage;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What goes with each message that is published. */
final class MessageOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--priority", paramLabel = "0-9", description = "Higher is delivered first (default: 4).")
    private Integer priority;

    @Option(names = "--delay", paramLabel = "TIME", description = "Not to be delivered before, like 5s, 100ms or 2m.")
    private Duration delay = Duration.ZERO;

    @Option(names = "--ttl", paramLabel = "TIME",
        description = "Dropped, or a dead letter, when not taken by then; 0: never (default: as the queue is configured).")
    private Duration ttl;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "Goes with each message; may be given more than once.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--base64", description = "What is given is base64; the message is the bytes it stands for.")
    private boolean base64;

    void check() {
        if (priority != null && (priority < 0 || priority > 9)) {
            throw new ParameterException(spec.commandLine(), "--priority is " + priority + ", must be 0 to 9");
        }
    }

    /** A message of text, or of the bytes that it stands for. */
    OutgoingMessage of(final String text) {
        return with(base64 ? OutgoingMessage.of(Base64.getDecoder().decode(text)) : OutgoingMessage.of(text));
    }

    /** A message of bytes, or of those they stand for. */
    OutgoingMessage of(final byte[] bytes) {
        return with(OutgoingMessage.of(base64 ? Base64.getDecoder().decode(bytes) : bytes));
    }

    private OutgoingMessage with(final OutgoingMessage message) {
        OutgoingMessage full = message.delay(delay).headers(headers);
        full = ttl == null ? full : full.ttl(ttl);
        return priority == null ? full : full.priority(priority);
    }
}
