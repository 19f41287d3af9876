package io.gmq.client;

import java.util.List;
import java.util.Map;

/** The members of each request, as bytes behind its {@code id}. Stateless. */
final class Requests {
    private static final byte[] PUBLISH = operation("publish");
    private static final byte[] TAKE = operation("take");
    private static final byte[] TAKE_AND_SETTLE = operation("S");
    private static final byte[] LENGTH = operation("length");
    private static final byte[] QUEUES = operation("queues");
    private static final byte[] HELLO = operation("hello");
    private static final byte[] PING = operation("ping");
    private static final byte[] ACK = operation("ack");
    private static final byte[] NACK = operation("nack");
    private static final byte[] EXTEND = operation("extend");

    private static final byte[] QUEUE = name(",\"queue\":");
    private static final byte[] MESSAGE = name(",\"message\":");
    private static final byte[] MESSAGES = name(",\"messages\":[");
    private static final byte[] PAYLOAD = name("\"payload\":");
    private static final byte[] TEXT = name("\"text\":");
    private static final byte[] PRIORITY = name(",\"priority\":");
    private static final byte[] DELAY_MS = name(",\"delay_ms\":");
    private static final byte[] HEADERS = name(",\"headers\":{");
    private static final byte[] DURABILITY = name(",\"durability\":");
    private static final byte[] MAX = name(",\"max\":");
    private static final byte[] WAIT_MS = name(",\"wait_ms\":");
    private static final byte[] LEASE_MS = name(",\"lease_ms\":");
    private static final byte[] KEEP = name(",\"keep\":true");
    private static final byte[] AS_TEXT = name(",\"as\":\"text\"");
    private static final byte[] DETAILS = name(",\"details\":true");
    private static final byte[] ATTEMPT = name(",\"attempt\":");
    private static final byte[] FROM = name(",\"from\":");
    private static final byte[] TO = name(",\"to\":");
    private static final byte[] PREFIX = name(",\"prefix\":");
    private static final byte[] AFTER = name(",\"after\":");
    private static final byte[] VERSION = name(",\"version\":1");
    private static final byte[] NAME = name(",\"name\":");
    private static final byte[] AUTH_USER = name(",\"auth\":{\"user\":");
    private static final byte[] PASSWORD = name(",\"password\":");

    private Requests() {
    }

    private static byte[] operation(final String operation) {
        return name(",\"operation\":\"" + operation + '"');
    }

    private static byte[] name(final String json) {
        return JsonBuffer.ascii(json);
    }

    static void publish(final JsonBuffer out, final String queue, final byte[] payload, final String text) {
        out.raw(PUBLISH).raw(QUEUE).string(queue).raw(',');
        content(out, payload, text);
    }

    static void publish(final JsonBuffer out, final String queue, final OutgoingMessage message, final Durability durability) {
        out.raw(PUBLISH).raw(QUEUE).string(queue).raw(',');
        message(out, message);
        durability(out, durability);
    }

