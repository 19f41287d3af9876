package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.MessageState;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Peek;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class PeekKickParkTest {
    private final EngineKit kit = new EngineKit();

    private String peek(final MessageState state) {
        return kit.unchanged(() -> kit.peek(7, Peek.at("q").state(state).max(9)));
    }

    private void park(final String reason, final long... messages) {
        kit.take(2, Take.from("q").max(messages.length));
        kit.settle(2, Settle.park("q", messages).reason(reason));
    }

    @Test
    void shouldShowReadyMessagesInTheOrderInWhichTheyWouldBeGiven() {
        kit.publish(1, "q", Draft.of("a"), Draft.of("b").priority(9), Draft.of("c").headers("hh"));

        assertThat(peek(MessageState.READY)).isEqualTo("c7: messages 2/p9/ready=b 1/ready=a 3/ready=c/h=hh");
        assertThat(kit.length("q")).isEqualTo("r3 d0 l0 p0");
    }

    @Test
    void shouldShowOthersInTheOrderOfTheirIds() {
        kit.publish(1, "q", Draft.of("a").delayMs(50), Draft.of("b").delayMs(20).priority(9), Draft.of("c"), Draft.of("d").priority(5));
        kit.take(2, Take.from("q").max(2));

        assertThat(peek(MessageState.DELAYED)).isEqualTo("c7: messages 1/delayed=a 2/p9/delayed=b");
        assertThat(peek(MessageState.LEASED)).isEqualTo("c7: messages 3/leased=c 4/p5/leased=d");
        assertThat(peek(MessageState.PARKED)).isEqualTo("c7: messages");
    }

    @Test
    void shouldTellTheAttemptThatTheNextDeliveryWillTell() {
        kit.publish(1, "q", "a");
        assertThat(peek(MessageState.READY)).isEqualTo("c7: messages 1/ready=a");
        kit.take(2, "q");
        assertThat(peek(MessageState.LEASED)).as("given out once").isEqualTo("c7: messages 1/leased=a");
        kit.settle(2, Settle.nack("q", 1));
        assertThat(peek(MessageState.READY)).isEqualTo("c7: messages 1/a2/ready=a");
        park("", 1);
        assertThat(peek(MessageState.PARKED)).as("given out twice").isEqualTo("c7: messages 1/a2/parked=a");
    }

    @Test
    void shouldShowNoMoreThanIsAskedForAndHasRoom() {
        kit.publish(1, "q", Draft.ofLength(30), Draft.ofLength(30), Draft.ofLength(30));

        assertThat(kit.peek(7, Peek.at("q").max(2))).contains(" 2/ready").doesNotContain(" 3/ready");
        // a message of 30 bytes costs 160 + 30 * 4 / 3 = 200
        assertThat(kit.peek(7, Peek.at("q").max(9).room(399, 4))).contains(" 1/ready").doesNotContain(" 2/ready");
        assertThat(kit.peek(7, Peek.at("q").max(9).room(400, 4))).contains(" 2/ready").doesNotContain(" 3/ready");
        assertThat(kit.peek(7, Peek.at("q").max(9).room(0, 4))).as("at least one").contains(" 1/ready").doesNotContain(" 2/ready");
    }

    @Test
    void shouldSetAsideWhatIsParked() {
        kit.publish(1, "q", "a", "b", "c");
        kit.take(2, Take.from("q").max(2).leaseMs(10));

        assertThat(kit.settle(2, Settle.park("q", 1).reason("broken"))).isEqualTo("c2: parked 1");
        assertThat(kit.settle(2, Settle.park("q", 2, 3))).isEqualTo("c2: parked 1 missing 3");
        assertThat(peek(MessageState.PARKED)).isEqualTo("c7: messages 1/parked(broken)=a 2/parked=b");
        kit.advance(1_000_000).tick();
        assertThat(kit.length("q")).as("until it is kicked").isEqualTo("r1 d0 l0 p2");
    }

    @Test
    void shouldParkARange() {
        kit.publish(1, "q", "a", "b", "c");
        kit.take(2, Take.from("q").max(2));
        kit.take(3, "q");

        assertThat(kit.settle(2, Settle.park("q").range(0, Long.MAX_VALUE).reason("all of mine"))).isEqualTo("c2: parked 2");
        assertThat(kit.length("q")).isEqualTo("r0 d0 l1 p2");
    }

    @Test
    void shouldRefuseToParkWhatIsNotLeased() {
        kit.publish(1, "q", "a", "b");
        park("", 1);

        assertThat(kit.unchanged(() -> kit.settle(2, Settle.park("q", 1)))).isEqualTo("c2: refused not_leased q");
        assertThat(kit.unchanged(() -> kit.settle(2, Settle.park("q", 2)))).isEqualTo("c2: refused not_leased q");
        assertThat(kit.unchanged(() -> kit.settle(2, Settle.ack("q", 1)))).as("nor to settle what is parked").isEqualTo("c2: refused not_leased q");
        assertThat(kit.unchanged(() -> kit.settle(2, Settle.park("r", 1)))).isEqualTo("c2: refused no_such_queue r");
    }

    @Test
    void shouldKickTheOldestFirst() {
        kit.publish(1, "q", Draft.of("a"), Draft.of("b"), Draft.of("c").priority(9));
        park("why", 1, 2, 3);

        assertThat(kit.kick("q", 2)).isEqualTo("c9: kicked 2");
        assertThat(kit.isChanged()).isTrue();
        assertThat(peek(MessageState.READY)).as("attempts counted anew").isEqualTo("c7: messages 1/ready=a 2/ready=b");
        assertThat(kit.kick("q", 9)).isEqualTo("c9: kicked 1");
        assertThat(kit.take(2, Take.from("q").max(9))).as("each at its place").isEqualTo("c2: messages 3/p9=c 1=a 2=b");
        kit.settle(2, Settle.park("q", 1));
        assertThat(peek(MessageState.PARKED)).as("the old reason is forgotten").isEqualTo("c7: messages 1/parked=a");
    }

    @Test
    void shouldGiveWhatIsKickedToThoseWhoWait() {
        kit.publish(1, "q", "a", "b");
        park("", 1, 2);
        kit.take(3, Take.from("q").waitMs(100));
        kit.consume(4, Consume.from("q"));

        assertThat(kit.kick("q", 2)).isEqualTo("c9: kicked 2\nc3: messages 1=a\nc4: push 1 of q 2=b");
    }

    @Test
    void shouldKickNothingWhereNothingIsParked() {
        kit.publish(1, "q", "a");

        assertThat(kit.unchanged(() -> kit.kick("q", 5))).isEqualTo("c9: kicked 0");
    }

    @Test
    void shouldRefuseAQueueThatIsNotThere() {
        assertThat(kit.unchanged(() -> kit.kick("q", 5))).isEqualTo("c9: refused no_such_queue q");
        assertThat(kit.unchanged(() -> kit.peek(2, Peek.at("q")))).isEqualTo("c2: refused no_such_queue q");
    }
}
