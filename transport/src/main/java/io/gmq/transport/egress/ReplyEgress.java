package io.gmq.transport.egress;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.ring.Egress;
import io.gmq.engine.ring.Slot;
import io.gmq.engine.ring.Syncer;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.codec.FrameSink;
import io.gmq.transport.codec.JsonEffectEncoder;
import io.gmq.transport.codec.RefusalCounts;
import io.gmq.transport.tcp.Connection;
import io.gmq.transport.tcp.SelectorAgent;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Encodes effects and sends each reply as soon as it may leave: at once, since what is told here has been written; or, where
 * the request asked for it, when the sync has come that covers its command. Replies to requests without an id keep their order
 * on a connection, and pushes keep theirs behind them; replies with an id pass whoever waits. Publishes that are not answered by
 * themselves are counted until one is that speaks for them.
 *
 * <p>Belongs to the last stage's thread.
 */
public final class ReplyEgress implements Egress, FrameSink {
    /** Bytes of replies that may wait for a sync before the ring is held up. */
    private static final long HELD_BYTES_MAX = 64L << 20;

    private final Syncer syncer;
    private final JsonEffectEncoder encoder;
    private final HeldReplies held = new HeldReplies();
    private final Long2ObjectHashMap<Connection> connections = new Long2ObjectHashMap<>();
    private final List<Connection> dirty = new ArrayList<>();
    private final List<SelectorAgent> toWake = new ArrayList<>();
    private Connection origin;
    /** Set aside for the reply to its command. */
    private int reserved;
    private long sequence;
    private long goalHeld = Syncer.NOTHING;
    private volatile boolean isHolding;

    public ReplyEgress(final CodecSettings settings, final Payloads payloads, final Syncer syncer) {
        this.syncer = syncer;
        encoder = new JsonEffectEncoder(settings, payloads, this);
    }

    @Override
    public boolean canProceed() {
        return held.size() < HELD_BYTES_MAX;
    }

    @Override
    public EffectSink onCommand(final Slot slot, final long itsSequence) {
        sequence = itsSequence;
        origin = (Connection) slot.origin();
        encoder.onCommand(slot.buffer(), slot.offset());
        if (origin != null) {
            reserved = slot.replyBytes();
            origin.releaseReserved(reserved);
            if (CommandHeader.type(slot.buffer(), slot.offset()) == CommandType.CLOSE) {
                connections.remove(origin.id());
                origin.outbound().recycle();
            } else if (origin.meetEgress()) {
                connections.put(origin.id(), origin);
            }
        }
        return encoder;
    }

    /** The connection that a reply goes to, or {@code null} if there is none any more. */
    private Connection connection(final ReplyTo to) {
        final Connection connection = origin != null && origin.id() == to.connection() ? origin : connections.get(to.connection());
        return connection == null || connection.isClosed() ? null : connection;
    }

    /** What must be synced before the reply may leave. */
    private long goal(final ReplyTo to) {
        return syncer.goal(to.level(), sequence);
    }

    @Override
    public void onReply(final ReplyTo to, final byte[] bytes, final int length) {
        if (origin != null && origin.id() == to.connection()) {
            origin.onReserved(reserved, length); // it has been made, even if there is nobody any more to send it to
        }
        final Connection connection = connection(to);
        if (connection != null) {
            send(connection, goal(to), bytes, length, to.promised(), looks(to));
        }
    }

    private static int looks(final ReplyTo to) {
        return ((to.presentation() & Presentation.CLOSE) != 0 ? HeldReplies.LAST : 0)
            | (to.correlation() == CommandHeader.NO_CORRELATION ? HeldReplies.IN_ORDER : 0);
    }

    @Override
    public void onPublished(final ReplyTo to, final byte[] bytes, final int length) {
        final Connection connection = connection(to);
        if (connection != null) {
            send(connection, Math.max(goal(to), connection.takeQuietGoal()), bytes, length, to.promised(), looks(to));
        }
    }

    /** Asks for no sync: the reply that speaks for it will. */
    @Override
    public void onQuiet(final ReplyTo to) {
        final Connection connection = connection(to);
        if (connection != null) {
            connection.onQuiet(goal(to));
            // Nothing to flush, but a client that has ended its half may be waiting for the end of the other.
            markDirty(connection);
        }
    }

    @Override
    public long takeConfirmed(final ReplyTo to) {
        final Connection connection = connection(to);
        return connection == null ? 0 : connection.takeQuiet();
    }

    /** In order, whatever id its consume had: it never comes before the reply to that, nor before an earlier push. */
    @Override
    public void onPush(final ReplyTo to, final byte[] bytes, final int length, final long reckonedBytes) {
        final Connection connection = connection(to);
        if (connection != null) {
            send(connection, goal(to), bytes, length, (int) reckonedBytes, HeldReplies.PUSH | HeldReplies.IN_ORDER);
        }
    }

    private void send(
        final Connection connection, final long goal, final byte[] bytes, final int length, final int count, final int looks) {
        final boolean isOvertaking = (looks & HeldReplies.IN_ORDER) != 0 && connection.heldInOrder() > 0
            || (looks & HeldReplies.LAST) != 0 && connection.held() > 0;
        if (isOvertaking || !syncer.isSynced(goal)) {
            held.add(goal, connection, bytes, length, count, looks);
            goalHeld = Math.max(goalHeld, goal);
            isHolding = true;
        } else {
            if (goal != Syncer.NOTHING) {
                releaseDue(); // the same sync has come for those before it
            }
            HeldReplies.send(connection, bytes, length, count, looks);
            markDirty(connection);
        }
    }

    private void markDirty(final Connection connection) {
        if (connection.markDirty()) {
            dirty.add(connection);
        }
    }

    @Override
    public void onBatchEnd() {
        if (goalHeld != Syncer.NOTHING) {
            syncer.request(goalHeld);
            goalHeld = Syncer.NOTHING;
        }
        flush();
    }

    @Override
    public boolean onDuty() {
        final boolean isReleased = releaseDue();
        // Also those that there was no room to flush the last time.
        flush();
        return isReleased || !dirty.isEmpty();
    }

    private boolean releaseDue() {
        boolean isReleased = false;
        while (!held.isEmpty() && syncer.isSynced(held.firstGoal())) {
            markDirty(held.release());
            isReleased = true;
        }
        if (isReleased) {
            isHolding = !held.isEmpty();
        }
        return isReleased;
    }

    private void flush() {
        if (dirty.isEmpty()) {
            return;
        }
        // What was written must be visible before it is asked whether a flush is scheduled already.
        VarHandle.fullFence();
        int left = 0;
        for (int i = 0; i < dirty.size(); i++) {
            final Connection connection = dirty.get(i);
            if (!toWake.contains(connection.agent())) {
                toWake.add(connection.agent());
            }
            if (!connection.scheduleFlush()) {
                dirty.set(left++, connection);
            }
        }
        dirty.subList(left, dirty.size()).clear();
        for (int i = 0; i < toWake.size(); i++) {
            toWake.get(i).wake();
        }
        toWake.clear();
    }

    /** What was refused. Anybody's. */
    public RefusalCounts refusals() {
        return encoder.refusals();
    }

    /** Whether replies wait for a sync. Anybody's. */
    public boolean isHolding() {
        return isHolding;
    }
}
