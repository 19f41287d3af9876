package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.util.Collections;
import org.junit.jupiter.api.Test;

final class ConsumersTest {
    private final EngineKit kit = new EngineKit();

    @Test
    void shouldPushWhatThereIsAndWhatComes() {
        kit.publish(1, "q", "a", "b");

        assertThat(kit.consume(2, Consume.from("q").credit(3))).isEqualTo("c2: consuming 1\nc2: push 1 of q 1=a 2=b");
        assertThat(kit.publish(1, "q", "c")).isEqualTo("c1: published 3+1\nc2: push 1 of q 3=c");
        assertThat(kit.publish(1, "q", "d")).as("no credit is left").isEqualTo("c1: published 4+1");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l3 p0");
    }

    @Test
    void shouldGetCreditBackForWhatIsSettled() {
        kit.publish(1, "q", "a", "b", "c", "d");
        kit.consume(2, Consume.from("q"));

        assertThat(kit.settle(2, Settle.ack("q", 1))).isEqualTo("c2: acked 1\nc2: push 1 of q 2=b");
        assertThat(kit.settle(7, Settle.park("q", 2))).as("whoever settles").isEqualTo("c7: parked 1\nc2: push 1 of q 3=c");
        assertThat(kit.settle(2, Settle.nack("q", 3))).isEqualTo("c2: nacked 1\nc2: push 1 of q 3/a2=c");
        assertThat(kit.settle(2, Settle.extend("q", 3))).as("the lease goes on").isEqualTo("c2: extended 1");
    }

    @Test
    void shouldGetCreditBackForALeaseThatTimesOut() {
        kit.publish(1, "q", "a");
        kit.consume(2, Consume.from("q").leaseMs(10));

        assertThat(kit.advance(10).tick()).isEqualTo("c2: push 1 of q 1/a2=a");
    }

    @Test
    void shouldGetCreditBackForWhatIsPurged() {
        kit.publish(1, "q", "a");
        kit.consume(2, Consume.from("q"));
        kit.purge("q", MessageState.LEASED);

        assertThat(kit.publish(1, "q", "b")).isEqualTo("c1: published 2+1\nc2: push 1 of q 2=b");
    }

    @Test
    void shouldSettleAtOnceWithoutALeaseAndGiveNoCreditBack() {
        kit.consume(2, Consume.from("q").leaseMs(0).credit(2));
        kit.publish(1, "q", "a", "b");

        assertThat(kit.counts("q")).isEqualTo("consumers=1 published=2 delivered=2 acked=2");
        assertThat(kit.publish(1, "q", "c")).isEqualTo("c1: published 3+1");
        assertThat(kit.credit(2, 1, 5)).isEqualTo("c2: done\nc2: push 1 of q 3=c");
        assertThat(kit.engine().messages()).isZero();
    }

    @Test
    void shouldGiveEachTakerInLineItsShare() {
        kit.consume(2, Consume.from("q").credit(10));
        kit.consume(3, Consume.from("q").credit(10));

        assertThat(kit.publish(1, "q", "a", "b", "c", "d", "e"))
            .isEqualTo("c1: published 1+5\nc2: push 1 of q 1=a 2=b 3=c\nc3: push 1 of q 4=d\nc2: push 1 of q 5=e");
        assertThat(kit.publish(1, "q", "f")).as("whose turn it is").isEqualTo("c1: published 6+1\nc3: push 1 of q 6=f");
    }

    @Test
    void shouldServeTakesAndConsumersInOneLine() {
        kit.take(2, Take.from("q").waitMs(100).max(3));
        kit.consume(3, Consume.from("q").credit(10));
        kit.take(4, Take.from("q").waitMs(100));

        assertThat(kit.publish(1, "q", "a", "b", "c", "d", "e", "f"))
            .isEqualTo("c1: published 1+6\nc2: messages 1=a 2=b 3=c\nc3: push 1 of q 4=d 5=e\nc4: messages 6=f");
    }

