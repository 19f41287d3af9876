package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Limits;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class LimitsTest {
    private final EngineKit kit = new EngineKit(new Limits(2, 10, 4, 1000, 10_000, 100));

    /** Applies what must be refused, and checks that nothing else came of it. */
    private String refused(final Supplier<String> command) {
        final long before = kit.engine().digest();
        final long deadline = kit.engine().nextDeadlineMs();
        kit.advance(7);
        final String effects = command.get();
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.engine().digest()).isEqualTo(before);
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(deadline);
        return effects;
    }

    @Test
    void shouldRefuseTheQueueThatWouldExceedTheirNumber() {
        kit.publish(1, "a", "x");
        assertThat(kit.publish(1, "b", "x")).startsWith("c1: published");

        assertThat(refused(() -> kit.publish(1, "c", "x"))).isEqualTo("c1: refused too_many_queues c 2/2");
        assertThat(refused(() -> kit.take(1, Take.from("c").waitMs(5)))).isEqualTo("c1: refused too_many_queues c 2/2");
        assertThat(kit.publish(1, "b", "y")).as("the others go on").isEqualTo("c1: published 3+1");
    }

    @Test
    void shouldRefuseTheMessageThatIsOneByteTooLong() {
        assertThat(kit.publish(1, "q", Draft.ofLength(10).headers("not counted here"))).isEqualTo("c1: published 1+1");

        assertThat(refused(() -> kit.publish(1, "q", Draft.ofLength(11)))).isEqualTo("c1: refused message_too_large q 11/10");
        assertThat(refused(() -> kit.publish(1, "new", Draft.ofLength(11)))).isEqualTo("c1: refused message_too_large new 11/10");
    }

    @Test
    void shouldRefuseTheMessageThatWouldExceedCapacity() {
        assertThat(kit.publish(1, "q", "a", "b", "c")).isEqualTo("c1: published 1+3");
        assertThat(refused(() -> kit.publish(1, "q", "d", "e"))).isEqualTo("c1: refused queue_full q 3/4");
        assertThat(kit.publish(1, "q", "d")).isEqualTo("c1: published 4+1");

        assertThat(refused(() -> kit.publish(1, "q", "e"))).isEqualTo("c1: refused queue_full q 4/4");
        assertThat(kit.publish(1, "r", "e")).as("another queue").isEqualTo("c1: published 5+1");
    }

    @Test
    void shouldRefuseABatchLargerThanAQueue() {
        assertThat(refused(() -> kit.publish(1, "q", "a", "b", "c", "d", "e"))).isEqualTo("c1: refused queue_full q 0/4");
        assertThat(kit.queues("", "", 9, 1 << 20)).as("and not create it").isEmpty();
    }

    @Test
    void shouldCountAllStatesTowardsCapacity() {
        kit.publish(1, "q", Draft.of("delayed").delayMs(10), Draft.of("leased"), Draft.of("ready"), Draft.of("ready"));
        kit.take(1, "q");
        assertThat(kit.length("q")).isEqualTo("r2 d1 l1 p0");

        assertThat(refused(() -> kit.publish(1, "q", "e"))).isEqualTo("c1: refused queue_full q 4/4");
        kit.settle(1, Settle.ack("q", 2));
        assertThat(kit.publish(1, "q", "e")).isEqualTo("c1: published 5+1");
    }

    @Test
    void shouldRefuseWhatWouldExceedTheBytesHeld() {
        final int each = Limits.MESSAGE_OVERHEAD;
        final EngineKit tight = new EngineKit(new Limits(9, 50, 100, 1000, 100 + 3 * each, 100));
        tight.publish(1, "q", Draft.ofLength(50).headers("0123456789"));
        tight.publish(1, "r", Draft.ofLength(39));
        assertThat(tight.publish(1, "q", Draft.ofLength(2))).isEqualTo("c1: refused overloaded q " + (99 + 2 * each) + "/" + (100 + 3 * each));
        assertThat(tight.isChanged()).isFalse();
        assertThat(tight.publish(1, "q", Draft.ofLength(0).headers("1"))).isEqualTo("c1: published 3+1");
        assertThat(tight.publish(1, "q", Draft.ofLength(1))).isEqualTo("c1: refused overloaded q " + (100 + 3 * each) + "/" + (100 + 3 * each));

        tight.take(1, Take.from("q").leaseMs(0));
        assertThat(tight.publish(1, "q", Draft.ofLength(50), Draft.ofLength(10))).as("room for one").contains("overloaded");
        assertThat(tight.publish(1, "q", Draft.ofLength(50).headers("0123456789"))).as("60 are free").isEqualTo("c1: published 4+1");
    }

    @Test
    void shouldPublishABatchWholeOrNotAtAll() {
        assertThat(refused(() -> kit.publish(1, "q", Draft.of("a"), Draft.ofLength(11), Draft.of("c"))))
            .isEqualTo("c1: refused message_too_large q 11/10");
        assertThat(kit.engine().messages()).isZero();
        assertThat(kit.publish(1, "q", "a")).as("no id was spent").isEqualTo("c1: published 1+1");
    }

    @Test
    void shouldCheckSizeBeforeCapacity() {
        kit.publish(1, "a", "1", "2", "3", "4");
        kit.publish(1, "b", "1");

        assertThat(refused(() -> kit.publish(1, "a", Draft.ofLength(11)))).contains("message_too_large");
        assertThat(refused(() -> kit.publish(1, "c", Draft.ofLength(11)))).contains("message_too_large");
    }

    @Test
    void shouldChangeNothingWhenItRefusesOrLooks() {
        kit.publish(1, "q", Draft.of("a"), Draft.of("b").delayMs(500));
        kit.take(1, "q");

        assertThat(refused(() -> kit.take(2, "q"))).isEqualTo("c2: messages");
        assertThat(refused(() -> kit.take(2, "nope"))).isEqualTo("c2: refused no_such_queue nope");
        assertThat(refused(() -> kit.settle(2, Settle.ack("nope", 1)))).isEqualTo("c2: refused no_such_queue nope");
        assertThat(refused(() -> kit.settle(2, Settle.nack("q", 2)))).isEqualTo("c2: refused not_leased q");
        assertThat(refused(() -> kit.settle(2, Settle.extend("q", 1).attempt(5)))).isEqualTo("c2: refused not_leased q");
        assertThat(refused(() -> kit.length("q"))).isEqualTo("r0 d1 l1 p0");
        assertThat(refused(() -> kit.queues("", "", 9, 999))).isEqualTo("[q r0 d1 l1 p0]");
        assertThat(refused(() -> kit.close(3))).isEmpty();
        assertThat(refused(kit::tick)).isEmpty();
    }

    @Test
    void shouldTakeOtherLimitsFromTheNextStart() {
        kit.publish(1, "q", "1", "2", "3", "4");
        kit.start(new Limits(1, 3, 2, 500, 10_000, 100));
        assertThat(kit.isChanged()).isTrue();

        assertThat(kit.engine().messages()).as("what is there stays").isEqualTo(4);
        assertThat(kit.publish(1, "q", Draft.ofLength(4))).isEqualTo("c1: refused message_too_large q 4/3");
        assertThat(kit.publish(1, "q", "5")).isEqualTo("c1: refused queue_full q 4/2");
        assertThat(kit.publish(1, "r", "5")).isEqualTo("c1: refused too_many_queues r 1/1");
        kit.take(1, "q");
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(kit.nowMs() + 500);
    }

    @Test
    void shouldSayThatStartingWithTheSameLimitsChangesNothing() {
        kit.publish(1, "q", "1");
        final long before = kit.engine().digest();
        kit.start(new Limits(2, 10, 4, 1000, 10_000, 100));

        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.engine().digest()).isEqualTo(before);
    }

    @Test
    void shouldInsistOnAStart() {
        final Engine engine = new Engine();
        final UnsafeBuffer tick = new UnsafeBuffer(new Commands().plain(CommandType.TICK));

        assertThatThrownBy(() -> engine.apply(0, tick, 0, CommandHeader.LENGTH, null)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("start");
    }

    @Test
    void shouldThrowForBytesThatAreNoCommand() {
        final byte[] unknown = new Commands().plain(CommandType.TICK);
        unknown[0] = 99;
        assertThatThrownBy(() -> kit.apply(unknown)).isInstanceOf(IllegalArgumentException.class);
        unknown[0] = 0;
        assertThatThrownBy(() -> kit.apply(unknown)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 1, 100)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("maxQueueNumber");
    }
}
