package io.gmq.transport.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gmq.transport.codec.Permission;
import io.gmq.transport.codec.Right;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccessTest {
    private final Account account = new Account("a");
    private final Access access = new Access(account);
    private int looked;

    @BeforeEach
    void grant() {
        account.grant(this::rights, 0);
    }

    /** By the last character of the name. */
    private int rights(final byte[] name, final int length) {
        looked++;
        return 1 << name[length - 1] - '0';
    }

    private boolean allows(final Right right, final String name) {
        final byte[] bytes = (name + "garbage behind").getBytes(StandardCharsets.UTF_8);
        return access.allows(right, bytes, name.length());
    }

    @Test
    void shouldAskOnceForEachName() {
        for (int i = 0; i < 10; i++) {
            assertThat(allows(Right.PUBLISH, "q0")).isTrue();
            assertThat(allows(Right.CONSUME, "q0")).isFalse();
        }
        assertThat(looked).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSameAnswersHoweverManyNamesThereAre() {
        final SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 100_000; i++) {
            final int right = random.nextInt(3);
            final String name = "n".repeat(random.nextInt(254)) + random.nextInt(100) + right;
            final String shown = name.substring(Math.max(0, name.length() - 255));
            for (final Right each : new Right[] {Right.PUBLISH, Right.CONSUME, Right.CONFIGURE}) {
                assertThat(allows(each, shown)).as("round %d: %s on %s", i, each, shown).isEqualTo(each.ordinal() == right);
            }
        }
        assertThat(looked).isLessThanOrEqualTo(100_000);
    }

    @Test
    void shouldAllocateNothingOnceItKnowsTheNames() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final byte[][] names = new byte[30][];
        for (int i = 0; i < names.length; i++) {
            names[i] = ("orders." + i).getBytes(StandardCharsets.UTF_8);
        }
        long allowed = askForAll(names);
        final long id = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(id);
        allowed += askForAll(names);
        assertThat(threads.getThreadAllocatedBytes(id) - before).as("more names than are kept, and many requests").isLessThan(100_000);
        assertThat(allowed).isPositive();
    }

    private long askForAll(final byte[][] names) {
        long allowed = 0;
        for (int i = 0; i < 100_000; i++) {
            final byte[] name = names[i % names.length];
            allowed += access.permission().allows(Right.PUBLISH, name, name.length) ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void shouldForgetWhatItKnowsWhenRightsChange() {
        assertThat(allows(Right.PUBLISH, "q0")).isTrue();
        account.grant((name, length) -> Right.CONSUME.bit(), 0);
        assertThat(allows(Right.PUBLISH, "q0")).isFalse();
        assertThat(allows(Right.CONSUME, "q0")).isTrue();
    }

    @Test
    void shouldNotAskForWhoMayDoEverything() {
        assertThat(access.permission()).isSameAs(access);
        account.grant(NameRights.ALL, 0);
        assertThat(access.permission()).isSameAs(Permission.ALL);
        assertThat(access.allows(Right.ADMIN, new byte[0], 0)).isTrue();
    }

    @Test
    void shouldAllowNothingWithoutANameToOthers() {
        account.grant((name, length) -> -1, 0);
        assertThat(access.allows(Right.ADMIN, new byte[0], 0)).isFalse();
    }

    @Test
    void shouldAllowNothingWhenTheAccountHasEnded() {
        assertThat(access.isRevoked()).isFalse();
        account.revoke();
        assertThat(access.isRevoked()).isTrue();
        assertThat(access.permission()).isSameAs(access);
        assertThat(allows(Right.PUBLISH, "q0")).isFalse();
    }

    @Test
    void shouldBoundTheRateOverAllConnectionsOfAUser() {
        account.grant(this::rights, 10);
        final Access other = new Access(account);
        int taken = 0;
        for (int i = 0; i < 100; i++) {
            taken += (i % 2 == 0 ? access : other).tryTake(5000) == 0 ? 1 : 0;
        }
        assertThat(taken).as("a second's worth at once").isEqualTo(10);
        assertThat(access.tryTake(5000)).isBetween(100L, 101L);
        assertThat(access.tryTake(5100)).isZero();
        assertThat(access.tryTake(5100)).isPositive();
        account.grant(this::rights, 10);
        assertThat(access.tryTake(5100)).as("the same rate goes on").isPositive();
        account.grant(this::rights, 0);
        assertThat(access.tryTake(5100)).isZero();
    }

    @Test
    void shouldLetInAsManyAsTheRateSaysInTheLongRun() {
        account.grant(this::rights, 1000);
        int taken = 0;
        for (long nowMs = 0; nowMs < 10_000; nowMs++) {
            for (int i = 0; i < 5; i++) {
                taken += access.tryTake(nowMs) == 0 ? 1 : 0;
            }
        }
        assertThat(taken).isBetween(10_999, 11_001);
    }
}