    @Test
    void shouldLetATakeThatMayWaitStandInLineAndOneThatMayNotPassIt() {
        kit.configure(Configure.of("q").paused(true));
        kit.publish(1, "q", "a");
        kit.consume(3, Consume.from("q").credit(10));
        kit.take(4, Take.from("q").waitMs(100));

        assertThat(kit.take(5, Take.from("q"))).as("paused").isEqualTo("c5: messages");
        assertThat(kit.configure(Configure.of("q").paused(false))).endsWith("\nc3: push 1 of q 1=a");
        assertThat(kit.publish(1, "q", "b")).isEqualTo("c1: published 2+1\nc4: messages 2=b");
    }

    @Test
    void shouldKeepPushesWithinTheirRoomButForTheFirstMessage() {
        kit.publish(1, "q", Draft.ofLength(30), Draft.ofLength(30), Draft.ofLength(30), Draft.ofLength(300), Draft.ofLength(1));

        // a message of 30 bytes costs 160 + 30 * 4 / 3 = 200
        assertThat(kit.consume(2, Consume.from("q").credit(9).room(400, 4)).lines().skip(1).map(line -> line.replaceAll("=\\S*", "")))
            .containsExactly("c2: push 1 of q 1 2", "c2: push 1 of q 3", "c2: push 1 of q 4", "c2: push 1 of q 5");
    }

    @Test
    void shouldPushNoMoreThanAConnectionHasRead() {
        final int each = 160 + 3 * 100_000;
        final EngineKit large = new EngineKit(new Limits(9, 1 << 20, 1000, 1000, 1 << 30, 9));
        final Draft draft = Draft.ofLength(100_000);
        large.consume(2, Consume.from("q").credit(100).room(1 << 20, 9));
        large.consume(2, Consume.from("r").credit(100).room(1 << 20, 9));
        large.consume(3, Consume.from("r").credit(1).room(1 << 20, 9));
        for (int i = 0; i < DrainedCommand.WINDOW / each + 1; i++) {
            assertThat(large.publish(1, "q", draft)).contains("c2: push 1");
        }
        assertThat(large.publish(1, "q", draft)).as("the window is used up").isEqualTo("c1: published 5+1");
        assertThat(large.publish(1, "r", draft)).as("for all its consumers").contains("c3: push 1");
        assertThat(large.publish(1, "r", draft)).isEqualTo("c1: published 7+1");

        large.drained(2, 4L * each - DrainedCommand.WINDOW);
        assertThat(large.isChanged()).isTrue();
        assertThat(large.length("q")).as("a byte too few").isEqualTo("r1 d0 l4 p0");
        assertThat(large.drained(2, 1)).startsWith("c2: push 1 of q 5=").doesNotContain("of r");
        assertThat(large.drained(2, Long.MAX_VALUE)).startsWith("c2: push 2 of r 7=");
    }

    @Test
    void shouldIgnoreWhatWasDrainedOfNothing() {
        kit.consume(2, Consume.from("q"));

        assertThat(kit.unchanged(() -> kit.drained(2, 100))).isEmpty();
        assertThat(kit.unchanged(() -> kit.drained(77, 100))).isEmpty();
    }

    @Test
    void shouldNumberTheConsumersOfAConnectionAndNeverUseANumberAgain() {
        assertThat(kit.consume(2, Consume.from("q"))).isEqualTo("c2: consuming 1");
        assertThat(kit.consume(2, Consume.from("r"))).isEqualTo("c2: consuming 2");
        assertThat(kit.consume(3, Consume.from("q"))).isEqualTo("c3: consuming 1");
        kit.cancel(2, 1);
        kit.cancel(2, 2);
        assertThat(kit.consume(2, Consume.from("q"))).isEqualTo("c2: consuming 3");
    }

    @Test
    void shouldLeaveTheLeasesOfACancelledConsumer() {
        kit.publish(1, "q", "a", "b");
        kit.consume(2, Consume.from("q"));
        assertThat(kit.cancel(2, 1)).isEqualTo("c2: done");

        assertThat(kit.counts("q")).contains("leased=1").doesNotContain("consumers");
        assertThat(kit.settle(2, Settle.ack("q", 1))).as("nobody gets b").isEqualTo("c2: acked 1");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l0 p0");
    }

