package io.gmq.engine.core;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.StorageState;
import org.agrona.DirectBuffer;

/** The command that is being applied, and what all parts of the engine need to know to apply it. */
final class Current {
    /** Messages and takers that one command deals with beyond those it names. */
    static final int WORK_MAX = 1000;
    /** Messages that one command gives to those in line; the next tick goes on. */
    private static final int SERVED_MAX = 1000;
    /** Bytes of replies and pushes that one command gives to those in line. */
    private static final long SERVED_BYTES_MAX = 4L << 20;
    /** The step of a command that is none of an atomic request. */
    private static final int NO_STEP = -1;

    final ReplyTo to = new ReplyTo();
    DirectBuffer command;
    EffectSink effects;
    Limits limits;
    /** The time of the last command that changed anything. */
    long nowMs;
    /** What can be stored. */
    StorageState storage = StorageState.READY;
    /** Its place in the host's order; commands that are recovered have none of their own. */
    long sequence;
    /** Tells commands apart, whatever their sequence; no part of the state. */
    long number;
    /** The command's time, which is not before that of any command before. */
    long atMs;
    /** The step of an atomic request that is being planned or done, or -1. */
    int step = NO_STEP;
    private final ReplyTo whole = new ReplyTo();
    private int served;
    private long servedBytes;
    private int expired;

    void begin(final long itsSequence, final DirectBuffer buffer, final int offset, final EffectSink sink) {
        sequence = itsSequence;
        number++;
        command = buffer;
        effects = sink;
        atMs = Math.max(nowMs, CommandHeader.timestampMs(buffer, offset));
        to.set(buffer, offset);
        whole.set(to);
        step = NO_STEP;
        served = 0;
        servedBytes = 0;
        expired = 0;
    }

    /** From here on, what is applied is a step of an atomic request. */
    void beginStep(final int its, final int offset) {
        step = its;
        to.set(command, offset);
    }

    /** The steps are done. */
    void endSteps() {
        step = NO_STEP;
        to.set(whole);
    }

    void countServed(final int messages, final long bytes) {
        served += messages;
        servedBytes += bytes;
    }

    /** Whether more may be given to those in line. */
    boolean mayServe() {
        return served < SERVED_MAX && servedBytes < SERVED_BYTES_MAX && expired < WORK_MAX;
    }

    /** Whether one more message that is met may expire; counts it. */
    boolean mayExpire() {
        if (expired == WORK_MAX) {
            return false;
        }
        expired++;
        return true;
    }

    /** Refuses the request as a whole; the result is what its method says then: nothing has changed. */
    boolean refuse(final RefusalCode code, final DirectBuffer name, final int offset, final int length, final long limit, final long actual) {
        effects.refused(whole, code, name, offset, length, limit, actual, step);
        return false;
    }

    boolean refuse(final RefusalCode code, final int nameOffset, final int nameLength, final long limit, final long actual) {
        return refuse(code, command, nameOffset, nameLength, limit, actual);
    }

    boolean refuse(final RefusalCode code, final int nameOffset, final int nameLength) {
        return refuse(code, nameOffset, nameLength, -1, -1);
    }

    /** Whether a queue of that name can be added; refuses the request if not. */
    boolean mayAdd(final QueueTable queues, final int nameOffset, final int nameLength) {
        final int max = limits.maxQueueNumber();
        return queues.size() < max || refuse(RefusalCode.TOO_MANY_QUEUES, nameOffset, nameLength, max, queues.size());
    }

    boolean refuse(final RefusalCode code, final MessageQueue queue, final long limit, final long actual) {
        return refuse(code, queue.name(), 0, queue.nameLength(), limit, actual);
    }
}
