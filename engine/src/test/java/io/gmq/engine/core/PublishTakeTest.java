package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class PublishTakeTest {
    private final EngineKit kit = new EngineKit();

    @Test
    void shouldNumberMessagesInTheOrderOfPublishing() {
        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1");
        assertThat(kit.publish(2, "r", "b", "c")).isEqualTo("c2: published 2+2");
        assertThat(kit.publish(1, "q", "d")).isEqualTo("c1: published 4+1");
        assertThat(kit.length("q")).isEqualTo("r2 d0 l0 p0");
    }

    @Test
    void shouldGiveEqualPrioritiesFirstInFirstOut() {
        kit.publish(1, "q", "a", "b", "c");

        assertThat(kit.take(2, "q")).isEqualTo("c2: messages 1=a");
        assertThat(kit.take(2, Take.from("q").max(5))).isEqualTo("c2: messages 2=b 3=c");
        assertThat(kit.length("q")).isEqualTo("r0 d0 l3 p0");
    }

    @Test
    void shouldGiveHigherPrioritiesFirst() {
        for (int priority = 0; priority <= 9; priority++) {
            kit.publish(1, "q", Draft.of("x").priority(priority));
            kit.publish(1, "q", Draft.of("y").priority(9 - priority));
        }

        assertThat(kit.take(2, Take.from("q").max(6))).isEqualTo("c2: messages 2/p9=y 19/p9=x 4/p8=y 17/p8=x 6/p7=y 15/p7=x");
    }

    @Test
    void shouldKeepPayloadAndHeadersAsTheyAre() {
        kit.publish(1, "q", Draft.of("").headers("hh"), Draft.of("pp").headers("\u0000\u0001"));

        assertThat(kit.take(2, Take.from("q").max(2))).isEqualTo("c2: messages 1=/h=hh 2=pp/h=\u0000\u0001");
    }

    @Test
    void shouldNotGiveADelayedMessageBeforeItsTime() {
        kit.publish(1, "q", Draft.of("late").delayMs(100), Draft.of("now"));
        assertThat(kit.take(2, Take.from("q").max(2))).isEqualTo("c2: messages 2=now");
        assertThat(kit.length("q")).isEqualTo("r0 d1 l1 p0");
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 100);

        kit.advance(99).tick();
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.take(2, "q")).isEqualTo("c2: messages");

        kit.advance(1).tick();
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.take(2, "q")).isEqualTo("c2: messages 1=late");
    }

    @Test
    void shouldPutADelayedMessageWhereItsIdBelongs() {
        kit.publish(1, "q", Draft.of("late").delayMs(10), Draft.of("now"));
        kit.advance(10).tick();

        assertThat(kit.take(2, Take.from("q").max(2))).isEqualTo("c2: messages 1=late 2=now");
    }

    @Test
    void shouldSettleAtOnceWithoutALease() {
        kit.publish(1, "q", "a");

        assertThat(kit.take(2, Take.from("q").leaseMs(0))).isEqualTo("c2: messages 1=a");
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.engine().messages()).isZero();
        assertThat(kit.length("q")).isEqualTo("r0 d0 l0 p0");
        assertThat(kit.settle(2, Settle.ack("q", 1))).isEqualTo("c2: refused not_leased q");
    }

    @Test
    void shouldTellTimeByTheLatestCommandThatChangedAnything() {
        kit.advance(50).publish(1, "q", "a");
        kit.advance(-40).take(1, Take.from("q").leaseMs(10));

        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 60);
    }

    @Test
    void shouldNotCreateTheQueueOfATakeThatDoesNotWait() {
        assertThat(kit.take(1, "q")).isEqualTo("c1: refused no_such_queue q");
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.queues("", "", 10, 1 << 20)).isEmpty();
    }

    @Test
    void shouldGiveFewerMessagesRatherThanMoreBytes() {
        kit.publish(1, "q", Draft.ofLength(30), Draft.ofLength(30), Draft.ofLength(31).headers("hh"), Draft.ofLength(1));

        // a message of 30 bytes costs 160 + 30 * 4 / 3 = 200
        assertThat(kit.take(2, Take.from("q").max(9).room(399, 4))).as("one").contains(" 1=").doesNotContain(" 2=");
        assertThat(kit.settle(2, Settle.nack("q", 1))).isEqualTo("c2: nacked 1");
        assertThat(kit.take(2, Take.from("q").max(9).room(400, 4))).as("two").contains(" 1/a2=").contains(" 2=").doesNotContain(" 3=");
        assertThat(kit.settle(2, Settle.nack("q", 1, 2))).isEqualTo("c2: nacked 2");

        // the third costs 160 + 42 (31 * 4 / 3, rounded up) + 2 * 6 for its headers
        assertThat(kit.take(2, Take.from("q").max(9).room(613, 4))).as("still two").contains(" 2/a2=").doesNotContain(" 3=");
        assertThat(kit.settle(2, Settle.nack("q", 1, 2))).isEqualTo("c2: nacked 2");
        assertThat(kit.take(2, Take.from("q").max(9).room(614, 4))).as("three").contains(" 3=").doesNotContain(" 4=");
    }

    @Test
    void shouldGiveAtLeastOneMessageHoweverLittleRoomThereIs() {
        kit.publish(1, "q", Draft.ofLength(1000), Draft.ofLength(1000));

        assertThat(kit.take(2, Take.from("q").max(9).room(0, 18))).contains(" 1=").doesNotContain(" 2=");
    }

    @Test
    void shouldCountQueuesApart() {
        kit.publish(1, "q", "a", "b");
        kit.publish(1, "r", Draft.of("c").delayMs(5));
        kit.take(1, "q");

        assertThat(kit.length("q")).isEqualTo("r1 d0 l1 p0");
        assertThat(kit.length("r")).isEqualTo("r0 d1 l0 p0");
        assertThat(kit.engine().messages()).isEqualTo(3);
    }
}
