package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Ending;
import io.gmq.engine.api.FateSink;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.ReleaseCause;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.HandleCatcher;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What is told of single messages: by whom, when and why. Times are those since the beginning of the test. */
final class FatesToldTest {
    private final List<String> told = new ArrayList<>();
    private final EngineKit kit = new EngineKit(EngineKit.LIMITS, new Listener(told));

    private record Listener(List<String> lines) implements FateSink {
        private static String text(final DirectBuffer buffer, final int offset, final int length) {
            return buffer.getStringWithoutLengthUtf8(offset, length);
        }

        private void add(final long message, final String what, final long connection, final long atMs) {
            lines.add(message + " " + what + " c" + connection + " +" + (atMs - EngineKit.START_MS));
        }

        @Override
        public void published(
            final long message, final DirectBuffer queue, final MessageState state, final int priority, final long payload, final long origin,
            final long connection) {
            add(message, "published " + text(queue, 0, queue.capacity()) + " " + state.word() + " p" + priority
                + (origin == 0 ? "" : " from " + origin), connection, EngineKit.START_MS);
        }

        @Override
        public void ready(final long message, final long atMs) {
            add(message, "ready", 0, atMs);
        }

        @Override
        public void delivered(final long message, final int attempt, final long connection, final long atMs) {
            add(message, "delivered a" + attempt, connection, atMs);
        }

        @Override
        public void released(
            final long message, final MessageState state, final ReleaseCause cause, final long connection, final long atMs) {
            add(message, "released " + state.word() + " " + cause.word(), connection, atMs);
        }

        @Override
        public void parked(
            final long message, final DirectBuffer reason, final int offset, final int length, final long connection, final long atMs) {
            add(message, "parked '" + text(reason, offset, length) + "'", connection, atMs);
        }

        @Override
        public void kicked(final long message, final long connection, final long atMs) {
            add(message, "kicked", connection, atMs);
        }

        @Override
        public void ended(final long message, final Ending ending, final long became, final long connection, final long atMs) {
            add(message, ending.word() + (became == 0 ? "" : " " + became), connection, atMs);
        }
    }

    private List<String> told() {
        final List<String> lines = List.copyOf(told);
        told.clear();
        return lines;
    }

    @Test
    void shouldTellByWhomAMessageIsPublishedGivenOutAndSettled() {
        kit.publish(1, "q", Draft.of("x").priority(7));
        kit.advance(5).take(2, Take.from("q").leaseMs(100));
        kit.advance(5).settle(3, Settle.ack("q", 1));

        assertThat(told()).containsExactly("1 published q ready p7 c1 +0", "1 delivered a1 c2 +5", "1 acked c3 +10");
    }

    @Test
    void shouldTellThatAMessageWasTakenForGoodByWhoeverGotIt() {
        kit.take(2, Take.from("q").waitMs(50).leaseMs(0));
        kit.publish(1, "q", "x");

        assertThat(told()).containsExactly("1 published q ready p4 c1 +0", "1 delivered a1 c2 +0", "1 acked c2 +0");
    }

    @Test
    void shouldTellWhyAMessageCameBack() {
        kit.publish(1, "q", "x");
        kit.take(2, Take.from("q").leaseMs(100));
        kit.settle(3, Settle.nack("q", 1));
        kit.take(2, Take.from("q").leaseMs(100));
        kit.advance(100).tick();
        kit.consume(4, Consume.from("q"));
        kit.close(4);

        assertThat(told().subList(1, 7)).containsExactly("1 delivered a1 c2 +0", "1 released ready nacked c3 +0", "1 delivered a2 c2 +0",
            "1 released ready lease_ended c0 +100", "1 delivered a3 c4 +100", "1 released ready connection_closed c4 +100");
    }

    @Test
    void shouldTellOfADeadLetterWhatItWas() {
        kit.configure(Configure.of("q").maxAttempts(1).deadLetter("d"));
        kit.publish(1, "q", "x");
        kit.take(2, Take.from("q").leaseMs(100));
        kit.settle(2, Settle.nack("q", 1));

        assertThat(told().subList(2, 5)).containsExactly("1 parked 'max_attempts' c2 +0", "1 dead_lettered 2 c0 +0",
            "2 published d ready p4 from 1 c0 +0");
    }

    @Test
    void shouldTellOfDelayTimeToLiveParkingAndRoom() {
        kit.configure(Configure.of("q").capacity(2).onFull(OnFull.DROP_OLDEST));
        kit.publish(1, "q", Draft.of("late").delayMs(10), Draft.of("short").ttlMs(20));
        kit.advance(10).tick();
        kit.advance(10).tick();
        kit.take(2, Take.from("q").leaseMs(100));
        kit.settle(2, Settle.park("q", 1).reason("späť"));
        kit.kick("q", 5);
        kit.publish(3, "q", "y", "z");

        assertThat(told()).containsExactly("1 published q delayed p4 c1 +0", "2 published q ready p4 c1 +0", "1 ready c0 +10",
            "2 expired c0 +20", "1 delivered a1 c2 +20", "1 parked 'späť' c2 +20", "1 kicked c9 +20", "1 dropped c3 +20",
            "3 published q ready p4 c3 +0", "4 published q ready p4 c3 +0");
    }

    @Test
    void shouldTellWithWhomAndWhenAPurgeBeganHoweverLongItTakes() {
        kit.publish(1, Publish.toQueue("q", Draft.many(1000)));
        kit.publish(1, Publish.toQueue("q", Draft.many(1000)));
        told();
        kit.purge("q");
        final Listener other = new Listener(new ArrayList<>());
        final Engine restored = restored(other);
        kit.advance(3).tick();

        final List<String> purged = told();
        assertThat(purged).hasSize(2000).allMatch(line -> line.endsWith(" purged c9 +0"));
        final byte[] tick = new Commands().at(kit.nowMs()).plain(CommandType.TICK);
        restored.apply(1, new UnsafeBuffer(tick), 0, tick.length, new HandleCatcher());
        assertThat(other.lines()).as("also by an engine that began in between").isEqualTo(purged.subList(1000, 2000));
    }

    @Test
    void shouldTellADeletionFromAPurge() {
        kit.publish(1, "q", "x");
        kit.delete("q");

        assertThat(told()).contains("1 deleted c9 +0");
    }

    private Engine restored(final FateSink sink) {
        final Engine restored = new Engine(sink);
        kit.engine().beginCheckpoint((head, headLength, tail, tailOffset, tailLength) -> {
            final byte[] entry = new byte[headLength + tailLength];
            head.getBytes(0, entry, 0, headLength);
            tail.getBytes(tailOffset, entry, headLength, tailLength);
            restored.restore(new UnsafeBuffer(entry), 0, entry.length);
        });
        kit.engine().continueCheckpoint(Integer.MAX_VALUE);
        kit.engine().endCheckpoint();
        restored.endRestore();
        return restored;
    }
}
