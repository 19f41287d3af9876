package io.gmq.engine.kit;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;

/** What an ack, nack, extend or park asks for. */
public record Settle(
    CommandType type, String queue, int selection, int attempt, int priority, long durationMs, String reason, long... ids) {
    public static Settle ack(final String queue, final long... ids) {
        return of(CommandType.ACK, 0, queue, ids);
    }

    public static Settle nack(final String queue, final long... ids) {
        return of(CommandType.NACK, 0, queue, ids);
    }

    public static Settle extend(final String queue, final long... ids) {
        return of(CommandType.EXTEND, TakeCommand.DEFAULT_LEASE, queue, ids);
    }

    public static Settle park(final String queue, final long... ids) {
        return of(CommandType.PARK, 0, queue, ids);
    }

    private static Settle of(final CommandType type, final long durationMs, final String queue, final long... ids) {
        return new Settle(type, queue, ids.length == 1 ? SettleCommand.ONE : SettleCommand.LIST, SettleCommand.ANY_ATTEMPT,
            SettleCommand.SAME_PRIORITY, durationMs, "", ids);
    }

    /** A list, also where it is of one. */
    public Settle list() {
        return new Settle(type, queue, SettleCommand.LIST, attempt, priority, durationMs, reason, ids);
    }

    /** All between two ids that this connection has leased. */
    public Settle range(final long from, final long to) {
        return new Settle(type, queue, SettleCommand.RANGE, attempt, priority, durationMs, reason, from, to);
    }

    public Settle attempt(final int its) {
        return new Settle(type, queue, selection, its, priority, durationMs, reason, ids);
    }

    public Settle priority(final int its) {
        return new Settle(type, queue, selection, attempt, its, durationMs, reason, ids);
    }

    /** The delay of a nack, the lease of an extend. */
    public Settle forMs(final long its) {
        return new Settle(type, queue, selection, attempt, priority, its, reason, ids);
    }

    /** Of a park. */
    public Settle reason(final String its) {
        return new Settle(type, queue, selection, attempt, priority, durationMs, its, ids);
    }
}
