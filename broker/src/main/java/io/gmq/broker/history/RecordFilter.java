package io.gmq.broker.history;

import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Chooses the records that have to do with a queue or a message, whatever they name: it applies each and looks what has changed. A
 * record has to do with a queue if it names it, or if any of the queue's counts differ after it. Owned by one thread.
 */
public final class RecordFilter {
    private static final Count[] COUNTS = Count.values();

    private final Witness witness;
    private final byte[] queue;
    private final MessageWatch message;
    private final long[] counts = new long[COUNTS.length];
    private final PublishCommand publish = new PublishCommand();
    private final TakeCommand take = new TakeCommand();
    private final SettleCommand settle = new SettleCommand();
    private final ConsumeCommand consume = new ConsumeCommand();
    private final BindingCommand binding = new BindingCommand();
    private final ConfigureCommand configure = new ConfigureCommand();

    /**
     * Looks from the engine's state on.
     *
     * @param queue   {@code null} for any.
     * @param message {@code null} for any.
     */
    public RecordFilter(final StateMachine engine, final String queue, final Long message) {
        witness = new Witness(engine);
        this.queue = queue == null ? null : queue.getBytes(StandardCharsets.UTF_8);
        this.message = message == null ? null : new MessageWatch(message);
        Arrays.fill(counts, Count.NONE);
        if (engine.inspector().nowMs() > 0) { // else nothing was ever there
            hasQueueChanged();
            if (message != null) {
                this.message.look(witness);
            }
        }
    }

    /** Applies a record; says whether it has to do with what is looked for. */
    public boolean apply(final DirectBuffer buffer, final int offset, final int length) {
        witness.apply(buffer, offset, length);
        final boolean ofMessage = message == null || message.look(witness);
        final boolean ofQueue = queue == null || hasQueueChanged() | isNamed(buffer, offset);
        return ofMessage && ofQueue;
    }

    private boolean hasQueueChanged() {
        if (queue == null) {
            return false;
        }
        final QueueCounts its = witness.counts(queue);
        boolean hasChanged = false;
        for (final Count count : COUNTS) {
            // That one changes with the clock alone.
            final long value = its == null || count == Count.OLDEST_READY_MS ? Count.NONE : its.get(count);
            hasChanged |= value != counts[count.ordinal()];
            counts[count.ordinal()] = value;
        }
        return hasChanged;
    }

    private boolean isNamed(final DirectBuffer buffer, final int offset) {
        return switch (CommandHeader.type(buffer, offset)) {
            case PUBLISH -> !publish.wrap(buffer, offset).isTopic() && is(buffer, publish.nameOffset(), publish.nameLength());
            case TAKE -> is(buffer, take.wrap(buffer, offset).nameOffset(), take.nameLength());
            case ACK, NACK, EXTEND, PARK -> is(buffer, settle.wrap(buffer, offset).nameOffset(), settle.nameLength());
            case CONSUME -> is(buffer, consume.wrap(buffer, offset).nameOffset(), consume.nameLength());
            case BIND, UNBIND -> is(buffer, binding.wrap(buffer, offset).nameOffset(), binding.nameLength());
            case CONFIGURE -> is(buffer, configure.wrap(buffer, offset).nameOffset(), configure.nameLength());
            case KICK, PURGE, DELETE -> is(buffer, QueueCommand.nameOffset(offset), QueueCommand.nameLength(buffer, offset));
            default -> false;
        };
    }

    private boolean is(final DirectBuffer buffer, final int offset, final int length) {
        if (length != queue.length) {
            return false;
        }
        final byte[] name = new byte[length];
        buffer.getBytes(offset, name);
        return Arrays.equals(name, queue);
    }
}
