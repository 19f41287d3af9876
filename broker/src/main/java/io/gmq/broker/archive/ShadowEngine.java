package io.gmq.broker.archive;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.core.Engine;
import io.gmq.engine.ring.EffectWriter;
import io.gmq.journal.JournalException;
import io.gmq.journal.RecoveryHandler;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine beside the broker's that has come as far as the archive: it is given the journal's records, and tells a {@link FateBatch}
 * what they do. Up to the archive's position it tells nothing. Owned by the follower's thread.
 */
final class ShadowEngine implements RecoveryHandler {
    /** The place of commands that no ring has given. */
    private static final long RECOVERED = -1;

    private final FateBatch batch;
    private final ArchivePosition archived;
    private final StateMachine engine;
    private final EffectWriter discarded = new EffectWriter(new ExpandableArrayBuffer());
    private final CRC32C crc = new CRC32C();
    private final Payloads.View view = new Payloads.View();
    private ArchivePosition position = ArchivePosition.BEGINNING;

    /** @param archived what has gone into the archive before. */
    ShadowEngine(final FateBatch batch, final ArchivePosition archived) {
        this.batch = batch;
        this.archived = archived;
        engine = new Engine(batch);
        batch.payloads(engine.payloads());
    }

    /** After the last record that it was given. */
    ArchivePosition position() {
        return position;
    }

    /** Whether it has not come to where the archive is. */
    boolean isCatchingUp() {
        return position.sequence() < archived.sequence();
    }

    @Override
    public void onEntry(final DirectBuffer buffer, final int offset, final int length) {
        engine.restore(buffer, offset, length);
    }

    @Override
    public void onSnapshot(final long sequence, final long digest) {
        engine.endRestore();
        if (engine.digest() != digest) {
            throw new JournalException("the snapshot of sequence " + sequence + " is whole, and gives another state than it was taken of");
        }
        position = new ArchivePosition(sequence, engine.inspector().nowMs(), 0);
    }

    @Override
    public void onRecord(final long sequence, final DirectBuffer buffer, final int offset, final int length) {
        if (sequence != position.sequence() + 1) {
            throw new IllegalStateException("record " + sequence + " was handed over where " + (position.sequence() + 1) + " was due");
        }
        batch.deaf(sequence <= archived.sequence());
        batch.beginRecord();
        discarded.begin(0);
        engine.apply(RECOVERED, buffer, offset, length, discarded);
        engine.reclaim(RECOVERED);
        position = new ArchivePosition(sequence, CommandHeader.timestampMs(buffer, offset), checksum(buffer, offset, length));
        if (sequence == archived.sequence() && archived.checksum() != 0 && archived.checksum() != position.checksum()) {
            throw new OtherJournalException("record " + sequence + ", up to which it has come, is not the one that this journal has");
        }
    }

    private int checksum(final DirectBuffer buffer, final int offset, final int length) {
        crc.reset();
        final ByteBuffer bytes = buffer.byteBuffer();
        if (bytes == null) {
            crc.update(buffer.byteArray(), buffer.wrapAdjustment() + offset, length);
        } else {
            crc.update(bytes.duplicate().limit(buffer.wrapAdjustment() + offset + length).position(buffer.wrapAdjustment() + offset));
        }
        return (int) crc.getValue();
    }

    /** Puts all messages that are there into the batch, which is written whenever it is full. */
    void tellAll(final Flush flush) throws SQLException {
        final Inspector inspector = engine.inspector();
        final List<byte[]> names = new ArrayList<>();
        inspector.queues(name -> names.add(HeadersJson.bytes(name, 0, name.capacity())));
        final Teller teller = new Teller(flush);
        for (final byte[] name : names) {
            for (final MessageState state : MessageState.values()) {
                inspector.messages(new UnsafeBuffer(name), 0, name.length, state, teller);
                teller.check();
            }
        }
        flush.run();
    }

    private String reason(final long handle) {
        if (handle == Payloads.NONE) {
            return null;
        }
        engine.payloads().view(handle, view);
        return HeadersJson.text(view.buffer(), view.payloadOffset(), view.payloadLength());
    }

    /** Writes what is in the batch, and empties it. */
    @FunctionalInterface
    interface Flush {
        void run() throws SQLException;
    }

    /** Keeps what goes wrong while it is shown messages, and looks at no more of them. */
    private final class Teller implements Consumer<MessageView> {
        private final Flush flush;
        private SQLException failure;

        private Teller(final Flush flush) {
            this.flush = flush;
        }

        @Override
        public void accept(final MessageView message) {
            try {
                if (failure == null) {
                    batch.found(message, reason(message.reason), engine.inspector().nowMs());
                    if (batch.isFull()) {
                        flush.run();
                    }
                }
            } catch (final SQLException e) {
                failure = e;
            }
        }

        private void check() throws SQLException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
