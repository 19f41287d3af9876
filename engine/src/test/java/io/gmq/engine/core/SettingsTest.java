package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Setting;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class SettingsTest {
    private final EngineKit kit = new EngineKit(new Limits(2, 100, 10, 1000, 100_000, 10));

    @Test
    void shouldTellTheBrokersOwnWhereNothingIsSet() {
        assertThat(kit.configure(Configure.of("q")))
            .isEqualTo("capacity=10 max_message_length=100 lease_ms=1000 max_attempts=0 ttl_ms=0 on_full=0 paused=0");
        assertThat(kit.length("q")).as("it is there now").isEqualTo("r0 d0 l0 p0");
    }

    @Test
    void shouldSetWhatIsGivenAndLeaveTheRest() {
        kit.configure(Configure.of("q").capacity(3).maxAttempts(4).deadLetter("dead"));

        assertThat(kit.configure(Configure.of("q").set(Setting.LEASE_MS, 50).ttlMs(60)))
            .isEqualTo("capacity=3 max_message_length=100 lease_ms=50 max_attempts=4 ttl_ms=60 on_full=0 paused=0 dead_letter=dead");
        assertThat(kit.configure(Configure.of("q").maxAttempts(0).ttlMs(0).deadLetter(""))).as("unset")
            .isEqualTo("capacity=3 max_message_length=100 lease_ms=50 max_attempts=0 ttl_ms=0 on_full=0 paused=0");
        assertThat(kit.settings("q")).as("described likewise")
            .isEqualTo("capacity=3 max_message_length=100 lease_ms=50 max_attempts=0 ttl_ms=0 on_full=0 paused=0");
    }

    @Test
    void shouldChangeNothingByWhatIsSetAlready() {
        kit.configure(Configure.of("q").capacity(3).deadLetter("dead"));

        assertThat(kit.unchanged(() -> kit.configure(Configure.of("q").capacity(3).deadLetter("dead")))).startsWith("capacity=3");
        assertThat(kit.unchanged(() -> kit.configure(Configure.of("q")))).startsWith("capacity=3");
    }

    @Test
    void shouldNotCreateOneQueueTooMany() {
        kit.configure(Configure.of("a"));
        kit.configure(Configure.of("b"));

        assertThat(kit.unchanged(() -> kit.configure(Configure.of("c").capacity(1)))).isEqualTo("c9: refused too_many_queues c 2/2");
    }

    @Test
    void shouldNeverAllowMoreThanTheBroker() {
        kit.configure(Configure.of("q").capacity(9).set(Setting.MAX_MESSAGE_LENGTH, 90));
        kit.start(new Limits(2, 50, 5, 1000, 100_000, 10));

        assertThat(kit.settings("q")).startsWith("capacity=5 max_message_length=50");
        assertThat(kit.publish(1, "q", Draft.ofLength(51))).isEqualTo("c1: refused message_too_large q 51/50");
        assertThat(kit.publish(1, "q", Draft.many(6))).isEqualTo("c1: refused queue_full q 0/5");
        kit.start(new Limits(2, 500, 50, 1000, 100_000, 10));
        assertThat(kit.settings("q")).as("its own again").startsWith("capacity=9 max_message_length=90");
    }

    @Test
    void shouldRefuseByTheQueuesOwnCapacityAndLength() {
        kit.configure(Configure.of("q").capacity(2).set(Setting.MAX_MESSAGE_LENGTH, 5));

        assertThat(kit.unchanged(() -> kit.publish(1, "q", Draft.ofLength(6)))).isEqualTo("c1: refused message_too_large q 6/5");
        assertThat(kit.unchanged(() -> kit.publish(1, "q", Draft.many(3)))).isEqualTo("c1: refused queue_full q 0/2");
        kit.publish(1, "q", Draft.many(2));
        assertThat(kit.unchanged(() -> kit.publish(1, "q", "x"))).isEqualTo("c1: refused queue_full q 2/2");
    }

    @Test
    void shouldLeaseForTheQueuesOwnTime() {
        kit.configure(Configure.of("q").set(Setting.LEASE_MS, 50));
        kit.publish(1, "q", "a");
        kit.take(2, "q");
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(kit.nowMs() + 50);

        kit.advance(40).settle(2, Settle.extend("q", 1));
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(kit.nowMs() + 50);
        kit.configure(Configure.of("q").set(Setting.LEASE_MS, 500));
        assertThat(kit.engine().nextDeadlineMs()).as("leases that are there stay").isEqualTo(kit.nowMs() + 50);
    }

    @Test
    void shouldDropTheOldestThatIsNotLeased() {
        kit.configure(Configure.of("q").capacity(4).onFull(OnFull.DROP_OLDEST));
        kit.publish(1, "q", Draft.of("leased"), Draft.of("delayed").delayMs(500), Draft.of("parked"), Draft.of("ready").priority(9));
        kit.take(2, Take.from("q").max(1));
        kit.take(2, Take.from("q").max(1));
        kit.settle(2, Settle.nack("q", 4));
        kit.take(2, Take.from("q").max(2));
        kit.settle(2, Settle.park("q", 3));
        kit.settle(2, Settle.nack("q", 4));
        assertThat(kit.length("q")).isEqualTo("r1 d1 l1 p1");

        kit.publish(1, "q", "5");
        assertThat(kit.length("q")).as("2, which was delayed").isEqualTo("r2 d0 l1 p1");
        kit.publish(1, "q", "6");
        assertThat(kit.length("q")).as("3, which was parked").isEqualTo("r3 d0 l1 p0");
        kit.publish(1, "q", "7");
        assertThat(kit.counts("q")).as("4, whatever its priority").startsWith("length=4 ready=3 leased=1").contains("dropped=3");
        assertThat(kit.take(2, Take.from("q").max(9))).isEqualTo("c2: messages 5=5 6=6 7=7");
    }

    @Test
    void shouldRefuseTheMessageForWhichNothingCanBeDropped() {
        kit.configure(Configure.of("q").capacity(3).onFull(OnFull.DROP_OLDEST));
        kit.publish(1, "q", "a", "b", "c");
        kit.take(2, Take.from("q").max(2));

        assertThat(kit.unchanged(() -> kit.publish(1, "q", "d", "e"))).isEqualTo("c1: refused queue_full q 3/3");
        assertThat(kit.publish(1, "q", "d")).isEqualTo("c1: published 4+1");
        assertThat(kit.unchanged(() -> kit.publish(1, "q", Draft.many(4)))).isEqualTo("c1: refused queue_full q 3/3");
    }

    @Test
    void shouldDropDownToACapacityThatWasLowered() {
        kit.publish(1, "q", Draft.many(8));
        kit.configure(Configure.of("q").capacity(2).onFull(OnFull.DROP_OLDEST));
        assertThat(kit.length("q")).as("not by itself").isEqualTo("r8 d0 l0 p0");

        kit.publish(1, "q", "new");
        assertThat(kit.take(2, Take.from("q").max(9))).isEqualTo("c2: messages 8=m 9=new");
    }

    @Test
    void shouldGiveNothingWhilePaused() {
        kit.configure(Configure.of("q").paused(true));
        kit.publish(1, "q", "a", "b");

        assertThat(kit.unchanged(() -> kit.take(2, "q"))).isEqualTo("c2: messages");
        assertThat(kit.take(3, Take.from("q").waitMs(100))).isEmpty();
        assertThat(kit.consume(4, Consume.from("q"))).isEqualTo("c4: consuming 1");
        assertThat(kit.publish(1, "q", "c")).isEqualTo("c1: published 3+1");
        assertThat(kit.unchanged(() -> kit.configure(Configure.of("q").paused(true)))).endsWith("paused=1");
        assertThat(kit.configure(Configure.of("q").paused(false))).endsWith("paused=0\nc3: messages 1=a\nc4: push 1 of q 2=b");
    }

    @Test
    void shouldSettleWhilePaused() {
        kit.publish(1, "q", "a", "b");
        kit.take(2, Take.from("q").max(2).leaseMs(10));
        kit.configure(Configure.of("q").paused(true));

        assertThat(kit.settle(2, Settle.ack("q", 1))).isEqualTo("c2: acked 1");
        kit.advance(10).tick();
        assertThat(kit.length("q")).isEqualTo("r1 d0 l0 p0");
    }

    @Test
    void shouldCountWhatHappens() {
        kit.publish(1, "q", Draft.of("abc"), Draft.of("de").delayMs(10), Draft.of("f"), Draft.of("g"));
        kit.take(2, Take.from("q"));
        kit.take(2, Take.from("q").leaseMs(0));
        kit.consume(2, Consume.from("q"));
        kit.settle(2, Settle.ack("q", 1));
        kit.cancel(2, 1);
        kit.settle(2, Settle.nack("q", 4));

        assertThat(kit.advance(5).counts("q"))
            .isEqualTo("length=2 ready=1 delayed=1 bytes=3 published=4 delivered=3 acked=2 oldest_ready_ms=5");
        assertThat(kit.unchanged(() -> kit.counts("q"))).contains("oldest_ready_ms=12");
    }

    @Test
    void shouldNotDescribeAQueueThatIsNotThere() {
        assertThat(kit.unchanged(() -> kit.counts("q"))).isEqualTo("c9: refused no_such_queue q");
    }
}
