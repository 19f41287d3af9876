package io.gmq.engine.core;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.FateSink;
import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.SnapshotSink;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.api.StorageCommand;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.api.TakeCommand;
import org.agrona.DirectBuffer;

/**
 * The broker's state and the one place where commands enter it. Owned by the thread that calls {@link #apply}; only
 * {@link #payloads} may be read from elsewhere, under its own rule. Refuses by telling the sink; throws only for bytes that
 * are no command.
 *
 * <p>Every command that changes something ends alike: what was set aside goes on to dead letter queues, then those in line get
 * what has come. Each does a bounded amount of work, but for the settling of a range, which looks at all leases of its
 * connection. What is left over is continued by the ticks that {@link #nextDeadlineMs} asks for.
 */
public final class Engine implements StateMachine {
    private static final long AT_ONCE = 0;

    private final Current current = new Current();
    private final MessageStore store = new MessageStore();
    private final QueueTable queues = new QueueTable(store);
    private final Topics topics = new Topics(queues);
    private final Producers producers = new Producers();
    private final Sessions sessions = new Sessions();
    private final Consumers consumers = new Consumers();
    private final Waiters waiters = new Waiters();
    private final Deadlines deadlines = new Deadlines(store.table(), store.holds());
    private final Touched touched = new Touched();
    private final State state =
        new State(current, store, queues, topics, producers, sessions, consumers, waiters, deadlines, touched);
    private final Digest digest = new Digest(state);
    private final StateWriter told = new StateWriter(state, digest);
    private final Fates fates;
    private final DeadLetters deadLetters;
    private final Serving serving;
    private final Publishing publishing;
    private final Settling settling;
    private final Atomics atomics;
    private final Chores chores;
    private final Administration administration;
    private final Consuming consuming = new Consuming(current, queues, sessions, consumers, touched);
    private final Browsing browsing = new Browsing(current, store, queues);
    private final Inspecting inspecting = new Inspecting(state);

    private final PublishCommand publish = new PublishCommand();
    private final TakeCommand take = new TakeCommand();
    private final SettleCommand settle = new SettleCommand();
    private final AtomicCommand atomic = new AtomicCommand();
    private final ConsumeCommand consume = new ConsumeCommand();
    private final BindingCommand binding = new BindingCommand();
    private final ConfigureCommand configure = new ConfigureCommand();
    private final PeekCommand peek = new PeekCommand();
    private final QueuesCommand list = new QueuesCommand();

    /** Only while a snapshot is taken in. */
    private StateReader restoring;

    public Engine() {
        this(FateSink.NOBODY);
    }

    /** @param sink hears what becomes of each message. */
    public Engine(final FateSink sink) {
        fates = new Fates(state, told, sink);
        deadLetters = new DeadLetters(current, store, queues, fates);
        serving = new Serving(current, store, queues, sessions, waiters, fates, touched);
        publishing = new Publishing(current, store, queues, topics, producers, fates);
        settling = new Settling(current, store, queues, sessions, fates, publishing);
        atomics = new Atomics(current, publishing, settling);
        chores = new Chores(state, serving, fates);
        administration = new Administration(current, queues, topics, fates, touched, chores);
    }

