package io.gmq.engine.kit;

import io.gmq.engine.api.TakeCommand;

/** What a consume asks for; a credit of one and the configured lease unless it says so. */
public record Consume(String queue, int credit, long leaseMs, boolean keep, int pushBytesMax, int expansion) {
    private static final int PLENTY = 1 << 30;

    public static Consume from(final String queue) {
        return new Consume(queue, 1, TakeCommand.DEFAULT_LEASE, false, PLENTY, 4);
    }

    public Consume credit(final int its) {
        return new Consume(queue, its, leaseMs, keep, pushBytesMax, expansion);
    }

    public Consume leaseMs(final long its) {
        return new Consume(queue, credit, its, keep, pushBytesMax, expansion);
    }

    public Consume kept() {
        return new Consume(queue, credit, leaseMs, true, pushBytesMax, expansion);
    }

    public Consume room(final int bytes, final int expandsTo) {
        return new Consume(queue, credit, leaseMs, keep, bytes, expandsTo);
    }
}
