package io.gmq.engine.sim;

import io.gmq.engine.api.SnapshotSink;
import io.gmq.engine.core.Engine;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A checkpoint of an engine, told bit by bit while the engine goes on. */
final class ToldState implements SnapshotSink {
    private static final int MESSAGES_AT_ONCE = 3;

    private final Engine engine;
    private final int changes;
    private final long digest;
    private final List<byte[]> entries = new ArrayList<>();
    private boolean isWhole;

    /** @param changes how many there had been before it. */
    ToldState(final Engine engine, final int changes) {
        this.engine = engine;
        this.changes = changes;
        digest = engine.digest();
        engine.beginCheckpoint(this);
    }

    @Override
    public void entry(final DirectBuffer head, final int headLength, final DirectBuffer tail, final int tailOffset, final int tailLength) {
        final byte[] entry = new byte[headLength + tailLength];
        head.getBytes(0, entry, 0, headLength);
        tail.getBytes(tailOffset, entry, headLength, tailLength);
        entries.add(entry);
    }

    /** Tells a little more; says whether all is told. */
    boolean proceed() {
        if (!isWhole && engine.continueCheckpoint(MESSAGES_AT_ONCE)) {
            engine.endCheckpoint();
            isWhole = true;
            if (engine.checkpointDigest() != digest) {
                throw new AssertionError("checkpoint: told a state of another digest");
            }
        }
        return isWhole;
    }

    ToldState finish() {
        while (!isWhole) {
            proceed();
        }
        return this;
    }

    /** The changes that came before it. */
    int changes() {
        return changes;
    }

    /** Of the engine when it began. */
    long digest() {
        return digest;
    }

    /** Another engine in the same state. */
    Engine restore() {
        final Engine restored = new Engine();
        final UnsafeBuffer buffer = new UnsafeBuffer();
        for (final byte[] entry : entries) {
            buffer.wrap(entry);
            restored.restore(buffer, 0, entry.length);
        }
        restored.endRestore();
        return restored;
    }
}
