package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SettleTest {
    private final EngineKit kit = new EngineKit();

    @BeforeEach
    void leaseSome() {
        kit.publish(1, "q", "a", "b", "c", "d", "e");
        kit.publish(1, "r", "z");
        kit.take(2, Take.from("q").max(3));
        kit.take(3, Take.from("q"));
        kit.take(2, "r");
    }

    @Test
    void shouldAckOne() {
        assertThat(kit.settle(2, Settle.ack("q", 2))).isEqualTo("c2: acked 1");
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.length("q")).isEqualTo("r1 d0 l3 p0");
        assertThat(kit.engine().messages()).isEqualTo(5);
        assertThat(kit.settle(2, Settle.ack("q", 2))).isEqualTo("c2: refused not_leased q");
        assertThat(kit.isChanged()).isFalse();
    }

    @Test
    void shouldRefuseOneThatIsReadyOrUnknownOrOfAnotherQueue() {
        for (final long id : new long[] {5, 6, 0, 99, Long.MAX_VALUE}) {
            assertThat(kit.settle(2, Settle.ack("q", id))).as("id %d", id).isEqualTo("c2: refused not_leased q");
            assertThat(kit.settle(2, Settle.nack("q", id))).as("id %d", id).isEqualTo("c2: refused not_leased q");
            assertThat(kit.settle(2, Settle.extend("q", id))).as("id %d", id).isEqualTo("c2: refused not_leased q");
        }
        assertThat(kit.settle(2, Settle.ack("no", 1))).isEqualTo("c2: refused no_such_queue no");
    }

    @Test
    void shouldSettleByIdFromAnyConnection() {
        assertThat(kit.settle(9, Settle.ack("q", 1))).isEqualTo("c9: acked 1");
        assertThat(kit.settle(9, Settle.nack("q", 4))).isEqualTo("c9: nacked 1");
        assertThat(kit.length("q")).isEqualTo("r2 d0 l2 p0");
    }

    @Test
    void shouldCheckTheAttempt() {
        kit.settle(2, Settle.nack("q", 1));
        kit.take(2, "q");

        assertThat(kit.settle(2, Settle.ack("q", 1).attempt(1))).isEqualTo("c2: refused not_leased q");
        assertThat(kit.settle(2, Settle.ack("q", 1).attempt(3))).isEqualTo("c2: refused not_leased q");
        assertThat(kit.settle(2, Settle.extend("q", 1).attempt(2))).isEqualTo("c2: extended 1");
        assertThat(kit.settle(2, Settle.ack("q", 1).attempt(2))).isEqualTo("c2: acked 1");
    }

    @Test
    void shouldListTheMissingInTheOrderAsked() {
        assertThat(kit.settle(2, Settle.ack("q", 77, 3, 5, 1, 3))).isEqualTo("c2: acked 2 missing 77 5 3");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l2 p0");
    }

    @Test
    void shouldConfirmAListOfNothingButMissing() {
        final long before = kit.engine().digest();

        assertThat(kit.settle(2, Settle.nack("q", 88, 5))).isEqualTo("c2: nacked 0 missing 88 5");
        assertThat(kit.settle(2, Settle.ack("q", 88).list())).isEqualTo("c2: acked 0 missing 88");
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.engine().digest()).isEqualTo(before);
    }

    @Test
    void shouldSettleAThousandInOneList() {
        final long[] ids = new long[1000];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 1000 + i;
        }

        assertThat(kit.settle(2, Settle.ack("q", ids))).startsWith("c2: acked 0 missing 1000 1001").endsWith(" 1999");
    }

    @Test
    void shouldSettleARangeOfThisConnectionOnly() {
        // fewer ids than leases: walks the ids
        assertThat(kit.settle(2, Settle.ack("q").range(2, 3))).isEqualTo("c2: acked 2");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l2 p0");
        // more ids than leases: walks the leases
        assertThat(kit.settle(2, Settle.ack("q").range(0, Long.MAX_VALUE))).isEqualTo("c2: acked 1");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l1 p0");
        assertThat(kit.settle(2, Settle.ack("q").range(4, 4))).as("that one is connection 3's").isEqualTo("c2: acked 0");
        assertThat(kit.isChanged()).isFalse();
        assertThat(kit.settle(3, Settle.ack("q").range(4, 4))).isEqualTo("c3: acked 1");
        assertThat(kit.length("r")).as("another queue").isEqualTo("r0 d0 l1 p0");
    }

    @Test
    void shouldTakeARangeByEitherWayToTheSameState() {
        for (final boolean isWide : new boolean[] {false, true}) {
            final EngineKit one = new EngineKit();
            one.publish(1, "q", Draft.many(20));
            one.take(2, Take.from("q").max(20));
            one.settle(2, Settle.nack("q").range(5, isWide ? Long.MAX_VALUE : 20).priority(7));

            assertThat(one.length("q")).isEqualTo("r16 d0 l4 p0");
            assertThat(one.take(3, Take.from("q").max(3))).isEqualTo("c3: messages 5/a2/p7=m 6/a2/p7=m 7/a2/p7=m");
        }
    }

    @Test
    void shouldIgnoreARangeOfNobodysOrOfTheFuture() {
        assertThat(kit.settle(55, Settle.nack("q").range(0, 9))).isEqualTo("c55: nacked 0");
        assertThat(kit.settle(2, Settle.nack("q").range(Long.MAX_VALUE, Long.MAX_VALUE))).isEqualTo("c2: nacked 0");
        assertThat(kit.settle(2, Settle.nack("q").range(7, 7))).isEqualTo("c2: nacked 0");
    }

    @Test
    void shouldExtendARange() {
        kit.advance(10);
        assertThat(kit.settle(2, Settle.extend("q").range(1, 9).forMs(100_000))).isEqualTo("c2: extended 3");
        assertThat(kit.settle(3, Settle.extend("q").range(1, 9).forMs(100_000))).isEqualTo("c3: extended 1");
        assertThat(kit.settle(2, Settle.extend("r", 6).forMs(100_001))).isEqualTo("c2: extended 1");

        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(EngineKit.START_MS + 10 + 100_000);
    }

    @Test
    void shouldServeWaitersWhenAllIsNacked() {
        kit.take(4, "q");
        kit.take(5, Take.from("q").max(2).waitMs(10));
        kit.take(6, Take.from("q").waitMs(10));

        assertThat(kit.settle(2, Settle.nack("q").range(0, 99)))
            .isEqualTo("c2: nacked 3\nc5: messages 1/a2=a 2/a2=b\nc6: messages 3/a2=c");
    }
}
