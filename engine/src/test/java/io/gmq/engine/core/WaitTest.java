package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class WaitTest {
    private final EngineKit kit = new EngineKit();

    @Test
    void shouldServeThoseWhoWaitInTheirOrder() {
        kit.publish(1, "q", "x");
        kit.take(1, Take.from("q").leaseMs(0));
        assertThat(kit.take(2, Take.from("q").waitMs(100))).isEmpty();
        assertThat(kit.take(3, Take.from("q").waitMs(50).max(2))).isEmpty();
        assertThat(kit.take(4, Take.from("q").waitMs(100))).isEmpty();

        assertThat(kit.publish(1, "q", "a", "b", "c"))
            .isEqualTo("c1: published 2+3\nc2: messages 2=a\nc3: messages 3=b 4=c");
        assertThat(kit.publish(1, "q", "d", "e")).isEqualTo("c1: published 5+2\nc4: messages 5=d");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l4 p0");
    }

    @Test
    void shouldServeThoseWhoWaitInSlicesByTheBytesOfTheirReplies() {
        final EngineKit large = new EngineKit(new Limits(9, 1 << 20, 100, 1000, 1 << 30, 100));
        final Draft[] megabytes = new Draft[12];
        for (int i = 0; i < megabytes.length; i++) {
            megabytes[i] = Draft.ofLength(1 << 20);
            large.take(2 + i, Take.from("q").waitMs(100).leaseMs(0));
        }
        assertThat(large.publish(1, "q", megabytes).lines()).as("published, and three of them given, each 4/3 MiB in a reply").hasSize(1 + 3);
        assertThat(large.length("q")).isEqualTo("r9 d0 l0 p0");
        assertThat(large.engine().nextDeadlineMs()).as("at once").isZero();

        for (int slice = 0; slice < 3; slice++) {
            assertThat(large.tick().lines()).hasSize(3);
        }
        assertThat(large.length("q")).isEqualTo("r0 d0 l0 p0");
        assertThat(large.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldCreateTheQueueOfATakeThatWaits() {
        kit.take(2, Take.from("new").waitMs(5));

        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.length("new")).isEqualTo("r0 d0 l0 p0");
    }

    @Test
    void shouldGiveUpAtTheMillisecond() {
        kit.take(2, Take.from("q").waitMs(40));
        kit.take(3, Take.from("q").waitMs(30));
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 30);

        assertThat(kit.advance(29).tick()).isEmpty();
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.advance(1).tick()).isEqualTo("c3: messages");
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.advance(10).tick()).isEqualTo("c2: messages");
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(kit.publish(1, "q", "a")).as("nobody waits any more").isEqualTo("c1: published 1+1");
    }

    @Test
    void shouldForgetTheWaitsOfAConnectionThatCloses() {
        kit.take(2, Take.from("q").waitMs(40));
        kit.take(3, Take.from("q").waitMs(40));
        kit.take(2, Take.from("q").waitMs(40));
        kit.close(2);
        assertThat(kit.isChanged()).isTrue();

        assertThat(kit.publish(1, "q", "a", "b")).isEqualTo("c1: published 1+2\nc3: messages 1=a");
        assertThat(kit.advance(50).tick()).isEmpty();
    }

    @Test
    void shouldSettleAtOnceWhereAWaitEndsWithoutALease() {
        kit.take(2, Take.from("q").waitMs(40).leaseMs(0));

        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1\nc2: messages 1=a");
        assertThat(kit.engine().messages()).isZero();
    }

    @Test
    void shouldLeaseFromWhenItGives() {
        kit.take(2, Take.from("q").waitMs(4000).leaseMs(10));
        kit.advance(1000).publish(1, "q", "a");

        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 1010);
    }

    @Test
    void shouldServeThoseWhoWaitWhenALeaseEndsOrADelayIsOver() {
        kit.publish(1, "q", Draft.of("a"), Draft.of("b").delayMs(20));
        kit.take(2, Take.from("q").leaseMs(10));
        kit.take(3, Take.from("q").waitMs(100));
        kit.take(4, Take.from("q").waitMs(100));

        assertThat(kit.advance(10).tick()).isEqualTo("c3: messages 1/a2=a");
        assertThat(kit.advance(10).tick()).isEqualTo("c4: messages 2=b");
    }

    @Test
    void shouldServeThoseWhoWaitWhenAHolderCloses() {
        kit.publish(1, "q", "a");
        kit.take(2, "q");
        kit.take(3, Take.from("q").waitMs(100));

        assertThat(kit.close(2)).isEqualTo("c3: messages 1/a2=a");
    }

    @Test
    void shouldPreferAMessageOverGivingUpInTheSameTick() {
        kit.publish(1, "q", Draft.of("a").delayMs(10));
        kit.take(2, Take.from("q").waitMs(10));

        assertThat(kit.advance(10).tick()).isEqualTo("c2: messages 1=a");
    }

    @Test
    void shouldKeepTheReplyBudgetOfTheTakeThatWaited() {
        kit.take(2, Take.from("q").waitMs(10).max(5).room(399, 4));

        assertThat(kit.publish(1, "q", Draft.ofLength(30), Draft.ofLength(30))).contains(" 1=").doesNotContain(" 2=");
    }

    @Test
    void shouldRememberWhoAskedAndHow() {
        final Commands commands = new Commands().at(EngineKit.START_MS).by(5).reply(77, 3, Durability.SYNCED);
        kit.apply(commands.take(Take.from("q").waitMs(10)));

        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1\nc5#77/v3/synced: messages 1=a");
    }

    @Test
    void shouldPassWhatTouchesNoState() {
        final Commands commands = new Commands().at(EngineKit.START_MS + 5).by(5).reply(CommandHeader.NO_CORRELATION, 64, Durability.MEMORY);
        for (final CommandType type : new CommandType[] {CommandType.PING, CommandType.HELLO, CommandType.REJECT}) {
            assertThat(kit.apply(commands.plain(type))).isEqualTo("c5/v64: passed");
            assertThat(kit.isChanged()).isFalse();
        }
    }

    @Test
    void shouldNotLeaveAWaiterBehindThatWasServed() {
        kit.take(2, Take.from("q").waitMs(10));
        kit.publish(1, "q", "a");
        kit.settle(2, Settle.ack("q", 1));

        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(kit.publish(1, "q", "b")).isEqualTo("c1: published 2+1");
    }
}
