package io.gmq.engine.sim;

import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.TakeCommand;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.sim.ModelState.Body;
import io.gmq.engine.sim.ModelState.Consumer;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Queue;
import io.gmq.engine.sim.ModelState.Session;
import io.gmq.engine.sim.ModelState.Taker;
import io.gmq.engine.sim.ModelState.WaitingTake;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** Who gets which message, and what becomes of those that nobody shall get any more. */
final class ModelServing {
    /** What one command gives to those in lines, and how many expired messages it deals with in passing. */
    private static final int SERVED_MAX = 1000;
    private static final long SERVED_BYTES_MAX = 4L << 20;
    private static final int PASSED_MAX = 1000;
    private static final String EXPIRED = "expired";
    private static final String MAX_ATTEMPTS = "max_attempts";
    private static final String ORIGIN_QUEUE = "gmq-origin-queue";
    private static final String ORIGIN_MESSAGE = "gmq-origin-message";
    private static final String REASON = "gmq-reason";
    private static final Set<String> ORIGIN = Set.of(ORIGIN_QUEUE, ORIGIN_MESSAGE, REASON);

    private final ModelState state;
    private final EffectText effects;
    private final Tally tally;
    private int served;
    private long servedBytes;
    private int passed;

    ModelServing(final ModelState state, final EffectText effects, final Tally tally) {
        this.state = state;
        this.effects = effects;
        this.tally = tally;
    }

    /** Begins a command: what one may do counts from here. */
    void begin() {
        served = 0;
        servedBytes = 0;
        passed = 0;
    }

    // ---------------------------------------------------------------- the end of leases and of messages

    /** A lease is over and the message not settled. */
    void release(final Message message) {
        state.endLease(message);
        if (!failIfUsedUp(message) && !expireIfOver(message)) {
            state.makeReady(message);
        }
    }

    /** Deals with a message that has been given out often enough; says whether it has. */
    boolean failIfUsedUp(final Message message) {
        final long most = message.queue.setting(Setting.MAX_ATTEMPTS);
        if (most == 0 || message.attempt < most) {
            return false;
        }
        tally.count("message used up");
        fail(message, MAX_ATTEMPTS);
        return true;
    }

    /** Deals with a message whose time to live has passed; says whether it has. */
    boolean expireIfOver(final Message message) {
        if (message.expiryMs > state.atMs) {
            return false;
        }
        message.queue.expired++;
        tally.count("message expired");
        if (message.queue.deadLetter.isEmpty()) {
            state.forget(message);
        } else {
            fail(message, EXPIRED);
        }
        return true;
    }

    private void fail(final Message message, final String reason) {
        message.expiryMs = ModelState.NEVER;
        state.park(message, reason);
        if (!message.queue.deadLetter.isEmpty()) {
            state.failed.add(message);
        }
    }

    private void deadLetter(final Message message) {
        if (message.state != ModelState.State.PARKED) {
            return; // dropped, to make room
        }
        final String name = message.queue.deadLetter;
        if (state.queues.get(name) == null && state.isFullOfQueues() || !state.hasRoom(state.queues.get(name), 1)) {
            tally.count("dead letter that had no place");
            return; // stays parked
        }
        final Queue target = state.queueOf(name);
        state.makeRoom(target, 1);
        final long ttlMs = target.setting(Setting.TTL_MS);
        final Message letter =
            state.add(target, letter(message), message.priority, ttlMs == 0 ? ModelState.NEVER : state.atMs + ttlMs);
        state.makeReady(letter);
        message.queue.deadLettered++;
        tally.count("dead letter");
        state.forget(message);
    }

    /** The bytes of a dead letter: the payload, the old headers without any that tell of an origin, and those that tell of this one. */
    private Body letter(final Message message) {
        final Body old = message.body;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final byte[] all = old.bytes.byteArray();
        bytes.write(all, 0, old.payloadLength);
        int at = old.payloadLength;
        while (at < all.length) {
            final int nameLength = old.bytes.getShort(at) & 0xFFFF;
            final String name = new String(all, at + Short.BYTES, nameLength, StandardCharsets.UTF_8);
            final int valueLength = old.bytes.getShort(at + Short.BYTES + nameLength) & 0xFFFF;
            final int length = 2 * Short.BYTES + nameLength + valueLength;
            if (!ORIGIN.contains(name)) {
                bytes.write(all, at, length);
            }
            at += length;
        }
        bytes.writeBytes(Draft.encoded(ORIGIN_QUEUE, message.queue.readable));
        bytes.writeBytes(Draft.encoded(ORIGIN_MESSAGE, Long.toString(message.id)));
        bytes.writeBytes(Draft.encoded(REASON, message.reason));
        return new Body(new UnsafeBuffer(bytes.toByteArray()), old.payloadLength, state.atMs);
    }

    // ---------------------------------------------------------------- giving

