package io.gmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SteadyClockTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final long HOUR_MS = 3_600_000;

    private long wallMs = START_MS;
    private long uptimeNs = Long.MAX_VALUE - 5;
    private final SteadyClock clock = new SteadyClock(() -> wallMs, () -> uptimeNs);

    /** Time goes by, and the wall clock with it. */
    private void pass(final long ms) {
        uptimeNs += TimeUnit.MILLISECONDS.toNanos(ms);
        wallMs += ms;
    }

    @Test
    void shouldGoWithTheWallClock() {
        pass(250);
        assertThat(clock.time()).isEqualTo(START_MS + 250);
        pass(86_400_000);
        assertThat(clock.time()).isEqualTo(START_MS + 86_400_250);
    }

    @Test
    void shouldNotJumpWhenTheWallClockIsSetForthOrBack() {
        for (final long jumpMs : new long[] {HOUR_MS, -2 * HOUR_MS}) {
            final long before = clock.time();
            wallMs += jumpMs;
            for (int i = 0; i < 60; i++) {
                pass(1000);
                clock.time();
            }
            assertThat(clock.time() - before).isBetween(60_000L - 60, 60_000L + 60);
        }
    }

    @Test
    void shouldNeverGoBack() {
        wallMs -= HOUR_MS;
        long last = clock.time();
        for (int i = 0; i < 100_000; i++) {
            uptimeNs += 100_000;
            assertThat(clock.time()).isGreaterThanOrEqualTo(last);
            last = clock.time();
        }
    }

    @Test
    void shouldFollowAWallClockThatGoesAtAnotherRate() {
        for (int i = 0; i < 36_000; i++) {
            pass(1000);
            wallMs += i % 20 == 0 ? 1 : 0;
            clock.time();
        }
        assertThat(wallMs - clock.time()).isBetween(-2L, 2L);
    }

    @Test
    void shouldComeNearerByAMillisecondASecond() {
        wallMs += 500;
        for (int i = 0; i < 502; i++) {
            pass(1000);
            clock.time();
        }
        assertThat(clock.time()).isEqualTo(wallMs);
    }

    @Test
    void shouldNotBeginBeforeWhatHasBeenRecorded() {
        clock.notBefore(START_MS + HOUR_MS);
        assertThat(clock.time()).isEqualTo(START_MS + HOUR_MS);
        pass(10);
        assertThat(clock.time()).isEqualTo(START_MS + HOUR_MS + 10);
        clock.notBefore(START_MS);
        assertThat(clock.time()).isEqualTo(START_MS + HOUR_MS + 10);
    }
}
