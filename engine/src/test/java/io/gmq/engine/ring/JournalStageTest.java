package io.gmq.engine.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class JournalStageTest {
    private final FakeJournal journal = new FakeJournal();
    private final JournalStage stage = new JournalStage(journal, new Syncer(journal, Waker.NONE, Waker.NONE));
    private final IngressArena arena = new IngressArena(1 << 10);
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[CommandHeader.LENGTH]);

    private Slot slot(final CommandType type, final boolean isChange) {
        CommandHeader.write(command, 0, type, 0, CommandHeader.HOST);
        final int offset = arena.put(command, 0, CommandHeader.LENGTH);
        arena.commit();
        final Slot slot = new Slot();
        slot.set(arena, offset, CommandHeader.LENGTH, arena.end(), null, 0);
        slot.isChange = isChange;
        return slot;
    }

    @Test
    void shouldWaitUntilTheJournalHasRoom() {
        journal.hasRoom = false;
        assertThat(stage.canProceed()).isFalse();
        journal.hasRoom = true;
        assertThat(stage.canProceed()).isTrue();
    }

    @Test
    void shouldAppendOnlyWhatChangedSomething() {
        stage.onCommand(slot(CommandType.PUBLISH, true), 0);
        stage.onCommand(slot(CommandType.PING, false), 1);
        assertThat(journal.calls).containsExactly("append");
        stage.onBatchEnd(1);
        assertThat(journal.calls).containsExactly("append", "commit");
        stage.onBatchEnd(1);
        assertThat(journal.calls).containsExactly("append", "commit");
    }

    @Test
    void shouldMarkACheckpointRightAfterItsRecord() {
        stage.onCommand(slot(CommandType.TICK, true), 0);
        stage.onCommand(slot(CommandType.CHECKPOINT, true), 1);
        stage.onCommand(slot(CommandType.TICK, true), 2);
        stage.onBatchEnd(2);
        assertThat(journal.calls).containsExactly("append", "append", "mark", "append", "commit");
    }
}
