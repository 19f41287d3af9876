package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.MessageState;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Peek;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class ExpiryTest {
    private final EngineKit kit = new EngineKit();

    @Test
    void shouldDropWhatNobodyTookInTime() {
        kit.publish(1, "q", Draft.of("a").ttlMs(10), Draft.of("b"));
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 10);
        kit.advance(9).tick();
        assertThat(kit.isChanged()).isFalse();

        kit.advance(1).tick();
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.counts("q")).isEqualTo("length=1 ready=1 bytes=1 published=2 expired=1 oldest_ready_ms=10");
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldNotGiveOutWhatHasExpiredThoughNoTickHasCome() {
        kit.publish(1, "q", Draft.of("a").ttlMs(10), Draft.of("b"), Draft.of("c").ttlMs(10));
        kit.advance(10);

        assertThat(kit.take(2, Take.from("q").max(9))).isEqualTo("c2: messages 2=b");
        assertThat(kit.counts("q")).startsWith("length=1 leased=1").contains("expired=2");
    }

    @Test
    void shouldSayThatATakeOfNothingButExpiredOnesChangedSomething() {
        kit.publish(1, "q", Draft.of("a").ttlMs(10));

        assertThat(kit.advance(10).take(2, "q")).isEqualTo("c2: messages");
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.engine().messages()).isZero();
        assertThat(kit.unchanged(() -> kit.take(2, "q"))).isEqualTo("c2: messages");
    }

    @Test
    void shouldUseTheTimeToLiveOfTheQueueWhereTheMessageNamesNone() {
        kit.configure(Configure.of("q").ttlMs(30));
        kit.publish(1, "q", Draft.of("queue's"), Draft.of("own").ttlMs(20), Draft.of("none").ttlMs(0));

        kit.advance(20).tick();
        assertThat(kit.take(2, Take.from("q").max(9))).isEqualTo("c2: messages 1=queue's 3=none");
        kit.settle(2, Settle.nack("q", 1, 3));
        kit.advance(10).tick();
        assertThat(kit.take(2, Take.from("q").max(9))).isEqualTo("c2: messages 3/a2=none");
    }

    @Test
    void shouldCountTheQueuesSettingWhenItIsPublished() {
        kit.configure(Configure.of("q").ttlMs(30));
        kit.publish(1, "q", "before");
        kit.configure(Configure.of("q").ttlMs(0));
        kit.publish(1, "q", "after");

        kit.advance(1000).tick();
        assertThat(kit.take(2, Take.from("q").max(9))).isEqualTo("c2: messages 2=after");
    }

    @Test
    void shouldNotExpireALeasedMessageBeforeItsLeaseEnds() {
        kit.publish(1, "q", Draft.of("a").ttlMs(10), Draft.of("b").ttlMs(10));
        kit.take(2, Take.from("q").leaseMs(100).max(2));
        kit.advance(50).tick();
        assertThat(kit.length("q")).isEqualTo("r0 d0 l2 p0");

        assertThat(kit.settle(2, Settle.nack("q", 1))).as("and then at once").isEqualTo("c2: nacked 1");
        assertThat(kit.length("q")).isEqualTo("r0 d0 l1 p0");
        kit.advance(50).tick();
        assertThat(kit.counts("q")).isEqualTo("published=2 delivered=2 expired=2");
    }

    @Test
    void shouldLookAtTheAttemptsBeforeTheTimeToLive() {
        kit.configure(Configure.of("q").maxAttempts(1));
        kit.publish(1, "q", Draft.of("a").ttlMs(10));
        kit.take(2, "q");
        kit.advance(20).settle(2, Settle.nack("q", 1));

        assertThat(kit.counts("q")).startsWith("length=1 parked=1").doesNotContain("expired");
    }

    @Test
    void shouldExpireADelayedMessageWhoseTimeToLiveIsShorter() {
        kit.publish(1, "q", Draft.of("a").delayMs(100).ttlMs(40), Draft.of("b").delayMs(40).ttlMs(100));
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 40);
        kit.advance(40).tick();

        assertThat(kit.counts("q")).startsWith("length=1 ready=1").contains("expired=1");
        assertThat(kit.engine().nextDeadlineMs()).as("that of b").isEqualTo(EngineKit.START_MS + 100);
    }

    @Test
    void shouldExpireWhatIsBothDelayedAndTooOldWhenALateTickComes() {
        kit.publish(1, "q", Draft.of("a").delayMs(10).ttlMs(20));
        kit.advance(30).tick();

        assertThat(kit.counts("q")).isEqualTo("published=1 expired=1");
    }

    @Test
    void shouldNeverExpireWhatIsParkedNorWhatWasKicked() {
        kit.publish(1, "q", Draft.of("a").ttlMs(10));
        kit.take(2, "q");
        kit.settle(2, Settle.park("q", 1));
        kit.advance(100).tick();
        assertThat(kit.length("q")).isEqualTo("r0 d0 l0 p1");

        kit.kick("q", 1);
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        kit.advance(100).tick();
        assertThat(kit.take(2, "q")).isEqualTo("c2: messages 1=a");
    }

    @Test
    void shouldExpireWhileTheQueueIsPaused() {
        kit.configure(Configure.of("q").paused(true));
        kit.publish(1, "q", Draft.of("a").ttlMs(10));
        assertThat(kit.unchanged(() -> kit.take(2, "q"))).isEqualTo("c2: messages");

        kit.advance(10).tick();
        assertThat(kit.counts("q")).isEqualTo("published=1 expired=1");
    }

    @Test
    void shouldStillShowWhatHasExpiredAndWasNotDealtWith() {
        kit.publish(1, "q", Draft.of("a").ttlMs(5));
        kit.advance(5);

        assertThat(kit.unchanged(() -> kit.peek(2, Peek.at("q").state(MessageState.READY)))).isEqualTo("c2: messages 1/ready=a");
    }
}
