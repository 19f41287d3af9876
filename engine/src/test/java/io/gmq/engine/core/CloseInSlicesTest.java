package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

/** More leases and waits than one command deals with. */
final class CloseInSlicesTest {
    private final EngineKit kit = new EngineKit();

    private void lease(final long connection, final String queue, final int count) {
        for (int left = count; left > 0; left -= 1000) {
            kit.publish(1, queue, Draft.many(Math.min(left, 1000)));
            kit.take(connection, Take.from(queue).max(1000).leaseMs(10_000));
        }
    }

    @Test
    void shouldReleaseLeasesInSlicesOverTicks() {
        lease(2, "q", 2500);
        kit.close(2);
        assertThat(kit.length("q")).isEqualTo("r1000 d0 l1500 p0");
        assertThat(kit.engine().nextDeadlineMs()).as("at once").isLessThanOrEqualTo(kit.nowMs());

        kit.tick();
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.length("q")).isEqualTo("r2000 d0 l500 p0");
        kit.tick();
        assertThat(kit.length("q")).isEqualTo("r2500 d0 l0 p0");
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        kit.tick();
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.take(3, Take.from("q").max(2))).isEqualTo("c3: messages 1/a2=m 2/a2=m");
    }

    @Test
    void shouldEndLeasesInSlicesOverTicks() {
        lease(2, "q", 1500);
        kit.advance(10_000).tick();
        assertThat(kit.length("q")).isEqualTo("r1000 d0 l500 p0");
        assertThat(kit.engine().nextDeadlineMs()).isLessThanOrEqualTo(kit.nowMs());
        kit.tick();
        assertThat(kit.length("q")).isEqualTo("r1500 d0 l0 p0");
    }

    @Test
    void shouldLetWaitsEndInSlicesOverTicks() {
        for (int i = 0; i < 1500; i++) {
            kit.take(2, Take.from("q").waitMs(10));
        }
        assertThat(kit.advance(10).tick().lines()).hasSize(1000);
        assertThat(kit.tick().lines()).hasSize(500);
    }

    @Test
    void shouldForgetAConnectionAsSoonAsItHoldsNothing() {
        lease(2, "q", 3);
        kit.take(3, Take.from("empty").waitMs(10));
        assertThat(kit.engine().highestConnection()).isEqualTo(3);

        kit.advance(10).tick();
        assertThat(kit.engine().highestConnection()).as("its wait is over").isEqualTo(2);
        kit.settle(2, Settle.ack("q", 1, 2, 3));
        assertThat(kit.engine().highestConnection()).as("its leases are settled").isZero();
    }

    @Test
    void shouldLeaveOthersAsTheyAreWhenAConnectionThatHoldsNothingCloses() {
        lease(2, "q", 2500);
        kit.close(2);
        final long before = kit.engine().digest();

        kit.close(3);
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.engine().digest()).isEqualTo(before);
        assertThat(kit.engine().nextDeadlineMs()).as("the rest is for the ticks").isZero();
    }

    @Test
    void shouldSayThatAStartChangedSomethingIfAClosingConnectionWasLeft() {
        lease(2, "q", 1001);
        kit.close(2);
        assertThat(kit.settle(3, Settle.ack("q", 1001))).as("the one that is left").isEqualTo("c3: acked 1");
        final long before = kit.engine().digest();
        kit.start(EngineKit.LIMITS);

        assertThat(kit.engine().digest()).isNotEqualTo(before);
        assertThat(kit.isChanged()).isTrue();
    }

    @Test
    void shouldEndAllOldConnectionsWithTheStart() {
        lease(2, "q", 2500);
        lease(3, "r", 10);
        kit.take(4, Take.from("q").waitMs(100));
        kit.publish(1, "k", "kept");
        kit.take(2, Take.from("k").kept());

        assertThat(kit.start(EngineKit.LIMITS)).isEmpty();
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.length("q")).as("a slice").isEqualTo("r1000 d0 l1500 p0");
        assertThat(kit.tick() + kit.tick()).isEmpty();
        assertThat(kit.length("q")).isEqualTo("r2500 d0 l0 p0");
        assertThat(kit.length("r")).isEqualTo("r10 d0 l0 p0");
        assertThat(kit.length("k")).as("kept").isEqualTo("r0 d0 l1 p0");
        assertThat(kit.advance(100).tick()).as("nobody waits").isEmpty();
    }

    @Test
    void shouldNotGiveWhatOneOldConnectionHeldToTheWaitOfAnother() {
        lease(2, "q", 1500);
        kit.take(3, Take.from("q").waitMs(100_000).leaseMs(0));
        kit.start(EngineKit.LIMITS);

        assertThat(kit.tick() + kit.tick()).isEmpty();
        assertThat(kit.length("q")).as("none was settled").isEqualTo("r1500 d0 l0 p0");
    }

    @Test
    void shouldSayWhichConnectionsItStillKnows() {
        assertThat(kit.engine().highestConnection()).isZero();
        lease(70, "q", 2500);
        kit.take(33, Take.from("w").waitMs(10));
        assertThat(kit.engine().highestConnection()).isEqualTo(70);

        kit.start(EngineKit.LIMITS);
        assertThat(kit.engine().highestConnection()).as("that of a closing one").isEqualTo(70);
        kit.tick();
        kit.tick();
        assertThat(kit.engine().highestConnection()).isZero();
    }

    @Test
    void shouldGiveNothingToTheWaitsOfAConnectionThatIsGone() {
        for (int i = 0; i < 1200; i++) {
            kit.take(2, Take.from("q").waitMs(10_000).leaseMs(0));
        }
        kit.take(3, Take.from("q").waitMs(10_000));
        kit.close(2);

        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1\nc3: messages 1=a");
        assertThat(kit.engine().messages()).isEqualTo(1);
    }

    @Test
    void shouldCloseManyConnectionsOneAfterTheOther() {
        final EngineKit many = new EngineKit(new Limits(9, 100, 100_000, 10_000, 1 << 20, 100));
        for (int connection = 2; connection < 8; connection++) {
            many.publish(1, "q", Draft.many(700));
            many.take(connection, Take.from("q").max(700));
        }
        for (int connection = 2; connection < 8; connection++) {
            many.close(connection);
            many.close(connection);
        }
        int ticks = 0;
        while (many.engine().nextDeadlineMs() <= many.nowMs()) {
            many.tick();
            assertThat(many.isChanged()).isTrue();
            assertThat(++ticks).isLessThan(10);
        }
        assertThat(many.length("q")).isEqualTo("r4200 d0 l0 p0");
    }

    @Test
    void shouldServeInSlicesThoseWhoWaitForWhatOneRangeGivesBack() {
        final int many = 20_000;
        lease(2, "q", many);
        for (int i = 0; i < many; i++) {
            kit.take(3, Take.from("q").waitMs(1000));
        }
        final String first = kit.settle(2, Settle.nack("q").range(0, Long.MAX_VALUE));
        assertThat(first).startsWith("c2: nacked 20000\nc3: messages 1/a2=m\n");
        assertThat(first.lines()).hasSize(1001);
        assertThat(kit.length("q")).isEqualTo("r0 d19000 l1000 p0");

        for (int i = 1; i < many / 1000; i++) {
            assertThat(kit.engine().nextDeadlineMs()).isLessThanOrEqualTo(kit.nowMs());
            assertThat(kit.tick().lines()).hasSize(1000);
        }
        assertThat(kit.length("q")).isEqualTo("r0 d0 l20000 p0");
    }
}
