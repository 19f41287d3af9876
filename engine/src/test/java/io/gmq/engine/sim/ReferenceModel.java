package io.gmq.engine.sim;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.StorageCommand;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.api.TakeCommand;
import io.gmq.engine.kit.EffectText;
import io.gmq.engine.sim.ModelState.Consumer;
import io.gmq.engine.sim.ModelState.Message;
import io.gmq.engine.sim.ModelState.Queue;
import io.gmq.engine.sim.ModelState.Session;
import io.gmq.engine.sim.ModelState.State;
import io.gmq.engine.sim.ModelState.WaitingTake;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** What the engine should do, told with sorted sets and lists and no thought of speed. Shares no code with it but the commands' form. */
final class ReferenceModel {
    private static final Set<CommandType> HOSTS = EnumSet.of(CommandType.START, CommandType.CLOSE, CommandType.TICK, CommandType.DRAINED,
        CommandType.STORAGE, CommandType.CHECKPOINT, CommandType.DIGEST);
    private static final Set<CommandType> LOOKS = EnumSet.of(CommandType.PEEK, CommandType.QUEUES, CommandType.LENGTH,
        CommandType.DESCRIBE, CommandType.HELLO, CommandType.PING, CommandType.REJECT);

    private static final int WORK_MAX = 1000;

    private final EffectText effects = new EffectText(true);
    private final Tally tally;
    private final ReplyTo to = new ReplyTo();
    private ModelState state;
    private ModelServing serving;
    private ModelPublishing publishing;
    private ModelSettling settling;
    private ModelQueues queues;
    private ModelSlices slices;

    /* Of the command being applied. */
    private UnsafeBuffer command;
    private final boolean[] changed = new boolean[1];
    private CommandType type;
    private RefusalCode refusal;

    /** @param tally hears of what happens inside. */
    ReferenceModel(final Tally tally) {
        this.tally = tally;
        use(new ModelState());
    }

    private void use(final ModelState its) {
        state = its;
        serving = new ModelServing(state, effects, tally);
        publishing = new ModelPublishing(state, effects, tally);
        settling = new ModelSettling(state, serving, effects);
        queues = new ModelQueues(state, effects);
        slices = new ModelSlices(state, serving, effects);
    }

    EffectText effects() {
        return effects;
    }

    /** The kind of the last command. */
    CommandType type() {
        return type;
    }

    /** Why the last command was refused, or {@code null}. */
    RefusalCode refusal() {
        return refusal;
    }

    long highestId() {
        return state.nextId - 1;
    }

    /** The queue of a message, or {@code null} if there is no such message. */
    String queueOf(final long id) {
        final Message message = state.messages.get(id);
        return message == null ? null : message.queue.readable;
    }

    long highestConnection() {
        return state.sessions.isEmpty() ? 0 : state.sessions.lastKey();
    }

    /** Those of purges and deletes count until they are dealt with. */
    long messages() {
        return state.messages.size() + state.dead.size();
    }

    long nextDeadlineMs() {
        if (!slices.isEmpty() || state.hasToServe()) {
            return 0;
        }
        return Math.min(state.due.isEmpty() ? ModelState.NEVER : state.due.first().dueMs,
            state.waiting.isEmpty() ? ModelState.NEVER : state.waiting.first().deadlineMs);
    }

    /** Applies one command; the effects are in {@link #effects} until the next. */
    boolean apply(final byte[] bytes) {
        effects.clear();
        command = new UnsafeBuffer(bytes);
        to.set(command, 0);
        type = CommandHeader.type(command, 0);
        state.atMs = Math.max(state.nowMs, CommandHeader.timestampMs(command, 0));
        serving.begin();
        publishing.begin();
        changed[0] = false;
        final Refusal refused = dispatch();
        refusal = refused == null ? null : refused.code();
        if (refused != null) {
            effects.refused(to, refused.code(), ModelState.readable(refused.name()), refused.limit(), refused.actual(), -1);
        }
        if (changed[0]) {
            serving.finish();
            forgetProducers();
            if (!slices.isEmpty() || !state.touched.isEmpty()) {
                tally.count("left over for the next command");
            }
            state.nowMs = state.atMs;
        }
        return changed[0] || type.isMark();
    }

