package io.gmq.engine.sim;

import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.Setting;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Queue;
import io.gmq.engine.sim.ModelState.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What is said about queues, and what is done to them as a whole. */
final class ModelQueues {
    private final ModelState state;
    private final EffectText effects;

    ModelQueues(final ModelState state, final EffectText effects) {
        this.state = state;
        this.effects = effects;
    }

    // ---------------------------------------------------------------- settings and counts

    Refusal configure(final DirectBuffer command, final ConfigureCommand asked, final ReplyTo to, final boolean[] changed) {
        final String name = ModelState.text(command, asked.nameOffset(), asked.nameLength());
        if (!state.queues.containsKey(name) && state.isFullOfQueues()) {
            return new Refusal(RefusalCode.TOO_MANY_QUEUES, name, state.limits.maxQueueNumber(), state.queues.size());
        }
        changed[0] = !state.queues.containsKey(name);
        final Queue queue = state.queueOf(name);
        final boolean wasPaused = queue.isPaused();
        for (final Setting setting : Setting.values()) {
            if ((asked.given() & setting.bit()) != 0) {
                changed[0] |= queue.setting(setting) != asked.value(setting);
                queue.settings[setting.ordinal()] = asked.value(setting);
            }
        }
        if ((asked.given() & ConfigureCommand.DEAD_LETTER) != 0) {
            final String deadLetter = ModelState.text(command, asked.deadLetterOffset(), asked.deadLetterLength());
            changed[0] |= !queue.deadLetter.equals(deadLetter);
            queue.deadLetter = deadLetter;
        }
        if (wasPaused && !queue.isPaused()) {
            state.touch(queue);
        }
        effects.configured(to, settings(queue));
        return null;
    }

    private QueueSettings settings(final Queue queue) {
        final QueueSettings settings = new QueueSettings();
        for (final Setting setting : Setting.values()) {
            settings.set(setting, queue.setting(setting));
        }
        settings.set(Setting.CAPACITY, state.capacityOf(queue)).set(Setting.MAX_MESSAGE_LENGTH, state.maxMessageLengthOf(queue))
            .set(Setting.LEASE_MS, state.leaseMsOf(queue));
        return settings.deadLetter(new UnsafeBuffer(ModelState.bytes(queue.deadLetter)), 0, queue.deadLetter.length());
    }

    private QueueCounts counts(final Queue queue) {
        long bytes = 0;
        for (final State its : State.values()) {
            for (final Message message : queue.in(its)) {
                bytes += message.body.payloadLength;
            }
        }
        Message oldest = null;
        for (final Message message : queue.ready()) {
            oldest = oldest == null || message.id < oldest.id ? message : oldest;
        }
        return new QueueCounts()
            .set(Count.LENGTH, queue.length())
            .set(Count.READY, queue.count(State.READY))
            .set(Count.DELAYED, queue.count(State.DELAYED))
            .set(Count.LEASED, queue.count(State.LEASED))
            .set(Count.PARKED, queue.count(State.PARKED))
            .set(Count.BYTES, bytes)
            .set(Count.CONSUMERS, queue.consumers.size())
            .set(Count.PUBLISHED, queue.published)
            .set(Count.DELIVERED, queue.delivered)
            .set(Count.ACKED, queue.acked)
            .set(Count.EXPIRED, queue.expired)
            .set(Count.DEAD_LETTERED, queue.deadLettered)
            .set(Count.DROPPED, queue.dropped)
            .set(Count.OLDEST_READY_MS, oldest == null ? Count.NONE : state.atMs - oldest.body.publishedMs);
    }

    Refusal describe(final String name, final ReplyTo to) {
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        effects.described(to, settings(queue), counts(queue));
        return null;
    }

    Refusal length(final String name, final ReplyTo to) {
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        effects.length(to, queue.count(State.READY), queue.count(State.DELAYED), queue.count(State.LEASED), queue.count(State.PARKED));
        return null;
    }