    /** Whether there is a message to give; deals with expired ones that stand before it. */
    boolean hasReady(final Queue queue) {
        while (!queue.isPaused() && !queue.ready().isEmpty()) {
            if (queue.ready().first().expiryMs > state.atMs) {
                return true;
            }
            if (passed == PASSED_MAX) {
                tally.count("met more expired messages than one command deals with");
                return false;
            }
            passed++;
            expireIfOver(queue.ready().first());
        }
        return false;
    }

    /** What a message is reckoned at. */
    static long reckoned(final Body body, final int expansion) {
        return TakeCommand.MESSAGE_OVERHEAD + ((long) body.payloadLength * expansion + 2) / 3
            + (long) body.headersLength() * TakeCommand.HEADER_EXPANSION;
    }

    /** Gives a waiting take, or one that need not wait, what there is for it. */
    void give(final WaitingTake take) {
        effects.beginMessages(take.to);
        give(take, take.max);
    }

    /** Gives somebody up to so many messages and returns what they are reckoned at. */
    private long give(final Taker taker, final int max) {
        final Queue queue = taker.queue;
        long bytes = 0;
        for (int given = 0; given < max && hasReady(queue); given++) {
            final Message message = queue.ready().first();
            final long cost = reckoned(message.body, taker.expansion);
            if (given > 0 && bytes + cost > taker.room) {
                break;
            }
            bytes += cost;
            give(message, taker);
        }
        return bytes;
    }

    private void give(final Message message, final Taker taker) {
        final Body body = message.body;
        message.attempt = Math.min(Limits.ATTEMPT_MAX, message.attempt + 1);
        message.queue.delivered++;
        effects.message(message.id, message.attempt, message.priority, body.publishedMs, body.bytes, 0, body.payloadLength,
            body.headersLength());
        if (taker.leaseMs == 0) {
            message.queue.acked++;
            state.forget(message);
        } else {
            final long leaseMs = taker.leaseMs == TakeCommand.DEFAULT_LEASE ? state.leaseMsOf(message.queue) : taker.leaseMs;
            state.lease(message, state.sessionOf(taker.to.connection()), taker instanceof Consumer ? (Consumer) taker : null,
                state.atMs + leaseMs, taker.keep);
        }
    }

    /** Tells a take that has waited for nothing, and forgets it. */
    void giveUp(final WaitingTake take) {
        if (take.queue.isDeleted) {
            effects.refused(take.to, RefusalCode.NO_SUCH_QUEUE, take.queue.readable, -1, -1, -1);
        } else {
            effects.beginMessages(take.to);
        }
        state.remove(take);
    }

    // ---------------------------------------------------------------- serving those in lines

    /** What comes after every command that changed something: dead letters, then those who wait. */
    void finish() {
        do {
            while (!state.failed.isEmpty()) {
                deadLetter(state.failed.remove());
            }
            serveTouched();
        } while (!state.failed.isEmpty());
    }

    private boolean hasBudget() {
        return served < SERVED_MAX && servedBytes < SERVED_BYTES_MAX && passed < PASSED_MAX;
    }

    private void serveTouched() {
        while (state.hasToServe() && hasBudget()) {
            final Queue queue = state.touched.iterator().next();
            if (!queue.line.isEmpty() && hasReady(queue)) {
                turn(queue, queue.line.iterator().next());
            }
            state.touched.remove(queue);
            if (!queue.line.isEmpty() && !queue.isPaused() && !queue.ready().isEmpty()) {
                state.touched.add(queue);
            }
        }
        if (!hasBudget()) {
            tally.count("served as much as one command may");
        }
    }

    private void turn(final Queue queue, final Taker first) {
        final long deliveredBefore = queue.delivered;
        if (first instanceof WaitingTake) {
            final WaitingTake take = (WaitingTake) first;
            if (!take.session.isClosing) {
                effects.beginMessages(take.to);
                servedBytes += give(take, take.max);
            }
            state.remove(take);
        } else if (first.session.isClosing) {
            queue.line.remove(first);
        } else {
            push(queue, (Consumer) first);
        }
        served += (int) (queue.delivered - deliveredBefore);
    }

    private void push(final Queue queue, final Consumer consumer) {
        final Session session = consumer.session;
        final int takers = queue.line.size();
        final int share = (queue.ready().size() + takers - 1) / takers;
        final long deliveredBefore = queue.delivered;
        effects.beginDelivery(consumer.to, consumer.number, queue.readable);
        final long bytes = give(consumer, Math.min(consumer.credit, share));
        effects.endDelivery(bytes);
        servedBytes += bytes;
        session.unread += bytes;
        tally.count("push");
        if (session.unread >= DrainedCommand.WINDOW) {
            tally.count("window used up");
        }
        consumer.credit -= (int) (queue.delivered - deliveredBefore);
        queue.line.remove(consumer);
        state.joinLine(consumer);
        session.consumers.values().forEach(other -> {
            if (!other.mayGet()) {
                other.queue.line.remove(other);
            }
        });
    }
}