    private Refusal dispatch() {
        if (state.storage == StorageState.AWAY && !HOSTS.contains(type) && !LOOKS.contains(type)) {
            return new Refusal(RefusalCode.OVERLOADED, "", -1, -1);
        }
        return switch (type) {
            case START -> start(Limits.read(command, CommandHeader.LENGTH));
            case STORAGE -> storage(StorageCommand.state(command, 0));
            case CHECKPOINT, DIGEST -> null;
            case CLOSE -> close();
            case TICK -> tick();
            case PUBLISH, ACK, NACK, PARK, EXTEND -> step(type, 0, to);
            case ATOMIC -> atomic(new AtomicCommand().wrap(command, 0));
            case TAKE -> take(new TakeCommand().wrap(command, 0));
            case CONSUME -> consume(new ConsumeCommand().wrap(command, 0));
            case CREDIT -> credit(ConsumerCommand.consumer(command, 0), ConsumerCommand.credit(command, 0));
            case CANCEL -> cancel(ConsumerCommand.consumer(command, 0));
            case DRAINED -> drained(DrainedCommand.bytes(command, 0));
            case BIND -> queues.bind(command, new BindingCommand().wrap(command, 0), to, changed);
            case UNBIND -> queues.unbind(command, new BindingCommand().wrap(command, 0), to, changed);
            case CONFIGURE -> queues.configure(command, new ConfigureCommand().wrap(command, 0), to, changed);
            case PEEK -> queues.peek(command, new PeekCommand().wrap(command, 0), to);
            case QUEUES -> queues.queues(command, new QueuesCommand().wrap(command, 0), to);
            case LENGTH, DESCRIBE, KICK, PURGE, DELETE -> queue(QueueCommand.argument(command, 0));
            case HELLO, PING, REJECT -> {
                effects.passed(to);
                yield null;
            }
        };
    }

    private Refusal queue(final int argument) {
        final String name = text(QueueCommand.nameOffset(0), QueueCommand.nameLength(command, 0));
        return switch (type) {
            case LENGTH -> queues.length(name, to);
            case DESCRIBE -> queues.describe(name, to);
            case KICK -> queues.kick(name, argument, to, changed);
            case PURGE -> sliced(queues.purge(name, argument, to, changed));
            default -> sliced(queues.delete(name, argument == QueueCommand.IF_EMPTY, to, changed));
        };
    }

    /** Does a slice of what a command has left over, and of what was left over before. */
    private Refusal sliced(final Refusal refused) {
        if (refused == null) {
            changed[0] |= slices.work();
        }
        return refused;
    }

    private String text(final int offset, final int length) {
        return ModelState.text(command, offset, length);
    }

    private void forgetProducers() {
        final Iterator<String> oldest = state.producers.keySet().iterator();
        for (int tooMany = state.producers.size() - state.limits.maxProducers(); tooMany > 0; tooMany--) {
            oldest.next();
            oldest.remove();
            tally.count("producer forgotten");
        }
    }

    // ---------------------------------------------------------------- what the host says

    private Refusal start(final Limits its) {
        changed[0] = !its.equals(state.limits) || state.storage != StorageState.READY || !state.touched.isEmpty();
        state.limits = its;
        state.storage = StorageState.READY;
        for (final Session session : new ArrayList<>(state.sessions.values())) {
            beginClosing(session);
        }
        changed[0] |= slices.work();
        return null;
    }

    private Refusal storage(final StorageState its) {
        changed[0] = its != state.storage;
        state.storage = its;
        return null;
    }

    private Refusal close() {
        final Session session = state.sessions.get(to.connection());
        if (session != null && !session.isClosing) {
            beginClosing(session);
            slices.work();
            changed[0] = true;
        }
        return null;
    }

    private void beginClosing(final Session session) {
        if (!session.isClosing) {
            session.isClosing = true;
            state.closing.add(session);
        }
    }

    private Refusal tick() {
        changed[0] = !slices.isEmpty() || state.hasToServe();
        int work = 0;
        while (!state.due.isEmpty() && state.due.first().dueMs <= state.atMs && work < WORK_MAX) {
            become(state.due.first());
            work++;
        }
        serving.finish();
        while (!state.waiting.isEmpty() && state.waiting.first().deadlineMs <= state.atMs && work < WORK_MAX) {
            serving.giveUp(state.waiting.first());
            work++;
        }
        changed[0] |= work > 0;
        slices.work();
        return null;
    }

    /** What is due happens to a message. */
    private void become(final Message message) {
        if (message.state == null) {
            state.reap(message);
        } else if (message.state == State.LEASED) {
            serving.release(message);
        } else if (!serving.expireIfOver(message)) {
            state.makeReady(message);
        }
    }

