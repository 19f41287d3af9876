package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReplyBudgetTest {
    private static final int MIB = 1 << 20;

    private final TestConnections connections = new TestConnections();
    private final ReplyBudget budget = new ReplyBudget(64L * MIB);
    private final Connection first = connections.open(1);
    private final Connection second = connections.open(2);
    private final Connection third = connections.open(3);

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    /** Reserves for one connection as long as it may. */
    private int reserveAll(final Connection connection, final int most, final int wanted) {
        int count = 0;
        while (count < wanted && budget.tryReserve(connection, most)) {
            count++;
        }
        return count;
    }

    private void answer(final int count, final int most, final int bytes) {
        for (int i = 0; i < count; i++) {
            budget.onReply(most, bytes);
            budget.release(most);
        }
    }

    @Test
    void shouldExpectTheMostOfWhomNothingIsKnown() {
        assertThat(reserveAll(first, MIB, 100)).isEqualTo((int) (ReplyBudget.EXPECTED_MAX / MIB));
        assertThat(first.isAwaitingTurn).isTrue();
    }

    @Test
    void shouldLetManyInWhenRepliesAreSmallAndFewAsSoonAsTheyAreLarge() {
        for (int i = 0; i < 50; i++) {
            assertThat(budget.tryReserve(first, MIB)).isTrue();
            answer(1, MIB, 1000);
        }
        assertThat(reserveAll(first, MIB, 1000)).as("up to what may be reserved at all").isEqualTo(64);
        answer(64, MIB, MIB);
        assertThat(budget.giveTurns(connection -> { })).isEqualTo(1);
        assertThat(reserveAll(first, MIB, 1000)).isEqualTo((int) (ReplyBudget.EXPECTED_MAX / MIB));
    }

    @Test
    void shouldAlwaysLetInOneAndWhoAsksForLittle() {
        assertThat(budget.tryReserve(first, 100 * MIB)).isTrue();
        assertThat(budget.tryReserve(first, MIB)).isFalse();
        assertThat(budget.tryReserve(second, ReplyBudget.SMALL)).as("beside one that waits").isTrue();
    }

    @Test
    void shouldServeThoseWhoWaitInTurnOneReplyEach() {
        final int most = (int) ReplyBudget.EXPECTED_MAX;
        assertThat(budget.tryReserve(first, most)).isTrue();
        assertThat(budget.tryReserve(first, most)).isFalse();
        assertThat(budget.tryReserve(second, most)).isFalse();
        assertThat(budget.tryReserve(third, most)).isFalse();
        assertThat(budget.giveTurns(connection -> { })).as("none, while there is no room").isZero();
        final List<Long> served = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answer(1, most, most);
            budget.giveTurns(connection -> served.addAll(List.of(connection.id()).subList(0, reserveAll(connection, most, 2))));
        }
        assertThat(served).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
    }

    @Test
    void shouldPassOverWhoIsGoneAndTakeBackWhatWasNotUsed() {
        final int most = (int) ReplyBudget.EXPECTED_MAX;
        budget.tryReserve(first, most);
        budget.tryReserve(second, most);
        budget.tryReserve(third, most);
        budget.cancel(most);
        final List<Connection> resumed = new ArrayList<>();
        assertThat(budget.giveTurns(resumed::add)).as("who asks for nothing takes nothing").isEqualTo(2);
        assertThat(resumed).containsExactly(second, third);
        assertThat(budget.isAwaited()).isFalse();
        assertThat(budget.tryReserve(third, most)).isTrue();
    }

    /** Others are to be read too, though replies come as fast as turns are given. */
    @Test
    void shouldGiveOnlySomeTurnsAtOnceHoweverFastRepliesCome() {
        final int most = (int) ReplyBudget.EXPECTED_MAX;
        reserveAll(first, most, 2);
        reserveAll(second, most, 1);
        answer(1, most, most);
        final List<Connection> served = new ArrayList<>();
        final int turns = budget.giveTurns(connection -> {
            served.add(connection);
            if (served.size() < 1000) {
                reserveAll(connection, most, 2);
                answer(1, most, most);
            }
        });
        assertThat(turns).isEqualTo(served.size()).isEqualTo(ReplyBudget.TURNS_AT_ONCE_MAX);
        assertThat(budget.isAwaited()).isTrue();
    }

    /** The thread could not sleep otherwise while the ring is held up. */
    @Test
    void shouldNotCountTheTurnOfOneForWhomThereIsNotEnoughRoom() {
        for (int i = 0; i < 50; i++) {
            budget.tryReserve(first, MIB);
            answer(1, MIB, 1000);
        }
        assertThat(reserveAll(first, MIB, 63)).isEqualTo(63);
        assertThat(reserveAll(second, 2 * MIB, 1)).isZero();
        assertThat(budget.giveTurns(connection -> reserveAll(connection, 2 * MIB, 1))).isZero();
        answer(1, MIB, 1000);
        assertThat(budget.giveTurns(connection -> reserveAll(connection, 2 * MIB, 1))).isEqualTo(1);
    }
}
