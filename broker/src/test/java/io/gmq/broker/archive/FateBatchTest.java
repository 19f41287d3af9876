package io.gmq.broker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Limits;
import io.gmq.engine.core.Engine;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.HandleCatcher;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FateBatchTest {
    private final FateBatch batch = new FateBatch();
    private final Engine engine = new Engine(batch);
    private final Commands commands = new Commands();
    private long sequence;

    FateBatchTest() {
        batch.payloads(engine.payloads());
        apply(commands.at(1000).by(CommandHeader.HOST).start(new Limits(100, 5000, 100_000, 5000, 1 << 30, 100)));
    }

    private void apply(final byte[] command) {
        batch.beginRecord();
        engine.apply(++sequence, new UnsafeBuffer(command), 0, command.length, new HandleCatcher());
        engine.reclaim(sequence);
    }

    private FateRow only() {
        assertThat(batch.fates()).hasSize(1);
        return batch.fates().iterator().next();
    }

    @Test
    void shouldMakeOneRowOfAllThatBecomesOfAMessage() {
        apply(commands.at(1001).by(1).publish("q", Draft.of("x")));
        for (int i = 2; i <= 4; i++) {
            apply(commands.at(1000L * i).by(i).take(Take.from("q").leaseMs(500)));
            apply(commands.at(1000L * i + 1).by(i).settle(i < 4 ? Settle.nack("q", 1) : Settle.ack("q", 1)));
        }

        final FateRow row = only();
        assertThat(row.state).isEqualTo("acked");
        assertThat(List.of(row.deliveries, row.attempt)).containsExactly(3, 3);
        assertThat(List.of(row.firstDeliveredMs, row.lastDeliveredMs, row.changedMs, row.endedMs)).containsExactly(2000L, 4000L, 4001L, 4001L);
        assertThat(List.of(row.deliveredTo, row.endedBy)).containsExactly(4L, 4L);
        assertThat(row.reason).isNull();
        assertThat(batch.messages()).hasSize(1);
    }

    @Test
    void shouldCountOnlyWhatCameSinceItWasEmptied() {
        apply(commands.at(1001).by(1).publish("q", Draft.of("x")));
        apply(commands.at(2000).by(2).take(Take.from("q").leaseMs(500)));
        batch.clear();
        assertThat(batch.isEmpty()).isTrue();
        apply(commands.at(2001).by(2).settle(Settle.nack("q", 1)));

        final FateRow row = only();
        assertThat(List.of(row.state, row.reason)).containsExactly("ready", "nacked");
        assertThat(row.deliveries).isZero();
        assertThat(row.attempt).isEqualTo(FateRow.NOT_KNOWN);
        assertThat(batch.messages()).isEmpty();
    }

    @Test
    void shouldHoldThePayloadOfCopiesOnce() {
        for (int i = 0; i < 50; i++) {
            apply(commands.at(1001).by(1).bind("t", "q" + i));
        }
        apply(commands.at(1002).by(1).publish(Publish.toTopic("t", Draft.ofLength(4000))));

        assertThat(batch.messages()).hasSize(50);
        assertThat(batch.messages()).extracting(MessageRow::payload).allSatisfy(payload -> assertThat(payload).isSameAs(batch.messages().get(0).payload()));
    }

    @Test
    void shouldBeFullOfBytesOrOfRows() {
        final List<Integer> counts = new ArrayList<>();
        for (final int length : new int[] {4000, 0}) {
            batch.clear();
            while (!batch.isFull()) {
                apply(commands.at(1002).by(1).publish("q" + batch.messages().size() / 1000 + "-" + length, Draft.ofLength(length)));
            }
            counts.add(batch.messages().size());
        }
        assertThat(counts).containsExactly((int) (FateBatch.BYTES_MAX / 4000) + 1, FateBatch.ROWS_MAX);
    }

    @Test
    void shouldHearNothingWhileItIsDeaf() {
        batch.deaf(true);
        apply(commands.at(1001).by(1).publish("q", Draft.of("x")));
        apply(commands.at(2000).by(2).take(Take.from("q").leaseMs(0)));
        assertThat(batch.isEmpty()).isTrue();
    }
}
