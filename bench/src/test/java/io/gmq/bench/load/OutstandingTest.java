package io.gmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Windows and latencies, with times that are passed in. */
class OutstandingTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int RATE = 1000;

    private final Tally tally = new Tally(new Ledger(1), true, Stamp.CHARS);

    private static Outstanding closed(final int window, final int batch) {
        return new Outstanding(window, batch, true, null);
    }

    @Test
    void shouldLetOutNoMoreThanTheWindow() {
        final Outstanding outstanding = closed(100, 1);
        for (int i = 0; i < 100; i++) {
            assertThat(outstanding.room()).isEqualTo(100 - i);
            outstanding.send(0);
        }
        assertThat(outstanding.room()).isZero();
        outstanding.confirm(30, tally);
        assertThat(outstanding.room()).isEqualTo(30);
    }

    @Test
    void shouldCountTheWindowInMessagesWhereFramesAreBatches() {
        assertThat(closed(100, 16).room()).isEqualTo(6);
    }

    @Test
    void shouldRefuseConfirmationsOfWhatWasNotSent() {
        final Outstanding outstanding = closed(10, 1);
        outstanding.send(0);
        assertThatThrownBy(() -> outstanding.confirm(2, tally)).isInstanceOf(LoadException.class).hasMessageContaining("more than was sent");
    }

    @Test
    void shouldCountFromWhenAMessageWasSentInAClosedLoop() {
        final Outstanding outstanding = closed(10, 2);
        tally.count(0, Long.MAX_VALUE);
        outstanding.send(5 * MS);
        outstanding.send(6 * MS);
        tally.at(8 * MS);
        outstanding.confirm(1, tally);
        tally.at(20 * MS);
        outstanding.confirm(1, tally);
        final Histogram late = tally.confirms().histogram();
        assertThat(late.getTotalCount()).isEqualTo(4);
        assertThat(late.getMinValue()).isCloseTo(3 * MS, within(MS / 100));
        assertThat(late.getMaxValue()).isCloseTo(14 * MS, within(MS / 100));
    }

    /**
     * A thousand a second, each confirmed at once; then a second in which nothing goes and nothing comes. The thousand messages that were
     * due in it are all late, by up to the whole second.
     */
    @Test
    void shouldCountAStallInFull() {
        final Schedule schedule = new Schedule(RATE, 0, 1);
        final Outstanding outstanding = new Outstanding(Integer.MAX_VALUE / 4, 1, true, schedule);
        tally.count(0, Long.MAX_VALUE);
        outstanding.start(0);
        for (long nowNs = 0; nowNs < 1000 * MS; nowNs += MS) {
            sendDue(outstanding, nowNs);
        }
        assertThat(outstanding.sent()).isEqualTo(RATE);
        assertThat(tally.confirms().histogram().getMaxValue()).isZero();

        sendDue(outstanding, 2000 * MS - 1);

        final Histogram late = tally.confirms().histogram();
        assertThat(outstanding.sent()).isEqualTo(2 * RATE);
        assertThat(late.getTotalCount()).isEqualTo(2 * RATE);
        assertThat(late.getMaxValue()).isCloseTo(1000 * MS, within(2 * MS));
        assertThat(late.getCountBetweenValues(500 * MS, 1001 * MS)).isCloseTo(500, within(3L));
        assertThat(late.getValueAtPercentile(75)).isCloseTo(500 * MS, within(3 * MS));
    }

    private void sendDue(final Outstanding outstanding, final long nowNs) {
        int frames = 0;
        while (outstanding.nextDueNs() <= nowNs) {
            outstanding.send(nowNs);
            frames++;
        }
        tally.at(nowNs);
        outstanding.confirm(frames, tally);
    }

    @Test
    void shouldCountOnlyWhatWasDueInTheMeasuredTime() {
        final Outstanding outstanding = new Outstanding(16, 1, true, new Schedule(RATE, 0, 1));
        tally.count(5 * MS, 10 * MS);
        outstanding.start(0);
        for (long nowNs = 0; nowNs < 20 * MS; nowNs += MS) {
            sendDue(outstanding, nowNs);
        }
        assertThat(tally.confirms().histogram().getTotalCount()).isEqualTo(5);
    }

    @Test
    void shouldSpreadTheRateOverProducers() {
        final Schedule first = new Schedule(RATE, 0, 4);
        final Schedule third = new Schedule(RATE, 2, 4);
        assertThat(first.dueNs(0)).as("before the start nothing is due").isEqualTo(Long.MAX_VALUE);
        first.start(100);
        third.start(100);
        assertThat(first.dueNs(0)).isEqualTo(100);
        assertThat(first.dueNs(1)).isEqualTo(100 + 4 * MS);
        assertThat(third.dueNs(1)).isEqualTo(100 + 6 * MS);
    }

    @Test
    void shouldNotPutABacklogOnTheSchedule() {
        final Outstanding outstanding = new Outstanding(16, 1, true, new Schedule(RATE, 0, 1));
        outstanding.send(0);
        outstanding.send(0);
        outstanding.confirm(2, tally);
        outstanding.start(50 * MS);
        assertThat(outstanding.nextDueNs()).isEqualTo(50 * MS);
    }
}
