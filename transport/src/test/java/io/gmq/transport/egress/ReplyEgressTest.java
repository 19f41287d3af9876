package io.gmq.transport.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.api.SnapshotSink;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.ring.Checkpoint;
import io.gmq.engine.ring.CommandRing;
import io.gmq.engine.ring.CommandSink;
import io.gmq.engine.ring.Journal;
import io.gmq.engine.ring.Waker;
import io.gmq.engine.ring.Wakers;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.tcp.Connection;
import io.gmq.transport.tcp.TestConnections;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which frame leaves when: a ring whose agents run when told to, over an engine that says what is put into its mouth. */
final class ReplyEgressTest {
    private static final CodecSettings SETTINGS = new CodecSettings(new Limits(100, 1000, 2000, 5000, 1 << 26, 1000), 64 << 10, Durability.SYNCED,
        Durability.SYNCED, "filesystem", "GMQ test");
    private static final long NO_ID = CommandHeader.NO_CORRELATION;
    private static final UnsafeBuffer NAME = new UnsafeBuffer(new byte[] {'q'});

    private final TestConnections connections = new TestConnections();
    private final Connection first = connections.open(1);
    private final Connection second = connections.open(2);
    private final Queue<Consumer<EffectSink>> script = new ArrayDeque<>();
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[CommandHeader.LENGTH]);
    private final CommandRing ring = new CommandRing(64, 8 << 20, true, new Speaker(), new NoJournal(),
        syncer -> new ReplyEgress(SETTINGS, new Speaker(), syncer), new Wakers(Waker.NONE, Waker.NONE, Waker.NONE, Waker.NONE, Waker.NONE, Waker.NONE),
        () -> 0);
    private final CommandSink commands = ring.newProducer(4096);

    /** Says what the script says, whatever it is asked. */
    private final class Speaker implements StateMachine, Payloads {
        @Override
        public boolean apply(final long sequence, final DirectBuffer buffer, final int offset, final int length, final EffectSink effects) {
            script.remove().accept(effects);
            return true;
        }

        @Override
        public long nextDeadlineMs() {
            return Long.MAX_VALUE;
        }

        @Override
        public void reclaim(final long sequence) {
            // nothing is held
        }

        @Override
        public long digest() {
            return 0;
        }

        @Override
        public long highestConnection() {
            return 0;
        }

        @Override
        public long messages() {
            return 0;
        }

        @Override
        public void beginCheckpoint(final SnapshotSink sink) {
            throw new AssertionError("nobody asks for a checkpoint here");
        }

        @Override
        public boolean continueCheckpoint(final int messages) {
            throw new AssertionError("there is no checkpoint");
        }

        @Override
        public void endCheckpoint() {
            // there is none
        }

        @Override
        public long checkpointDigest() {
            return 0;
        }

        @Override
        public void restore(final DirectBuffer buffer, final int offset, final int length) {
            throw new AssertionError("there is nothing to restore");
        }

        @Override
        public void endRestore() {
            // nothing was restored
        }

        @Override
        public Inspector inspector() {
            throw new AssertionError("nobody looks");
        }

        @Override
        public long heldBytes() {
            return 0;
        }

        @Override
        public Payloads payloads() {
            return this;
        }

        @Override
        public void view(final long payload, final View view) {
            view.wrap(NAME, 0, 1, 0, 0);
        }
    }

    /** Keeps nothing. */
    private static final class NoJournal implements Journal {
        @Override
        public Durability levelMax() {
            return Durability.SYNCED;
        }

        @Override
        public Agent keeper() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public Durability levelAtCommit() {
            return Durability.WRITTEN;
        }

        @Override
        public StorageState storage() {
            return StorageState.READY;
        }

        @Override
        public void giveUp() {
            // waits for nothing
        }

        @Override
        public boolean isCheckpointDue() {
            return false;
        }

        @Override
        public Checkpoint beginCheckpoint() {
            throw new IllegalStateException("no checkpoint is due");
        }

        @Override
        public void markCheckpoint() {
            // there is none
        }

        @Override
        public void onHeld(final long messages, final long bytes) {
            // nothing will be stored
        }

        @Override
        public void append(final DirectBuffer buffer, final int offset, final int length) {
            // forgotten
        }

        @Override
        public void commit() {
            // nothing to write
        }

        @Override
        public boolean sync() {
            return true;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    /** A command of a connection goes through the ring, and the engine says this to it. */
    private void say(final Connection from, final CommandType type, final Consumer<EffectSink> effects) {
        CommandHeader.write(command, 0, type, 0, from.id());
        script.add(effects);
        assertThat(commands.offer(command, 0, command.capacity(), from, 0)).isTrue();
        if (type != CommandType.CLOSE) {
            from.onAsked(0);
        }
        run();
    }

    private void say(final Connection from, final Consumer<EffectSink> effects) {
        say(from, CommandType.PING, effects);
    }

    private void run() {
        try {
            ring.logic().doWork();
            ring.journal().doWork();
            ring.egress().doWork();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void sync() {
        try {
            ring.syncer().doWork();
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
        run();
    }

    private static ReplyTo to(final Connection connection, final long id, final int presentation, final Durability level) {
        return new ReplyTo().set(connection.id(), id, presentation, level);
    }

    private void publish(final Connection from, final long id, final boolean isQuiet, final Durability level) {
        say(from, sink -> sink.published(to(from, id, isQuiet ? Presentation.QUIET : 0, level), 9, 1));
    }

    private void answer(final Connection from, final long id, final Durability level) {
        say(from, sink -> sink.done(to(from, id, 0, level)));
    }

    private void refuse(final Connection from, final long id, final int presentation) {
        say(from, sink -> sink.refused(to(from, id, presentation, Durability.SYNCED), RefusalCode.QUEUE_FULL, NAME, 0, 1, 1, 1, -1));
    }

    private static void push(final EffectSink sink, final Connection connection, final long consumer, final long message, final Durability level) {
        sink.beginDelivery(to(connection, 77, 0, level), consumer, NAME, 0, 1);
        sink.message(message, 1, 4, 0);
        sink.endDelivery(1000);
    }

    private static String pushed(final long consumer, final long message) {
        return "{'consumer':" + consumer + ",'queue':'q','messages':[{'message':" + message + ",'payload':'cQ=='}]}\n";
    }

    private static String read(final Connection connection) {
        return TestConnections.read(connection).replace('"', '\'');
    }

    @Test
    void shouldHoldAReplyUntilItsSyncHasCome() {
        answer(first, NO_ID, Durability.SYNCED);
        answer(first, NO_ID, Durability.MEMORY);
        answer(first, 5, Durability.WRITTEN);
        assertThat(read(first)).isEqualTo("{'id':5,'confirmation':'Y'}\n");
        sync();
        assertThat(read(first)).isEqualTo("{'confirmation':'Y'}\n{'confirmation':'Y'}\n");
    }

    @Test
    void shouldLetOneConfirmationSpeakForAllBeforeIt() {
        publish(first, 1, true, Durability.SYNCED);
        publish(first, NO_ID, true, Durability.SYNCED);
        publish(first, 3, true, Durability.MEMORY);
        publish(second, 1, true, Durability.SYNCED);
        sync();
        assertThat(read(first)).isEmpty();
        publish(first, 4, false, Durability.SYNCED);
        assertThat(read(first)).as("its own sync has not come").isEmpty();
        sync();
        assertThat(read(first)).isEqualTo("{'id':4,'confirmation':'Y','message':9,'confirmed':3}\n");
        publish(first, 5, false, Durability.MEMORY);
        assertThat(read(first)).isEqualTo("{'id':5,'confirmation':'Y','message':9}\n");
        publish(second, 6, false, Durability.MEMORY);
        assertThat(read(second)).as("what it speaks for is synced").isEqualTo("{'id':6,'confirmation':'Y','message':9,'confirmed':1}\n");
    }

    @Test
    void shouldHoldTheConfirmationUntilThoseBeforeItHaveReachedTheirLevel() {
        publish(first, 1, true, Durability.SYNCED);
        publish(first, 2, true, Durability.MEMORY);
        publish(first, 3, false, Durability.MEMORY);
        publish(second, 4, false, Durability.MEMORY);
        answer(first, 5, Durability.MEMORY);
        assertThat(read(first)).isEqualTo("{'id':5,'confirmation':'Y'}\n");
        assertThat(read(second)).isEqualTo("{'id':4,'confirmation':'Y','message':9}\n");
        sync();
        assertThat(read(first)).isEqualTo("{'id':3,'confirmation':'Y','message':9,'confirmed':2}\n");
        publish(first, 6, false, Durability.MEMORY);
        assertThat(read(first)).as("the goal is behind it").isEqualTo("{'id':6,'confirmation':'Y','message':9}\n");
    }

    @Test
    void shouldCountDuplicatesAsSuccess() {
        say(first, sink -> sink.duplicate(to(first, 1, Presentation.QUIET, Durability.SYNCED), 0, 0));
        say(first, sink -> sink.duplicate(to(first, 2, 0, Durability.SYNCED), 4, 1));
        sync();
        assertThat(read(first)).isEqualTo("{'id':2,'confirmation':'Y','duplicate':true,'message':4,'confirmed':1}\n");
    }

    @Test
    void shouldAnswerARefusedOneAtOnceAndByItself() {
        publish(first, 1, true, Durability.SYNCED);
        refuse(first, 2, Presentation.QUIET);
        assertThat(read(first)).startsWith("{'id':2,'confirmation':'N','error':{'code':'queue_full',").doesNotContain("confirmed");
        refuse(first, 3, 0);
        assertThat(read(first)).startsWith("{'id':3,'confirmation':'N',").doesNotContain("confirmed");
        publish(first, 4, false, Durability.MEMORY);
        sync();
        assertThat(read(first)).isEqualTo("{'id':4,'confirmation':'Y','message':9,'confirmed':1}\n");
    }

    @Test
    void shouldTakeAPublishForAnsweredThoughNothingIsSent() {
        publish(first, 1, true, Durability.SYNCED);
        assertThat(TestConnections.isAllAnswered(first)).isTrue();
        publish(first, 2, false, Durability.SYNCED);
        assertThat(TestConnections.isAllAnswered(first)).isFalse();
        sync();
        assertThat(TestConnections.isAllAnswered(first)).isTrue();
    }

    @Test
    void shouldNotPushBeforeTheReplyToTheConsume() {
        answer(first, NO_ID, Durability.SYNCED);
        say(first, sink -> {
            sink.consuming(to(first, NO_ID, 0, Durability.MEMORY), 7);
            push(sink, first, 7, 1, Durability.MEMORY);
        });
        say(second, sink -> push(sink, first, 7, 2, Durability.MEMORY));
        assertThat(read(first)).isEmpty();
        sync();
        assertThat(read(first)).isEqualTo("{'confirmation':'Y'}\n{'confirmation':'Y','consumer':7}\n" + pushed(7, 1) + pushed(7, 2));
    }

    @Test
    void shouldPushAtOnceWhereNothingIsHeldBefore() {
        answer(first, 1, Durability.SYNCED);
        say(first, sink -> {
            sink.consuming(to(first, 2, 0, Durability.SYNCED), 7);
            push(sink, first, 7, 1, Durability.MEMORY);
        });
        assertThat(read(first)).isEqualTo("{'id':2,'confirmation':'Y','consumer':7}\n" + pushed(7, 1));
        assertThat(TestConnections.isAllAnswered(first)).as("a push answers nothing").isFalse();
        sync();
        assertThat(read(first)).isEqualTo("{'id':1,'confirmation':'Y'}\n");
        assertThat(TestConnections.isAllAnswered(first)).isTrue();
    }

    @Test
    void shouldHoldWhatIsSettledAsItIsSentAndAllPushesBehindIt() {
        say(second, sink -> {
            push(sink, first, 7, 1, Durability.SYNCED);
            push(sink, second, 1, 5, Durability.MEMORY);
        });
        say(second, sink -> {
            push(sink, first, 7, 2, Durability.MEMORY);
            push(sink, second, 1, 6, Durability.MEMORY);
            sink.consumerEnded(to(first, NO_ID, 0, Durability.MEMORY), 7);
        });
        answer(first, 3, Durability.MEMORY);
        assertThat(read(first)).as("nothing was ever heard of it before").isEqualTo("{'id':3,'confirmation':'Y'}\n");
        assertThat(read(second)).isEqualTo(pushed(1, 5) + pushed(1, 6));
    }

    @Test
    void shouldKeepThePushesOfAConsumerInOrder() {
        answer(first, 1, Durability.MEMORY);
        say(second, sink -> push(sink, first, 7, 1, Durability.SYNCED));
        say(second, sink -> {
            push(sink, first, 7, 2, Durability.MEMORY);
            push(sink, second, 1, 6, Durability.MEMORY);
        });
        say(second, sink -> push(sink, first, 7, 3, Durability.SYNCED));
        say(second, sink -> sink.consumerEnded(to(first, NO_ID, 0, Durability.MEMORY), 7));
        assertThat(read(first)).isEqualTo("{'id':1,'confirmation':'Y'}\n");
        assertThat(read(second)).isEqualTo(pushed(1, 6));
        assertThat(first.unreported()).as("what is held has not gone out").isZero();
        sync();
        assertThat(read(first)).isEqualTo(pushed(7, 1) + pushed(7, 2) + pushed(7, 3) + "{'consumer':7,'ended':'deleted'}\n");
        assertThat(first.unreported()).isEqualTo(3000);
        assertThat(second.unreported()).isEqualTo(1000);
    }

    @Test
    void shouldPushNothingToAConnectionThatIsGone() {
        answer(first, 1, Durability.MEMORY);
        read(first);
        say(second, sink -> push(sink, first, 7, 1, Durability.SYNCED));
        say(first, CommandType.CLOSE, sink -> { });
        say(second, sink -> push(sink, first, 7, 2, Durability.MEMORY));
        publish(second, 1, false, Durability.MEMORY);
        assertThat(first.outbound().size()).isZero();
        assertThat(read(second)).isEqualTo("{'id':1,'confirmation':'Y','message':9}\n");
    }

    @Test
    void shouldEndAConnectionBehindItsLastReplyOnly() {
        say(first, sink -> push(sink, first, 7, 1, Durability.SYNCED));
        refuse(first, NO_ID, Presentation.CLOSE);
        say(second, sink -> push(sink, first, 7, 2, Durability.MEMORY));
        assertThat(TestConnections.isEnding(first)).isFalse();
        sync();
        assertThat(read(first)).startsWith(pushed(7, 1) + "{'confirmation':'N',").doesNotContain("'message':2,");
        assertThat(TestConnections.isEnding(first)).isTrue();
    }

    /** They are made all the same, and others wait for that. */
    @Test
    void shouldCountWhatIsMadeForAConnectionThatIsGone() {
        final int most = 5000;
        TestConnections.close(first);
        for (int i = 0; i < 50; i++) {
            assertThat(first.tryReserve(most)).isTrue();
            CommandHeader.write(command, 0, CommandType.PING, 0, first.id());
            script.add(sink -> {
                sink.beginMessages(to(first, 1, 0, Durability.MEMORY));
                for (int message = 0; message < 150; message++) {
                    sink.message(message, 1, 4, 0);
                }
                sink.endMessages();
            });
            assertThat(commands.offer(command, 0, command.capacity(), first, most)).isTrue();
            run();
        }
        int reserved = 0;
        while (second.tryReserve(most)) {
            reserved++;
        }
        assertThat(reserved).as("as many as are made in some milliseconds").isLessThan(1000);
    }
}