    static void publish(
        final JsonBuffer out, final String queue, final List<OutgoingMessage> messages, final Durability durability) {
        out.raw(PUBLISH).raw(QUEUE).string(queue).raw(MESSAGES);
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw('{');
            message(out, messages.get(i));
            out.raw('}');
        }
        out.raw(']');
        durability(out, durability);
    }

    private static void message(final JsonBuffer out, final OutgoingMessage message) {
        content(out, message.payload, message.text);
        if (message.priority != OutgoingMessage.PRIORITY_DEFAULT) {
            out.raw(PRIORITY).number(message.priority);
        }
        if (message.delayMs > 0) {
            out.raw(DELAY_MS).number(message.delayMs);
        }
        if (!message.headers.isEmpty()) {
            out.raw(HEADERS);
            boolean first = true;
            for (final Map.Entry<String, String> header : message.headers.entrySet()) {
                if (!first) {
                    out.raw(',');
                }
                first = false;
                out.string(header.getKey()).raw(':').string(header.getValue());
            }
            out.raw('}');
        }
    }

    private static void content(final JsonBuffer out, final byte[] payload, final String text) {
        if (payload != null) {
            out.raw(PAYLOAD).base64(payload);
        } else {
            out.raw(TEXT).string(text);
        }
    }

    private static void durability(final JsonBuffer out, final Durability durability) {
        if (durability != null) {
            out.raw(DURABILITY).string(durability.level());
        }
    }

    static void take(final JsonBuffer out, final String queue, final TakeOptions options) {
        out.raw(TAKE).raw(QUEUE).string(queue);
        if (options.max != 1) {
            out.raw(MAX).number(options.max);
        }
        if (options.waitMs > 0) {
            out.raw(WAIT_MS).number(options.waitMs);
        }
        if (options.leaseMs >= 0) {
            out.raw(LEASE_MS).number(options.leaseMs);
        }
        if (options.keep) {
            out.raw(KEEP);
        }
        if (options.asText) {
            out.raw(AS_TEXT);
        }
        if (options.details) {
            out.raw(DETAILS);
        }
        durability(out, options.durability);
    }

    static void takeAndSettle(final JsonBuffer out, final String queue) {
        out.raw(TAKE_AND_SETTLE).raw(QUEUE).string(queue);
    }

    static void ack(final JsonBuffer out, final Message message, final Durability durability) {
        lease(out.raw(ACK), message);
        durability(out, durability);
    }

    static void ack(final JsonBuffer out, final Leases leases, final Durability durability) {
        leases(out.raw(ACK), leases);
        durability(out, durability);
    }

    static void nack(final JsonBuffer out, final Message message, final NackOptions options) {
        lease(out.raw(NACK), message);
        nackOptions(out, options);
    }

    static void nack(final JsonBuffer out, final Leases leases, final NackOptions options) {
        leases(out.raw(NACK), leases);
        nackOptions(out, options);
    }

    private static void nackOptions(final JsonBuffer out, final NackOptions options) {
        if (options.delayMs > 0) {
            out.raw(DELAY_MS).number(options.delayMs);
        }
        if (options.priority >= 0) {
            out.raw(PRIORITY).number(options.priority);
        }
    }

    static void extend(final JsonBuffer out, final Message message, final long leaseMs) {
        lease(out.raw(EXTEND), message);
        out.raw(LEASE_MS).number(leaseMs);
    }

    static void extend(final JsonBuffer out, final Leases leases, final long leaseMs) {
        leases(out.raw(EXTEND), leases);
        out.raw(LEASE_MS).number(leaseMs);
    }

    private static void lease(final JsonBuffer out, final Message message) {
        out.raw(QUEUE).string(message.queue()).raw(MESSAGE).number(message.id()).raw(ATTEMPT).number(message.attempt());
    }

    private static void leases(final JsonBuffer out, final Leases leases) {
        out.raw(QUEUE).string(leases.queue);
        if (leases.ids != null) {
            out.raw(MESSAGES);
            for (int i = 0; i < leases.ids.length; i++) {
                if (i > 0) {
                    out.raw(',');
                }
                out.number(leases.ids[i]);
            }
            out.raw(']');
        } else if (leases.to >= 0) {
            out.raw(FROM).number(leases.from).raw(TO).number(leases.to);
        } else {
            out.raw(MESSAGE).number(leases.from);
            if (leases.attempt > 0) {
                out.raw(ATTEMPT).number(leases.attempt);
            }
        }
    }

    static void length(final JsonBuffer out, final String queue) {
        out.raw(LENGTH).raw(QUEUE).string(queue);
    }

    static void queues(final JsonBuffer out, final String prefix, final String after, final int max) {
        out.raw(QUEUES);
        if (!prefix.isEmpty()) {
            out.raw(PREFIX).string(prefix);
        }
        if (!after.isEmpty()) {
            out.raw(AFTER).string(after);
        }
        out.raw(MAX).number(max);
    }

    static void hello(final JsonBuffer out, final String name, final String user, final String password) {
        out.raw(HELLO).raw(VERSION);
        if (name != null) {
            out.raw(NAME).string(name);
        }
        if (user != null) {
            out.raw(AUTH_USER).string(user).raw(PASSWORD).string(password).raw('}');
        }
    }

    static void ping(final JsonBuffer out) {
        out.raw(PING);
    }
}
