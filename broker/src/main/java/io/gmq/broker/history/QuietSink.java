package io.gmq.broker.history;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import org.agrona.DirectBuffer;

/** Hears the effects that say nothing about where messages come from and go to. */
abstract class QuietSink implements EffectSink {
    @Override
    public void peeked(
        final long message, final int attempt, final int priority, final long payload, final MessageState state, final long reason) {
        // nothing to note
    }

    @Override
    public void endMessages() {
        // nothing to note
    }

    @Override
    public void endDelivery(final long reckoned) {
        // nothing to note
    }

    @Override
    public void consuming(final ReplyTo to, final long number) {
        // nothing to note
    }

    @Override
    public void consumerEnded(final ReplyTo to, final long number) {
        // nothing to note
    }

    @Override
    public void counted(final ReplyTo to, final CommandType type, final int count) {
        // nothing to note
    }

    @Override
    public void done(final ReplyTo to) {
        // nothing to note
    }

    @Override
    public void length(final ReplyTo to, final int ready, final int delayed, final int leased, final int parked) {
        // nothing to note
    }

    @Override
    public void configured(final ReplyTo to, final QueueSettings settings) {
        // nothing to note
    }

    @Override
    public void beginQueues(final ReplyTo to) {
        // nothing to note
    }

    @Override
    public void queue(final DirectBuffer name, final int offset, final int length, final QueueCounts its) {
        // nothing to note
    }

    @Override
    public void endQueues(final boolean more) {
        // nothing to note
    }

    @Override
    public void beginAtomic(final ReplyTo to) {
        // nothing to note
    }

    @Override
    public void endAtomic() {
        // nothing to note
    }

    @Override
    public void refused(
        final ReplyTo to, final RefusalCode code, final DirectBuffer name, final int offset, final int length, final long limit,
        final long actual, final int step) {
        // nothing to note
    }

    @Override
    public void passed(final ReplyTo to) {
        // nothing to note
    }
}
