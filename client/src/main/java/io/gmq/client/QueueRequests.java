package io.gmq.client;

import static io.gmq.client.Requests.CREDIT;
import static io.gmq.client.Requests.MAX;
import static io.gmq.client.Requests.QUEUE;
import static io.gmq.client.Requests.STATE;
import static io.gmq.client.Requests.TOPIC;
import static io.gmq.client.Requests.name;
import static io.gmq.client.Requests.operation;

import java.util.Map;

/** The members of the requests that are about queues, consumers and the broker itself, as {@link Requests} has the others. Stateless. */
final class QueueRequests {
    private static final byte[] LENGTH_OF = operation("length");
    private static final byte[] QUEUES = operation("queues");
    private static final byte[] DESCRIBE = operation("describe");
    private static final byte[] CONFIGURE = operation("configure");
    private static final byte[] PURGE = operation("purge");
    private static final byte[] DELETE = operation("delete");
    private static final byte[] BIND = operation("bind");
    private static final byte[] UNBIND = operation("unbind");
    private static final byte[] CREDIT_MORE = operation("credit");
    private static final byte[] CANCEL = operation("cancel");
    private static final byte[] HELLO = operation("hello");
    private static final byte[] PING = operation("ping");

    private static final byte[] CONSUMER = name(",\"consumer\":");
    private static final byte[] IF_EMPTY = name(",\"if_empty\":true");
    private static final byte[] PREFIX = name(",\"prefix\":");
    private static final byte[] AFTER = name(",\"after\":");
    private static final byte[] VERSION = name(",\"version\":1");
    private static final byte[] NAME = name(",\"name\":");
    private static final byte[] AUTH_USER = name(",\"auth\":{\"user\":");
    private static final byte[] PASSWORD = name(",\"password\":");
    private static final byte[] TRUE = name("true");
    private static final byte[] FALSE = name("false");

    private QueueRequests() {
    }

    static void length(final JsonBuffer out, final String queue) {
        out.raw(LENGTH_OF).raw(QUEUE).string(queue);
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

    static void describe(final JsonBuffer out, final String queue) {
        out.raw(DESCRIBE).raw(QUEUE).string(queue);
    }

    static void configure(final JsonBuffer out, final String queue, final ConfigureOptions options) {
        out.raw(CONFIGURE).raw(QUEUE).string(queue);
        for (final Map.Entry<String, Object> member : options.members.entrySet()) {
            out.raw(',').string(member.getKey()).raw(':');
            if (member.getValue() instanceof final Long number) {
                out.number(number);
            } else if (member.getValue() instanceof final Boolean truth) {
                out.raw(truth ? TRUE : FALSE);
            } else {
                out.string(member.getValue().toString());
            }
        }
    }

    static void purge(final JsonBuffer out, final String queue, final MessageState state) {
        out.raw(PURGE).raw(QUEUE).string(queue);
        if (state != null) {
            out.raw(STATE).string(state.word());
        }
    }

    static void delete(final JsonBuffer out, final String queue, final boolean ifEmpty) {
        out.raw(DELETE).raw(QUEUE).string(queue);
        if (ifEmpty) {
            out.raw(IF_EMPTY);
        }
    }

    static void bind(final JsonBuffer out, final String topic, final String queue) {
        out.raw(BIND).raw(TOPIC).string(topic).raw(QUEUE).string(queue);
    }

    static void unbind(final JsonBuffer out, final String topic, final String queue) {
        out.raw(UNBIND).raw(TOPIC).string(topic).raw(QUEUE).string(queue);
    }

    static void credit(final JsonBuffer out, final long consumer, final int credit) {
        out.raw(CREDIT_MORE).raw(CONSUMER).number(consumer).raw(CREDIT).number(credit);
    }

    static void cancel(final JsonBuffer out, final long consumer) {
        out.raw(CANCEL).raw(CONSUMER).number(consumer);
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
