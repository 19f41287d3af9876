package io.gmq.engine.sim;

import io.gmq.engine.kit.EffectText;
import io.gmq.engine.sim.ModelState.Consumer;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Queue;
import io.gmq.engine.sim.ModelState.Session;
import io.gmq.engine.sim.ModelState.Taker;
import io.gmq.engine.sim.ModelState.WaitingTake;

/** What is left over from closing connections, deletes and purges, and done in slices: so much in a command, and the rest by ticks. */
final class ModelSlices {
    static final int WORK_MAX = 1000;

    private final ModelState state;
    private final ModelServing serving;
    private final EffectText effects;

    ModelSlices(final ModelState state, final ModelServing serving, final EffectText effects) {
        this.state = state;
        this.serving = serving;
        this.effects = effects;
    }

    boolean isEmpty() {
        return state.closing.isEmpty() && state.deleted.isEmpty() && state.dead.isEmpty();
    }

    /** Does a slice; says whether there was anything to do. */
    boolean work() {
        final boolean hasWork = !isEmpty();
        for (int left = WORK_MAX; left > 0 && !isEmpty(); left--) {
            if (!state.closing.isEmpty()) {
                close(state.closing.getFirst());
            } else if (!state.deleted.isEmpty()) {
                tell(state.deleted.getFirst());
            } else {
                state.reap(state.dead.iterator().next());
            }
        }
        return hasWork;
    }

    /** One thing that a closing connection gives up. */
    private void close(final Session session) {
        if (!session.takes.isEmpty()) {
            state.remove(session.takes.getFirst());
        } else if (!session.consumers.isEmpty()) {
            state.remove(session.consumers.lastEntry().getValue());
        } else if (session.leases.isEmpty()) {
            state.closing.removeFirst();
            state.sessions.remove(session.connection);
        } else {
            final Message message = session.leases.iterator().next();
            if (message.state == null) {
                state.reap(message);
            } else if (message.keep) {
                state.endLease(message);
            } else {
                serving.release(message);
            }
        }
    }

    /** Tells one of those who wanted messages of a deleted queue, or undoes one of its bindings. */
    private void tell(final Queue queue) {
        if (!queue.line.isEmpty()) {
            tell(queue.line.iterator().next());
        } else if (!queue.consumers.isEmpty()) {
            tell(queue.consumers.iterator().next());
        } else if (!queue.topics.isEmpty()) {
            queue.topics.remove(queue.topics.iterator().next());
        } else {
            state.deleted.removeFirst();
        }
    }

    private void tell(final Taker taker) {
        if (taker instanceof WaitingTake) {
            final WaitingTake take = (WaitingTake) taker;
            if (take.session.isClosing) {
                state.remove(take);
            } else {
                serving.giveUp(take);
            }
        } else {
            if (!taker.session.isClosing) {
                effects.consumerEnded(taker.to, ((Consumer) taker).number);
            }
            state.remove((Consumer) taker);
        }
    }
}