    // ---------------------------------------------------------------- what can be a step of an atomic request

    private Refusal step(final CommandType its, final int offset, final ReplyTo reply) {
        return its == CommandType.PUBLISH
            ? publishing.publish(command, new PublishCommand().wrap(command, offset), reply, changed)
            : settling.settle(its, command, new SettleCommand().wrap(command, offset), reply, changed);
    }

    private Refusal atomic(final AtomicCommand steps) {
        final ModelState before = steps.count() > 1 ? StateCopy.of(state) : state;
        effects.beginAtomic(to);
        for (int i = 0; i < steps.count(); i++) {
            steps.next();
            final Refusal refused =
                step(CommandHeader.type(command, steps.stepOffset()), steps.stepOffset(), new ReplyTo().set(command, steps.stepOffset()));
            if (refused != null) {
                use(before);
                changed[0] = false;
                refusal = refused.code();
                effects.clear();
                effects.refused(to, refused.code(), ModelState.readable(refused.name()), refused.limit(), refused.actual(), i);
                return null;
            }
        }
        effects.endAtomic();
        return null;
    }

    // ---------------------------------------------------------------- those who want messages

    private Refusal take(final TakeCommand asked) {
        final String name = text(asked.nameOffset(), asked.nameLength());
        final Queue found = state.queues.get(name);
        if (found == null && asked.waitMs() == 0) {
            return Refusal.of(RefusalCode.NO_SUCH_QUEUE, name);
        }
        if (found == null && state.isFullOfQueues()) {
            return new Refusal(RefusalCode.TOO_MANY_QUEUES, name, state.limits.maxQueueNumber(), state.queues.size());
        }
        final Queue queue = state.queueOf(name);
        final long expiredBefore = queue.expired;
        final WaitingTake take = new WaitingTake(to, queue, asked, state.atMs + asked.waitMs(), null);
        if ((asked.waitMs() == 0 || queue.line.isEmpty()) && serving.hasReady(queue)) {
            serving.give(take);
            changed[0] = true;
        } else if (asked.waitMs() == 0) {
            effects.beginMessages(to);
            changed[0] = queue.expired > expiredBefore;
        } else {
            state.wait(new WaitingTake(to, queue, asked, take.deadlineMs, state.sessionOf(to.connection())));
            changed[0] = true;
        }
        return null;
    }

    private Refusal consume(final ConsumeCommand asked) {
        final String name = text(asked.nameOffset(), asked.nameLength());
        if (!state.queues.containsKey(name) && state.isFullOfQueues()) {
            return new Refusal(RefusalCode.TOO_MANY_QUEUES, name, state.limits.maxQueueNumber(), state.queues.size());
        }
        final Session session = state.sessionOf(to.connection());
        final Consumer consumer = new Consumer(to, state.queueOf(name), session, ++session.lastConsumer, asked.credit(),
            asked.pushBytesMax(), asked.expansion(), asked.leaseMs(), asked.keep());
        session.consumers.put(consumer.number, consumer);
        consumer.queue.consumers.add(consumer);
        effects.consuming(to, consumer.number);
        state.joinLine(consumer);
        changed[0] = true;
        return null;
    }

    private Consumer consumer(final long number) {
        final Session session = state.sessions.get(to.connection());
        return session == null ? null : session.consumers.get(number);
    }

    private Refusal credit(final long number, final int credit) {
        final Consumer consumer = consumer(number);
        if (consumer == null) {
            return Refusal.of(RefusalCode.BAD_REQUEST, "");
        }
        consumer.credit = Math.min(Limits.CREDIT_HELD_MAX, consumer.credit + credit);
        effects.done(to);
        state.joinLine(consumer);
        changed[0] = true;
        return null;
    }

    private Refusal cancel(final long number) {
        final Consumer consumer = consumer(number);
        if (consumer == null) {
            return Refusal.of(RefusalCode.BAD_REQUEST, "");
        }
        state.remove(consumer);
        effects.done(to);
        changed[0] = true;
        return null;
    }

    private Refusal drained(final long bytes) {
        final Session session = state.sessions.get(to.connection());
        if (session != null && session.unread > 0) {
            session.unread = Math.max(0, session.unread - bytes);
            session.consumers.values().forEach(state::joinLine);
            changed[0] = true;
        }
        return null;
    }
}
