package io.gmq.client;

import java.util.List;
import java.util.Map;

/**
 * The members of the requests that are about messages, as bytes, beginning with {@code operation}; those about queues and the broker are
 * in {@link QueueRequests}. Stateless.
 */
final class Requests {
    private static final byte[] PUBLISH = operation("publish");
    private static final byte[] TAKE = operation("take");
    private static final byte[] TAKE_AND_SETTLE = operation("S");
    private static final byte[] ACK = operation("ack");
    private static final byte[] NACK = operation("nack");
    private static final byte[] EXTEND = operation("extend");
    private static final byte[] PARK = operation("park");
    private static final byte[] KICK = operation("kick");
    private static final byte[] PEEK = operation("peek");
    private static final byte[] CONSUME = operation("consume");
    private static final byte[] ATOMIC = operation("atomic");

    static final byte[] QUEUE = name(",\"queue\":");
    static final byte[] TOPIC = name(",\"topic\":");
    static final byte[] STATE = name(",\"state\":");
    static final byte[] CREDIT = name(",\"credit\":");
    private static final byte[] MESSAGE = name(",\"message\":");
    private static final byte[] MESSAGES = name(",\"messages\":[");
    private static final byte[] PAYLOAD = name("\"payload\":");
    private static final byte[] TEXT = name("\"text\":");
    private static final byte[] PRIORITY = name(",\"priority\":");
    private static final byte[] DELAY_MS = name(",\"delay_ms\":");
    private static final byte[] TTL_MS = name(",\"ttl_ms\":");
    private static final byte[] PRODUCER = name(",\"producer\":");
    private static final byte[] SEQUENCE = name(",\"sequence\":");
    private static final byte[] REASON = name(",\"reason\":");
    private static final byte[] STEPS = name(",\"steps\":[");
    private static final byte[] HEADERS = name(",\"headers\":{");
    private static final byte[] DURABILITY = name(",\"durability\":");
    static final byte[] MAX = name(",\"max\":");
    private static final byte[] WAIT_MS = name(",\"wait_ms\":");
    private static final byte[] LEASE_MS = name(",\"lease_ms\":");
    private static final byte[] KEEP = name(",\"keep\":true");
    private static final byte[] AS_TEXT = name(",\"as\":\"text\"");
    private static final byte[] DETAILS = name(",\"details\":true");
    private static final byte[] ATTEMPT = name(",\"attempt\":");
    private static final byte[] FROM = name(",\"from\":");
    private static final byte[] TO = name(",\"to\":");

    private Requests() {
    }

    static byte[] operation(final String operation) {
        return name("\"operation\":\"" + operation + '"');
    }

    static byte[] name(final String json) {
        return JsonBuffer.ascii(json);
    }

    static void publish(final JsonBuffer out, final String queue, final byte[] payload, final String text) {
        out.raw(PUBLISH).raw(QUEUE).string(queue).raw(',');
        content(out, payload, text);
    }

    static void publish(final JsonBuffer out, final String queue, final OutgoingMessage message, final PublishOptions options) {
        message(out.raw(PUBLISH).raw(QUEUE).string(queue).raw(','), message);
        publishOptions(out, options);
    }

    static void publish(
        final JsonBuffer out, final String queue, final List<OutgoingMessage> messages, final PublishOptions options) {
        messages(out.raw(PUBLISH).raw(QUEUE).string(queue), messages);
        publishOptions(out, options);
    }

    static void publishToTopic(
        final JsonBuffer out, final String topic, final OutgoingMessage message, final PublishOptions options) {
        message(out.raw(PUBLISH).raw(TOPIC).string(topic).raw(','), message);
        publishOptions(out, options);
    }

    static void publishToTopic(
        final JsonBuffer out, final String topic, final List<OutgoingMessage> messages, final PublishOptions options) {
        messages(out.raw(PUBLISH).raw(TOPIC).string(topic), messages);
        publishOptions(out, options);
    }

    private static void messages(final JsonBuffer out, final List<OutgoingMessage> messages) {
        out.raw(MESSAGES);
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw('{');
            message(out, messages.get(i));
            out.raw('}');
        }
        out.raw(']');
    }

    private static void publishOptions(final JsonBuffer out, final PublishOptions options) {
        if (options.producer != null) {
            out.raw(PRODUCER).string(options.producer).raw(SEQUENCE).number(options.sequence);
        }
        durability(out, options.durability);
    }

    private static void message(final JsonBuffer out, final OutgoingMessage message) {
        content(out, message.payload, message.text);
        if (message.priority != OutgoingMessage.PRIORITY_DEFAULT) {
            out.raw(PRIORITY).number(message.priority);
        }
        if (message.delayMs > 0) {
            out.raw(DELAY_MS).number(message.delayMs);
        }
        if (message.ttlMs >= 0) {
            out.raw(TTL_MS).number(message.ttlMs);
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
        presentation(out, options.asText, options.details);
        durability(out, options.durability);
    }

    static void consume(final JsonBuffer out, final String queue, final ConsumeOptions options) {
        out.raw(CONSUME).raw(QUEUE).string(queue).raw(CREDIT).number(options.credit);
        if (options.leaseMs >= 0) {
            out.raw(LEASE_MS).number(options.leaseMs);
        }
        if (options.keep) {
            out.raw(KEEP);
        }
        presentation(out, options.asText, options.details);
    }

    static void peek(final JsonBuffer out, final String queue, final PeekOptions options) {
        out.raw(PEEK).raw(QUEUE).string(queue).raw(STATE).string(options.state.word()).raw(MAX).number(options.max);
        presentation(out, options.asText, options.details);
    }

    private static void presentation(final JsonBuffer out, final boolean asText, final boolean details) {
        if (asText) {
            out.raw(AS_TEXT);
        }
        if (details) {
            out.raw(DETAILS);
        }
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
        durability(out, options.durability);
    }

    static void extend(final JsonBuffer out, final Message message, final long leaseMs) {
        lease(out.raw(EXTEND), message);
        out.raw(LEASE_MS).number(leaseMs);
    }

    static void extend(final JsonBuffer out, final Leases leases, final long leaseMs) {
        leases(out.raw(EXTEND), leases);
        out.raw(LEASE_MS).number(leaseMs);
    }

    static void park(final JsonBuffer out, final Message message, final String reason) {
        lease(out.raw(PARK), message);
        reason(out, reason);
    }

    static void park(final JsonBuffer out, final Leases leases, final String reason) {
        leases(out.raw(PARK), leases);
        reason(out, reason);
    }

    private static void reason(final JsonBuffer out, final String reason) {
        if (!reason.isEmpty()) {
            out.raw(REASON).string(reason);
        }
    }

    static void kick(final JsonBuffer out, final String queue, final int max) {
        out.raw(KICK).raw(QUEUE).string(queue).raw(MAX).number(max);
    }

    static void atomic(final JsonBuffer out, final List<Connection.Request> steps) {
        out.raw(ATOMIC).raw(STEPS);
        for (int i = 0; i < steps.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw('{');
            steps.get(i).write(out);
            out.raw('}');
        }
        out.raw(']');
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
}