    @Test
    void shouldRefuseToGiveCreditToOrCancelAConsumerThatIsNotThere() {
        kit.consume(2, Consume.from("q"));
        kit.cancel(2, 1);

        assertThat(kit.unchanged(() -> kit.credit(2, 1, 5))).startsWith("c2: refused bad_request");
        assertThat(kit.unchanged(() -> kit.cancel(2, 1))).startsWith("c2: refused bad_request");
        assertThat(kit.unchanged(() -> kit.credit(3, 1, 5))).startsWith("c3: refused bad_request");
        assertThat(kit.unchanged(() -> kit.cancel(2, 0))).startsWith("c2: refused bad_request");
    }

    @Test
    void shouldEndTheConsumersOfAConnectionThatCloses() {
        kit.publish(1, "q", "a", "kept");
        kit.consume(2, Consume.from("q"));
        kit.consume(2, Consume.from("q").kept());
        assertThat(kit.length("q")).isEqualTo("r0 d0 l2 p0");

        assertThat(kit.close(2)).isEmpty();
        assertThat(kit.counts("q")).startsWith("length=2 ready=1 leased=1").doesNotContain("consumers");
        assertThat(kit.engine().highestConnection()).isZero();
    }

    @Test
    void shouldGiveWhatAConnectionHeldToTheNext() {
        kit.publish(1, "q", "a");
        kit.consume(2, Consume.from("q"));
        kit.consume(3, Consume.from("q"));

        assertThat(kit.close(2)).isEqualTo("c3: push 1 of q 1/a2=a");
    }

    @Test
    void shouldKnowAConnectionThatHasHadAConsumerUntilItCloses() {
        kit.consume(2, Consume.from("q"));
        kit.cancel(2, 1);

        assertThat(kit.engine().highestConnection()).isEqualTo(2);
        kit.close(2);
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.engine().highestConnection()).isZero();
    }

    @Test
    void shouldPushInTheFormTheConsumeAskedForAndAnswerNoRequestWithIt() {
        final Commands commands = new Commands().at(EngineKit.START_MS).by(5).reply(77, 3, Durability.SYNCED);

        assertThat(kit.apply(commands.consume(Consume.from("q")))).isEqualTo("c5#77/v3/synced: consuming 1");
        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1\nc5/v3/synced: push 1 of q 1=a");
    }

    @Test
    void shouldCreateTheQueueUnlessThereAreTooMany() {
        final EngineKit few = new EngineKit(new Limits(1, 100, 100, 1000, 10_000, 10));

        assertThat(few.consume(2, Consume.from("q"))).isEqualTo("c2: consuming 1");
        assertThat(few.unchanged(() -> few.consume(2, Consume.from("r")))).isEqualTo("c2: refused too_many_queues r 1/1");
        assertThat(few.counts("q")).isEqualTo("consumers=1");
    }

    @Test
    void shouldServeOneQueueBesideTheBacklogOfAnother() {
        kit.configure(Configure.of("busy").paused(true));
        for (int i = 0; i < 5; i++) {
            kit.publish(1, "busy", Collections.nCopies(1000, "x").toArray(String[]::new));
        }
        for (int i = 0; i < 8; i++) {
            kit.consume(2, Consume.from("busy").credit(100_000));
        }
        kit.consume(3, Consume.from("idle"));

        final String begun = kit.configure(Configure.of("busy").paused(false));
        assertThat(begun).contains("push 1 of busy");
        assertThat(kit.engine().nextDeadlineMs()).as("there is more to push").isZero();
        assertThat(kit.publish(1, "idle", "y")).as("with the next command, not behind the backlog").contains("c3: push 1 of idle");
    }

    @Test
    void shouldBoundTheConsumersOfAConnection() {
        for (int i = 0; i < Limits.CONSUMERS_OF_CONNECTION_MAX; i++) {
            kit.consume(2, Consume.from("q"));
        }

        assertThat(kit.unchanged(() -> kit.consume(2, Consume.from("q")))).contains("overloaded");
        assertThat(kit.consume(3, Consume.from("q"))).as("another connection").contains("consuming 1");
        kit.cancel(2, 1);
        assertThat(kit.consume(2, Consume.from("q"))).contains("consuming " + (Limits.CONSUMERS_OF_CONNECTION_MAX + 1));
    }
}
