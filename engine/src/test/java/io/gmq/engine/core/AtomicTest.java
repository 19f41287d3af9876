package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AtomicTest {
    private final EngineKit kit = new EngineKit(new Limits(4, 10, 3, 1000, 100_000, 10));

    @BeforeEach
    void leaseSome() {
        kit.publish(1, "q", "a", "b");
        kit.take(2, Take.from("q").max(2));
    }

    @Test
    void shouldDoAllSteps() {
        assertThat(kit.atomic(2, c -> c.settle(Settle.ack("q", 1)), c -> c.publish("r", Draft.of("x"), Draft.of("y")),
            c -> c.settle(Settle.park("q", 2).reason("later"))))
            .isEqualTo("c2: atomic\nc2: acked 1\nc2: published 3+2\nc2: parked 1\nall");
        assertThat(kit.length("q")).isEqualTo("r0 d0 l0 p1");
        assertThat(kit.length("r")).isEqualTo("r2 d0 l0 p0");
    }

    @Test
    void shouldDoNothingWhereAStepIsRefused() {
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.settle(Settle.ack("q", 1)), c -> c.publish("r", Draft.of("x")),
            c -> c.settle(Settle.ack("q", 77)))))
            .isEqualTo("c2: refused not_leased q step 2");
        assertThat(kit.length("q")).isEqualTo("r0 d0 l2 p0");
        assertThat(kit.publish(1, "q", "c")).as("no id was spent").isEqualTo("c1: published 3+1");
    }

    @Test
    void shouldNameTheFirstStepThatIsRefused() {
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.settle(Settle.ack("none", 1)), c -> c.settle(Settle.ack("q", 77)))))
            .isEqualTo("c2: refused no_such_queue none step 0");
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.settle(Settle.nack("q", 1)), c -> c.publish("r", Draft.ofLength(11)))))
            .isEqualTo("c2: refused message_too_large r 11/10 step 1");
    }

    @Test
    void shouldSeeWhatTheStepsBeforeHaveDone() {
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.settle(Settle.ack("q", 1)), c -> c.settle(Settle.ack("q", 1)))))
            .isEqualTo("c2: refused not_leased q step 1");
        assertThat(kit.atomic(2, c -> c.settle(Settle.ack("q", 1)), c -> c.settle(Settle.nack("q", 1, 2))))
            .isEqualTo("c2: atomic\nc2: acked 1\nc2: nacked 1 missing 1\nall");
    }

    @Test
    void shouldLetAStepFindTheQueueThatOneBeforeItMade() {
        assertThat(kit.atomic(2, c -> c.publish("r", Draft.of("x")), c -> c.settle(Settle.ack("r", 1, 2))))
            .isEqualTo("c2: atomic\nc2: published 3+1\nc2: acked 0 missing 1 2\nall");
    }

    @Test
    void shouldReckonWithTheRoomThatStepsTakeAndMake() {
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.publish("q", Draft.of("x")), c -> c.publish("q", Draft.of("y")))))
            .isEqualTo("c2: refused queue_full q 3/3 step 1");
        assertThat(kit.atomic(2, c -> c.settle(Settle.ack("q", 1)), c -> c.publish("q", Draft.of("x"), Draft.of("y"))))
            .isEqualTo("c2: atomic\nc2: acked 1\nc2: published 3+2\nall");
    }

    @Test
    void shouldReckonWithTheQueuesThatStepsMake() {
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.publish("r", Draft.of("x")), c -> c.publish("s", Draft.of("x")),
            c -> c.publish("r", Draft.of("x")), c -> c.publish("t", Draft.of("x")), c -> c.publish("u", Draft.of("x")))))
            .isEqualTo("c2: refused too_many_queues u 4/4 step 4");
    }

    @Test
    void shouldNotReckonWithTheBytesThatStepsFree() {
        final int each = Limits.MESSAGE_OVERHEAD;
        final EngineKit tight = new EngineKit(new Limits(9, 100, 100, 1000, 2 * each, 10));
        tight.publish(1, "q", Draft.ofLength(0));
        tight.take(2, "q");

        assertThat(tight.unchanged(() -> tight.atomic(2, c -> c.settle(Settle.ack("q", 1)), c -> c.publish("q", Draft.ofLength(1)))))
            .isEqualTo("c2: refused overloaded q " + each + "/" + 2 * each + " step 1");
        assertThat(tight.unchanged(() -> tight.atomic(2, c -> c.publish("q", Draft.ofLength(0)), c -> c.publish("q", Draft.ofLength(0)))))
            .as("and with those that they take").startsWith("c2: refused overloaded q").endsWith("step 1");
        assertThat(tight.atomic(2, c -> c.settle(Settle.ack("q", 1)), c -> c.publish("q", Draft.ofLength(0)))).endsWith("all");
    }

    @Test
    void shouldFindTheDuplicateOfAStepBefore() {
        assertThat(kit.atomic(2, c -> c.publish(Publish.toQueue("r", "x").by("p", 1)), c -> c.publish(Publish.toQueue("r", "x").by("p", 1))))
            .isEqualTo("c2: atomic\nc2: published 3+1\nc2: duplicate 3+1\nall");
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.publish(Publish.toQueue("r", "x").by("p", 2)), c -> c.settle(Settle.ack("q", 9)))))
            .contains("not_leased");
        assertThat(kit.publish(1, Publish.toQueue("r", "x").by("p", 2))).as("a refused one is not remembered").contains("published");
    }

    @Test
    void shouldServeNobodyBeforeAllIsDone() {
        kit.take(3, Take.from("q").waitMs(100).max(9));
        kit.take(4, Take.from("r").waitMs(100).max(9));

        assertThat(kit.atomic(2, c -> c.publish("r", Draft.of("x")), c -> c.settle(Settle.nack("q", 2)), c -> c.publish("r", Draft.of("y")),
            c -> c.settle(Settle.nack("q", 1))))
            .isEqualTo("c2: atomic\nc2: published 3+1\nc2: nacked 1\nc2: published 4+1\nc2: nacked 1\nall\n"
                + "c4: messages 3=x 4=y\nc3: messages 1/a2=a 2/a2=b");
    }

    @Test
    void shouldDeadLetterAfterAllIsDone() {
        kit.configure(Configure.of("q").maxAttempts(1).deadLetter("dead"));

        assertThat(kit.atomic(2, c -> c.settle(Settle.nack("q", 1)), c -> c.publish("q", Draft.of("x")))).contains("published 3+1");
        assertThat(kit.take(3, "dead")).startsWith("c3: messages 4=a");
    }

    @Test
    void shouldDropWhatAStepHasSetAsideBeforeItCouldGoOn() {
        kit.configure(Configure.of("q").capacity(2).onFull(OnFull.DROP_OLDEST).maxAttempts(1).deadLetter("dead"));

        assertThat(kit.atomic(2, c -> c.settle(Settle.nack("q", 1)), c -> c.publish("q", Draft.of("x")))).endsWith("all");
        assertThat(kit.counts("q")).startsWith("length=2 ready=1 leased=1").contains("dropped=1").doesNotContain("dead_lettered");
        assertThat(kit.queues("", "", 9, 1 << 20)).doesNotContain("dead");
    }

    @Test
    void shouldPublishToTopics() {
        kit.bind("t", "q");
        kit.bind("t", "r");

        assertThat(kit.atomic(2, c -> c.settle(Settle.ack("q", 1, 2)), c -> c.publish(Publish.toTopic("t", "x"))))
            .isEqualTo("c2: atomic\nc2: acked 2\nc2: published 3+2\nall");
    }

    @Test
    void shouldChangeNothingWhereNoStepDoes() {
        assertThat(kit.unchanged(() -> kit.atomic(2, c -> c.settle(Settle.ack("q", 88, 99)), c -> c.publish(Publish.toTopic("t", "x")))))
            .isEqualTo("c2: atomic\nc2: acked 0 missing 88 99\nc2: published 0+0\nall");
    }

    @Test
    void shouldBoundTheLeasesThatRangesLookAt() {
        final EngineKit large = new EngineKit(new Limits(4, 10, Limits.RANGED_MAX, 1000, 1 << 30, 10));
        final String[] thousand = Collections.nCopies(1000, "x").toArray(String[]::new);
        for (int i = 0; i <= Limits.RANGED_MAX / 2000; i++) {
            large.publish(1, "many", thousand);
            large.take(1, Take.from("many").max(1000));
        }
        final Settle all = Settle.ack("many").range(0, Long.MAX_VALUE);

        assertThat(large.unchanged(() -> large.atomic(1, c -> c.settle(all), c -> c.settle(all))))
            .isEqualTo("c1: refused overloaded many 102000/100000 step 1");
        assertThat(large.atomic(1, c -> c.settle(all))).contains("acked 51000");
    }
}
