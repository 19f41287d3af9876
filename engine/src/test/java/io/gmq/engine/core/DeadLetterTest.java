package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Setting;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Peek;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DeadLetterTest {
    private final EngineKit kit = new EngineKit();

    private static String header(final String name, final String value) {
        return new String(Draft.encoded(name, value), StandardCharsets.ISO_8859_1);
    }

    private static String origin(final String queue, final long message, final String reason) {
        return header("gmq-origin-queue", queue) + header("gmq-origin-message", Long.toString(message)) + header("gmq-reason", reason);
    }

    private void allow(final int attempts) {
        kit.configure(Configure.of("q").maxAttempts(attempts).deadLetter("dead"));
    }

    /** Takes a message and gives it back. */
    private String fail(final long message) {
        kit.take(2, "q");
        return kit.settle(2, Settle.nack("q", message));
    }

    @Test
    void shouldSendOnWhatWasGivenOutOftenEnough() {
        allow(2);
        kit.publish(1, "q", Draft.of("a").priority(7));
        fail(1);
        assertThat(kit.counts("q")).startsWith("length=1 ready=1");

        assertThat(fail(1)).isEqualTo("c2: nacked 1");
        assertThat(kit.counts("q")).isEqualTo("published=1 delivered=2 dead_lettered=1");
        assertThat(kit.counts("dead")).isEqualTo("length=1 ready=1 bytes=1 published=1 oldest_ready_ms=0");
        assertThat(kit.take(3, "dead")).isEqualTo("c3: messages 2/p7=a/h=" + origin("q", 1, "max_attempts"));
    }

    @Test
    void shouldSendOnWhateverEndsTheLastLease() {
        allow(1);
        kit.publish(1, "q", "a", "b");
        kit.take(2, Take.from("q").leaseMs(10));
        kit.advance(10).tick();
        assertThat(kit.counts("q")).as("timed out").contains("dead_lettered=1");
        kit.take(2, "q");
        kit.close(2);
        assertThat(kit.counts("q")).as("closed").contains("dead_lettered=2").doesNotContain("length");
    }

    @Test
    void shouldIgnoreWhatANackAsksForWhenItIsTheLast() {
        allow(1);
        kit.publish(1, "q", "a");
        kit.take(2, "q");
        kit.settle(2, Settle.nack("q", 1).forMs(1000).priority(9));

        assertThat(kit.take(3, "dead")).startsWith("c3: messages 2=a");
    }

    @Test
    void shouldSetAsideWhereThereIsNoDeadLetterQueue() {
        kit.configure(Configure.of("q").maxAttempts(1));
        kit.publish(1, "q", "a");
        fail(1);

        assertThat(kit.peek(3, Peek.at("q").state(MessageState.PARKED))).isEqualTo("c3: messages 1/parked(max_attempts)=a");
        assertThat(kit.counts("q")).doesNotContain("dead_lettered");
    }

    @Test
    void shouldSendOnWhatHasExpired() {
        kit.configure(Configure.of("q").deadLetter("dead"));
        kit.publish(1, "q", Draft.of("a").ttlMs(10));
        kit.advance(10).tick();

        assertThat(kit.counts("q")).isEqualTo("published=1 expired=1 dead_lettered=1");
        assertThat(kit.take(3, "dead")).isEqualTo("c3: messages 2=a/h=" + origin("q", 1, "expired"));
    }

    @Test
    void shouldSendOnWhatHasExpiredAndIsMetByATake() {
        kit.configure(Configure.of("q").deadLetter("dead"));
        kit.take(4, Take.from("dead").waitMs(1000));
        kit.publish(1, "q", Draft.of("a").ttlMs(10));

        assertThat(kit.advance(10).take(3, "q")).isEqualTo("c3: messages\nc4: messages 2=a/h=" + origin("q", 1, "expired"));
        assertThat(kit.isChanged()).isTrue();
    }

    @Test
    void shouldSendOnWhatHasExpiredAndIsMetInServing() {
        kit.configure(Configure.of("q").deadLetter("dead"));
        kit.consume(4, Consume.from("dead"));
        kit.publish(1, "q", Draft.of("a").ttlMs(10));

        assertThat(kit.advance(10).consume(3, Consume.from("q")))
            .isEqualTo("c3: consuming 1\nc4: push 1 of dead 2=a/h=" + origin("q", 1, "expired"));
    }

    @Test
    void shouldKeepTheHeadersThatAMessageHadButThoseOfAnEarlierOrigin() {
        allow(1);
        kit.configure(Configure.of("dead").maxAttempts(1).deadLetter("deader"));
        kit.publish(1, "q", Draft.of("a").header("one", "1").header("two", "2"));
        fail(1);
        kit.take(2, "dead");
        kit.settle(2, Settle.nack("dead", 2));

        assertThat(kit.take(2, "deader"))
            .isEqualTo("c2: messages 3=a/h=" + header("one", "1") + header("two", "2") + origin("dead", 2, "max_attempts"));
    }

    @Test
    void shouldSendOnInTheOrderInWhichTheyCameUp() {
        allow(1);
        kit.publish(1, "q", "a", "b", "c");
        kit.take(2, Take.from("q").max(3));
        kit.settle(2, Settle.nack("q", 3, 1, 2));

        assertThat(kit.take(3, Take.from("dead").max(3)).replaceAll("/h=[^ ]*", "").replaceAll("[^ -~]", "")).startsWith("c3: messages 4=c")
            .containsSubsequence("4=c", "5=a", "6=b");
    }

    @Test
    void shouldGiveTheDeadLetterItsQueuesTimeToLive() {
        allow(1);
        kit.configure(Configure.of("dead").ttlMs(50));
        kit.publish(1, "q", Draft.of("a").ttlMs(5000));
        fail(1);

        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(kit.nowMs() + 50);
        kit.advance(50).tick();
        assertThat(kit.counts("dead")).isEqualTo("published=1 expired=1");
    }

    @Test
    void shouldLeaveItParkedWhereTheDeadLetterQueueIsFull() {
        allow(1);
        kit.configure(Configure.of("dead").capacity(1));
        kit.publish(1, "q", "a", "b");
        kit.take(2, Take.from("q").max(2));
        kit.settle(2, Settle.nack("q", 1, 2));

        assertThat(kit.counts("dead")).startsWith("length=1");
        assertThat(kit.counts("q")).startsWith("length=1 parked=1").contains("dead_lettered=1");
        assertThat(kit.peek(3, Peek.at("q").state(MessageState.PARKED))).isEqualTo("c3: messages 2/parked(max_attempts)=b");
    }

    @Test
    void shouldDropTheOldestOfADeadLetterQueueThatDoesSo() {
        allow(1);
        kit.configure(Configure.of("dead").capacity(1).onFull(OnFull.DROP_OLDEST));
        kit.publish(1, "q", "a", "b");
        kit.take(2, Take.from("q").max(2));
        kit.settle(2, Settle.nack("q", 1, 2));

        assertThat(kit.take(3, "dead")).startsWith("c3: messages 4=b");
        assertThat(kit.counts("dead")).contains("dropped=1");
    }

    @Test
    void shouldLeaveItParkedWhereTheDeadLetterQueueCannotBeMade() {
        final EngineKit few = new EngineKit(new Limits(1, 100, 100, 1000, 10_000, 10));
        few.configure(Configure.of("q").maxAttempts(1).deadLetter("dead"));
        few.publish(1, "q", "a");
        few.take(2, "q");
        few.settle(2, Settle.nack("q", 1));

        assertThat(few.length("q")).isEqualTo("r0 d0 l0 p1");
    }

    @Test
    void shouldNotAskTheDeadLetterQueueForLengthOrTheBrokerForBytes() {
        final EngineKit tight = new EngineKit(new Limits(9, 100, 100, 1000, Limits.MESSAGE_OVERHEAD + 100, 10));
        tight.configure(Configure.of("dead").set(Setting.MAX_MESSAGE_LENGTH, 1));
        tight.configure(Configure.of("q").maxAttempts(1).deadLetter("dead"));
        tight.publish(1, "q", Draft.ofLength(100));
        tight.take(2, "q");
        tight.settle(2, Settle.nack("q", 1));

        assertThat(tight.length("dead")).isEqualTo("r1 d0 l0 p0");
    }

    @Test
    void shouldSendOnOneCopyOfATopicAndLeaveTheOthers() {
        allow(1);
        kit.bind("t", "q");
        kit.bind("t", "r");
        kit.publish(1, Publish.toTopic("t", "x"));
        fail(1);

        assertThat(kit.take(3, "r")).isEqualTo("c3: messages 2=x");
        assertThat(kit.take(3, "dead")).isEqualTo("c3: messages 3=x/h=" + origin("q", 1, "max_attempts"));
    }

    @Test
    void shouldApplyOtherAttemptsFromTheNextReleaseOn() {
        kit.publish(1, "q", "a");
        fail(1);
        fail(1);
        allow(2);
        assertThat(kit.length("q")).as("it stays for now").isEqualTo("r1 d0 l0 p0");

        fail(1);
        assertThat(kit.length("dead")).isEqualTo("r1 d0 l0 p0");
    }
}
