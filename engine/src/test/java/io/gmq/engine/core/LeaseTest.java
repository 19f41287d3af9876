package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class LeaseTest {
    private final EngineKit kit = new EngineKit();

    @Test
    void shouldEndALeaseAtTheMillisecond() {
        kit.publish(1, "q", "a");
        kit.take(2, Take.from("q").leaseMs(70));
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 70);

        kit.advance(69).tick();
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.length("q")).isEqualTo("r0 d0 l1 p0");

        assertThat(kit.advance(1).tick()).isEmpty();
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.take(3, "q")).isEqualTo("c3: messages 1/a2=a");
        assertThat(kit.settle(2, Settle.nack("q", 1))).as("anybody may settle").isEqualTo("c2: nacked 1");
        assertThat(kit.take(3, "q")).isEqualTo("c3: messages 1/a3=a");
    }

    @Test
    void shouldLeaseForTheConfiguredTimeByDefault() {
        kit.publish(1, "q", "a");
        kit.take(2, "q");

        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + EngineKit.LIMITS.leaseMs());
        kit.advance(1000).settle(2, Settle.extend("q", 1));
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 1000 + EngineKit.LIMITS.leaseMs());
    }

    @Test
    void shouldNotDoWhatIsDueWithoutATick() {
        kit.publish(1, "q", "a");
        kit.take(2, Take.from("q").leaseMs(10));
        kit.advance(100);

        assertThat(kit.take(3, "q")).isEqualTo("c3: messages");
        assertThat(kit.settle(2, Settle.ack("q", 1))).as("its holder may still settle it").isEqualTo("c2: acked 1");
    }

    @Test
    void shouldPutAMessageBackAtItsOldPlace() {
        kit.publish(1, "q", Draft.of("high").priority(9), Draft.of("a"), Draft.of("b"), Draft.of("c"));
        kit.take(2, Take.from("q").max(3).leaseMs(10));
        kit.advance(10).tick();

        assertThat(kit.take(3, Take.from("q").max(9))).isEqualTo("c3: messages 1/a2/p9=high 2/a2=a 3/a2=b 4=c");
    }

    @Test
    void shouldPutANackedMessageWhereItWasOrWhereItsNewPriorityBelongs() {
        kit.publish(1, "q", "a", "b", "c");
        kit.take(2, Take.from("q").max(2));

        assertThat(kit.settle(2, Settle.nack("q", 2))).isEqualTo("c2: nacked 1");
        assertThat(kit.settle(2, Settle.nack("q", 1).priority(0))).isEqualTo("c2: nacked 1");
        assertThat(kit.take(3, Take.from("q").max(9))).isEqualTo("c3: messages 2/a2=b 3=c 1/a2/p0=a");
    }

    @Test
    void shouldDelayANackedMessage() {
        kit.publish(1, "q", "a");
        kit.take(2, Take.from("q").leaseMs(10));
        assertThat(kit.settle(2, Settle.nack("q", 1).forMs(30))).isEqualTo("c2: nacked 1");
        assertThat(kit.length("q")).isEqualTo("r0 d1 l0 p0");

        kit.advance(29).tick();
        assertThat(kit.take(3, "q")).isEqualTo("c3: messages");
        kit.advance(1).tick();
        assertThat(kit.take(3, "q")).isEqualTo("c3: messages 1/a2=a");
    }

    @Test
    void shouldExtendFromNow() {
        kit.publish(1, "q", "a");
        kit.take(2, Take.from("q").leaseMs(100));
        kit.advance(90);
        assertThat(kit.settle(2, Settle.extend("q", 1).forMs(20))).isEqualTo("c2: extended 1");
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 110);

        assertThat(kit.settle(2, Settle.extend("q", 1).forMs(1))).as("also to less").isEqualTo("c2: extended 1");
        kit.advance(1).tick();
        assertThat(kit.length("q")).isEqualTo("r1 d0 l0 p0");
    }

    @Test
    void shouldEndLeasesInTheOrderOfTheirTimes() {
        kit.publish(1, "q", "a", "b", "c");
        kit.take(2, Take.from("q").leaseMs(30));
        kit.take(2, Take.from("q").leaseMs(10));
        kit.take(2, Take.from("q").leaseMs(20));
        kit.take(3, Take.from("q").waitMs(100));
        kit.take(4, Take.from("q").waitMs(100));

        kit.advance(15);
        assertThat(kit.tick()).isEqualTo("c3: messages 2/a2=b");
        kit.advance(15);
        assertThat(kit.tick()).as("two at once: the lowest id first").isEqualTo("c4: messages 1/a2=a");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l2 p0");
    }

    @Test
    void shouldReleaseWhatAConnectionHeldWhenItCloses() {
        kit.publish(1, "q", "a", "b", "c");
        kit.take(2, Take.from("q").max(2));
        kit.take(3, "q");

        assertThat(kit.close(2)).isEmpty();
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.length("q")).isEqualTo("r2 d0 l1 p0");
        assertThat(kit.take(4, Take.from("q").max(9))).isEqualTo("c4: messages 1/a2=a 2/a2=b");
    }

    @Test
    void shouldSayThatClosingOneThatHoldsNothingChangesNothing() {
        kit.publish(1, "q", "a");
        kit.take(2, "q");
        kit.settle(2, Settle.ack("q", 1));
        final long before = kit.engine().digest();

        kit.close(2);
        assertThat(kit.isChanged()).isFalse();
        kit.close(77);
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.engine().digest()).isEqualTo(before);
    }

    @Test
    void shouldLeaveKeptLeasesStandingOverAClosedConnection() {
        kit.publish(1, "q", "kept", "lost");
        kit.take(2, Take.from("q").kept().leaseMs(50));
        kit.take(2, Take.from("q").leaseMs(50));
        kit.close(2);
        assertThat(kit.length("q")).isEqualTo("r1 d0 l1 p0");

        assertThat(kit.settle(3, Settle.extend("q", 1).forMs(60))).isEqualTo("c3: extended 1");
        assertThat(kit.settle(2, Settle.ack("q").range(0, 9))).as("it is no longer this connection's").isEqualTo("c2: acked 0");
        kit.advance(60).tick();
        assertThat(kit.take(3, Take.from("q").max(2))).isEqualTo("c3: messages 1/a2=kept 2/a2=lost");
    }

    @Test
    void shouldSettleAKeptLeaseFromAnotherConnection() {
        kit.publish(1, "q", "a");
        kit.take(2, Take.from("q").kept());
        kit.close(2);

        assertThat(kit.settle(3, Settle.ack("q", 1))).isEqualTo("c3: acked 1");
        assertThat(kit.engine().messages()).isZero();
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldForgetTheTimeOfALeaseThatWasSettled() {
        kit.publish(1, "q", "a", "b");
        kit.take(2, Take.from("q").leaseMs(10));
        kit.take(2, Take.from("q").leaseMs(20));
        kit.settle(2, Settle.ack("q", 1));

        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 20);
        kit.settle(2, Settle.nack("q", 2));
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }
}
