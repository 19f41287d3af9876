package io.gmq.engine.ring;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.StorageState;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** A journal that keeps nothing and is told what to notice. */
final class FakeJournal implements Journal, Checkpoint {
    StorageState storage = StorageState.READY;
    boolean isCheckpointDue;
    boolean hasRoom = true;
    boolean isAbandoned;
    final List<String> calls = new ArrayList<>();
    final List<Long> digests = new ArrayList<>();
    int entries;
    Durability levelMax = Durability.MEMORY;
    Durability levelAtCommit = Durability.MEMORY;
    boolean isGivenUp;

    @Override
    public Durability levelMax() {
        return levelMax;
    }

    @Override
    public Durability levelAtCommit() {
        return levelAtCommit;
    }

    @Override
    public void giveUp() {
        isGivenUp = true;
    }

    @Override
    public boolean hasRoom() {
        return hasRoom;
    }

    @Override
    public StorageState storage() {
        return storage;
    }

    @Override
    public void onHeld(final long messages, final long bytes) {
        // nothing will be stored
    }

    @Override
    public boolean isCheckpointDue() {
        return isCheckpointDue;
    }

    @Override
    public Checkpoint beginCheckpoint() {
        isCheckpointDue = false;
        return this;
    }

    @Override
    public void markCheckpoint() {
        calls.add("mark");
    }

    @Override
    public Agent keeper() {
        throw new AssertionError("there is nothing to keep");
    }

    @Override
    public void append(final DirectBuffer buffer, final int offset, final int length) {
        calls.add("append");
    }

    @Override
    public void commit() {
        calls.add("commit");
    }

    @Override
    public boolean sync() {
        calls.add("sync");
        return !isGivenUp;
    }

    @Override
    public void close() {
        // holds nothing
    }

    @Override
    public boolean wantsEntries() {
        return true;
    }

    @Override
    public boolean isAbandoned() {
        return isAbandoned;
    }

    @Override
    public void complete(final long digest) {
        digests.add(digest);
    }

    @Override
    public void entry(final DirectBuffer head, final int headLength, final DirectBuffer tail, final int tailOffset, final int tailLength) {
        entries++;
    }
}
