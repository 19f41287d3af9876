package io.gmq.engine.sim;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Queue;
import io.gmq.engine.sim.ModelState.Session;
import io.gmq.engine.sim.ModelState.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;

/** What becomes of leases when somebody says so. */
final class ModelSettling {
    private static final int READY_MAX = 1000;

    private final ModelState state;
    private final ModelServing serving;
    private final EffectText effects;

    ModelSettling(final ModelState state, final ModelServing serving, final EffectText effects) {
        this.state = state;
        this.serving = serving;
        this.effects = effects;
    }

    /** Settles, or says why not; {@code changed[0]} is set if that changed anything. */
    Refusal settle(final CommandType type, final DirectBuffer command, final SettleCommand asked, final ReplyTo to, final boolean[] changed) {
        final String name = ModelState.text(command, asked.nameOffset(), asked.nameLength());
        final String reason = ModelState.text(command, asked.reasonOffset(), asked.reasonLength());
        final Queue queue = state.queues.get(name);
        if (queue == null) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        final long[] missing = new long[asked.count()];
        int missingCount = 0;
        int count = 0;
        if (asked.selection() == SettleCommand.RANGE) {
            for (final Message message : leasedBetween(to.connection(), asked.id(0), asked.id(1))) {
                if (message.queue == queue && message.state == State.LEASED) {
                    settle(type, asked, reason, message, count++);
                }
            }
        } else {
            for (int i = 0; i < asked.count(); i++) {
                final Message message = state.messages.get(asked.id(i));
                final boolean isLeased = message != null && message.queue == queue && message.state == State.LEASED;
                if (isLeased && (asked.attempt() == SettleCommand.ANY_ATTEMPT || asked.attempt() == message.attempt)) {
                    settle(type, asked, reason, message, count++);
                } else {
                    missing[missingCount++] = asked.id(i);
                }
            }
        }
        if (asked.selection() == SettleCommand.ONE && count == 0) {
            return Refusal.of(RefusalCode.NOT_LEASED, name);
        }
        effects.settled(to, type, count, missing, missingCount);
        changed[0] |= count > 0;
        return null;
    }

    /** What a connection has leased: by their ids if there are fewer ids than leases, else in the order of leasing. */
    private List<Message> leasedBetween(final long connection, final long from, final long to) {
        final Session session = state.sessions.get(connection);
        if (session == null) {
            return List.of();
        }
        final List<Message> leased = new ArrayList<>(session.leases);
        leased.removeIf(message -> message.id < from || message.id > to);
        if (Math.min(to, state.nextId - 1) - from < session.leases.size()) {
            leased.sort(Comparator.comparingLong(message -> message.id));
        }
        return leased;
    }

    private void settle(final CommandType type, final SettleCommand asked, final String reason, final Message message, final int before) {
        switch (type) {
            case EXTEND -> {
                final long leaseMs = asked.durationMs() == TakeCommand.DEFAULT_LEASE ? state.leaseMsOf(message.queue) : asked.durationMs();
                state.extend(message, state.atMs + leaseMs);
            }
            case ACK -> {
                message.queue.acked++;
                state.forget(message);
            }
            case PARK -> {
                state.endLease(message);
                message.expiryMs = ModelState.NEVER;
                state.park(message, reason);
            }
            default -> nack(asked, message, before);
        }
    }

    private void nack(final SettleCommand asked, final Message message, final int before) {
        state.endLease(message);
        if (serving.failIfUsedUp(message) || serving.expireIfOver(message)) {
            return;
        }
        message.priority = asked.priority() == SettleCommand.SAME_PRIORITY ? message.priority : asked.priority();
        if (asked.durationMs() > 0 || before >= READY_MAX) {
            state.delay(message, state.atMs + asked.durationMs());
        } else {
            state.makeReady(message);
        }
    }
}
