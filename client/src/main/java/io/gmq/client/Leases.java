package io.gmq.client;

import java.util.Collection;
import java.util.Objects;

/** Which leases of a queue to settle or extend: one, a list, or a range of ids. Immutable. */
public final class Leases {
    private static final int LIST_MAX = 1000;

    final String queue;
    /** The ids of a list; {@code null} for one or a range. */
    final long[] ids;
    /** The one id, or the first of the range. */
    final long from;
    /** The last of the range, or -1 where there is none. */
    final long to;
    /** Which attempt the one is, or 0 for whichever. */
    final int attempt;

    private Leases(final String queue, final long[] ids, final long from, final long to, final int attempt) {
        this.queue = Objects.requireNonNull(queue, "queue");
        this.ids = ids;
        this.from = from;
        this.to = to;
        this.attempt = attempt;
    }

    /** The lease on one message, whichever attempt it is; refused with {@code not_leased} when there is none. */
    public static Leases of(final String queue, final long message) {
        return new Leases(queue, null, message, -1, 0);
    }

    /** The lease on one message, as long as it is this attempt: not one that was given to somebody else meanwhile. */
    public static Leases of(final String queue, final long message, final int attempt) {
        return new Leases(queue, null, message, -1, Checks.range("attempt", attempt, 1, Integer.MAX_VALUE));
    }

    /** The leases on a list of 1 to 1000 messages. Ids that are not leased are no error: {@link Settled#missing} names them. */
    public static Leases of(final String queue, final long[] messages) {
        Checks.range("number of messages", messages.length, 1, LIST_MAX);
        return new Leases(queue, messages.clone(), -1, -1, 0);
    }

    /** The leases on 1 to 1000 messages, all of one queue. */
    public static Leases of(final Collection<Message> messages) {
        Checks.range("number of messages", messages.size(), 1, LIST_MAX);
        final String queue = messages.iterator().next().queue();
        final long[] ids = new long[messages.size()];
        int i = 0;
        for (final Message message : messages) {
            if (!message.queue().equals(queue)) {
                throw new IllegalArgumentException(
                    "messages of more than one queue: '" + queue + "' and '" + message.queue() + "'; settle them queue by queue");
            }
            ids[i++] = message.id();
        }
        return new Leases(queue, ids, -1, -1, 0);
    }

    /** All leases that this connection has on messages with ids in a range, both ends included. */
    public static Leases range(final String queue, final long from, final long to) {
        if (from > to) {
            throw new IllegalArgumentException("from is " + from + ", beyond to, which is " + to);
        }
        return new Leases(queue, null, from, to, 0);
    }
}