    Refusal queues(final DirectBuffer command, final QueuesCommand asked, final ReplyTo to) {
        final String prefix = ModelState.text(command, asked.prefixOffset(), asked.prefixLength());
        final String after = ModelState.text(command, asked.afterOffset(), asked.afterLength());
        effects.beginQueues(to);
        int given = 0;
        int bytes = 0;
        boolean more = false;
        for (final Queue queue : state.queues.values()) {
            if (!queue.name.startsWith(prefix) || !after.isEmpty() && queue.name.compareTo(after) <= 0) {
                continue;
            }
            bytes += QueuesCommand.QUEUE_OVERHEAD + 2 * queue.name.length();
            if (given == asked.max() || given > 0 && bytes > asked.replyBytesMax()) {
                more = true;
                break;
            }
            effects.queue(queue.readable, counts(queue));
            given++;
        }
        effects.endQueues(more);
        return null;
    }

    // ---------------------------------------------------------------- bindings

    Refusal bind(final DirectBuffer command, final BindingCommand asked, final ReplyTo to, final boolean[] changed) {
        final String name = ModelState.text(command, asked.nameOffset(), asked.nameLength());
        if (!state.queues.containsKey(name) && state.isFullOfQueues()) {
            return new Refusal(RefusalCode.TOO_MANY_QUEUES, name, state.limits.maxQueueNumber(), state.queues.size());
        }
        changed[0] = state.queueOf(name).topics.add(ModelState.text(command, asked.topicOffset(), asked.topicLength()));
        effects.done(to);
        return null;
    }

    Refusal unbind(final DirectBuffer command, final BindingCommand asked, final ReplyTo to, final boolean[] changed) {
        final String name = ModelState.text(command, asked.nameOffset(), asked.nameLength());
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        changed[0] = queue.topics.remove(ModelState.text(command, asked.topicOffset(), asked.topicLength()));
        effects.done(to);
        return null;
    }

    // ---------------------------------------------------------------- messages as a whole

    Refusal peek(final DirectBuffer command, final PeekCommand asked, final ReplyTo to) {
        final String name = ModelState.text(command, asked.nameOffset(), asked.nameLength());
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        effects.beginMessages(to);
        final MessageState its = asked.state();
        int given = 0;
        long bytes = 0;
        for (final Message message : queue.states.get(its.ordinal())) {
            bytes += ModelServing.reckoned(message.body, asked.expansion());
            if (given == asked.max() || given > 0 && bytes > asked.replyBytesMax()) {
                break;
            }
            final boolean isNextTold = its == MessageState.READY || its == MessageState.DELAYED;
            effects.peeked(message.id, isNextTold ? message.attempt + 1 : message.attempt, message.priority, message.body.publishedMs,
                message.body.bytes, 0, message.body.payloadLength, message.body.headersLength(), its,
                its == MessageState.PARKED ? ModelState.readable(message.reason) : "");
            given++;
        }
        return null;
    }

    Refusal kick(final String name, final int max, final ReplyTo to, final boolean[] changed) {
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        int kicked = 0;
        while (kicked < max && queue.count(State.PARKED) > 0) {
            final Message message = queue.in(State.PARKED).first();
            message.attempt = 0;
            message.reason = "";
            state.makeReady(message);
            kicked++;
        }
        effects.counted(to, CommandType.KICK, kicked);
        changed[0] = kicked > 0;
        return null;
    }

    /** Takes messages out of their queue; {@link ModelSlices} does the rest. */
    Refusal purge(final String name, final int states, final ReplyTo to, final boolean[] changed) {
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        final int purged = bury(queue, states);
        effects.counted(to, CommandType.PURGE, purged);
        changed[0] = purged > 0;
        return null;
    }

    private int bury(final Queue queue, final int states) {
        final List<Message> messages = new ArrayList<>();
        for (final MessageState its : MessageState.values()) {
            if ((states & its.bit()) != 0) {
                messages.addAll(queue.states.get(its.ordinal()));
            }
        }
        messages.sort(Comparator.<Message, State>comparing(message -> message.state)
            .thenComparingInt(message -> message.state == State.READY ? message.priority : 0).thenComparingLong(message -> message.id));
        messages.forEach(state::bury);
        return messages.size();
    }

    Refusal delete(final String name, final boolean ifEmpty, final ReplyTo to, final boolean[] changed) {
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        if (ifEmpty && queue.length() > 0) {
            return new Refusal(RefusalCode.NOT_EMPTY, name, -1, queue.length());
        }
        queue.isDeleted = true;
        state.queues.remove(name);
        state.touched.remove(queue);
        state.deleted.add(queue);
        bury(queue, ~0);
        effects.done(to);
        changed[0] = true;
        return null;
    }
}