    @Override
    public boolean apply(final long sequence, final DirectBuffer buffer, final int offset, final int length, final EffectSink effects) {
        final CommandType type = CommandHeader.type(buffer, offset);
        if (current.limits == null && type != CommandType.START) {
            throw new IllegalStateException("the first command must be a start, not a " + type.operation());
        }
        current.begin(sequence, buffer, offset, effects);
        if (current.storage == StorageState.AWAY && type.asksForChange()) {
            return current.refuse(RefusalCode.OVERLOADED, offset, 0);
        }
        final boolean isChanged = switch (type) {
            case START -> start(Limits.read(buffer, offset + CommandHeader.LENGTH));
            case CLOSE -> close();
            case TICK -> tick();
            case PUBLISH -> publishing.publish(publish.wrap(buffer, offset));
            case TAKE -> serving.take(take.wrap(buffer, offset));
            case ACK, NACK, EXTEND, PARK -> settling.settle(type, settle.wrap(buffer, offset));
            case ATOMIC -> atomics.apply(atomic.wrap(buffer, offset));
            case CONSUME -> consuming.consume(consume.wrap(buffer, offset));
            case CREDIT -> consuming.credit(ConsumerCommand.consumer(buffer, offset), ConsumerCommand.credit(buffer, offset));
            case CANCEL -> consuming.cancel(ConsumerCommand.consumer(buffer, offset));
            case DRAINED -> consuming.drained(DrainedCommand.bytes(buffer, offset));
            case BIND -> administration.bind(binding.wrap(buffer, offset));
            case UNBIND -> administration.unbind(binding.wrap(buffer, offset));
            case CONFIGURE -> administration.configure(configure.wrap(buffer, offset));
            case KICK -> administration.kick(offset);
            case PURGE -> administration.purge(offset);
            case DELETE -> administration.delete(offset);
            case PEEK -> browsing.peek(peek.wrap(buffer, offset));
            case LENGTH -> browsing.length(offset);
            case DESCRIBE -> browsing.describe(offset);
            case QUEUES -> browsing.queues(list.wrap(buffer, offset));
            case HELLO, PING, REJECT -> pass();
            case STORAGE -> storage(StorageCommand.state(buffer, offset));
            case CHECKPOINT, DIGEST -> false;
        };
        if (isChanged) {
            finish();
            producers.trim(current.limits.maxProducers());
            current.nowMs = current.atMs;
        }
        return isChanged || type.isMark();
    }

    /** Ends what a command has begun; says whether there was anything left to do. */
    private boolean finish() {
        boolean hasServed = false;
        do {
            deadLetters.forwardAll();
            hasServed |= isServing() && serving.serveTouched();
        } while (!fates.toForward().isEmpty());
        return hasServed;
    }

    /** While nothing can be stored nothing is given out: nobody would get it, and its lease would run. */
    private boolean isServing() {
        return current.storage != StorageState.AWAY;
    }

    private boolean start(final Limits its) {
        final boolean isNew = !its.equals(current.limits) || current.storage != StorageState.READY;
        current.limits = its;
        current.storage = StorageState.READY;
        sessions.closeAll();
        return chores.work() || isNew;
    }

    private boolean storage(final StorageState its) {
        final boolean isNew = its != current.storage;
        current.storage = its;
        return isNew;
    }

    private boolean close() {
        final Session session = sessions.find(current.to.connection());
        if (session == null || session.isEmpty() || session.isClosing) {
            return false;
        }
        sessions.close(session);
        chores.work();
        return true;
    }

    private boolean tick() {
        int work = 0;
        while (work < Current.WORK_MAX && deadlines.nextMs() <= current.atMs) {
            fates.onDue(deadlines.nextMessage());
            work++;
        }
        final boolean hasServed = finish();
        while (work < Current.WORK_MAX && waiters.nextMs() <= current.atMs) {
            serving.giveUp(waiters.firstDue());
            work++;
        }
        return chores.work() || hasServed || work > 0;
    }

    private boolean pass() {
        current.effects.passed(current.to);
        return false;
    }

    @Override
    public long nextDeadlineMs() {
        if (!chores.isEmpty() || !touched.isEmpty() && isServing()) {
            return AT_ONCE;
        }
        return Math.min(deadlines.nextMs(), waiters.nextMs());
    }

    @Override
    public void reclaim(final long sequence) {
        store.slab().reclaim(sequence);
    }

    @Override
    public long digest() {
        return digest.of();
    }

    @Override
    public void beginCheckpoint(final SnapshotSink sink) {
        told.begin(sink);
    }

    @Override
    public boolean continueCheckpoint(final int messages) {
        return told.proceed(messages);
    }

    @Override
    public void endCheckpoint() {
        told.end();
    }

    @Override
    public long checkpointDigest() {
        return told.digest();
    }

    @Override
    public void restore(final DirectBuffer buffer, final int offset, final int length) {
        if (restoring == null) {
            restoring = new StateReader(state);
        }
        restoring.read(buffer, offset, length);
    }

    @Override
    public void endRestore() {
        restoring.end();
        restoring = null;
    }

    @Override
    public Inspector inspector() {
        return inspecting;
    }

    @Override
    public long highestConnection() {
        return sessions.highestConnection();
    }

    @Override
    public long messages() {
        return store.table().size();
    }

    @Override
    public long heldBytes() {
        return store.heldBytes();
    }

    @Override
    public Payloads payloads() {
        return store.slab();
    }
}
