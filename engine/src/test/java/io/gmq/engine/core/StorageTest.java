package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.StorageState;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import org.junit.jupiter.api.Test;

/** A host whose disk is full, or whose database is away. */
final class StorageTest {
    private final EngineKit kit = new EngineKit();

    @Test
    void shouldRefuseToPublishWhileTheDiskIsFullAndGoOnWhenItHasRoom() {
        kit.storage(StorageState.FULL);
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.unchanged(() -> kit.publish(1, "q", "a"))).isEqualTo("c1: refused storage_full q");
        kit.storage(StorageState.READY);
        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1");
    }

    @Test
    void shouldGoOnTakingAndSettlingWhileTheDiskIsFull() {
        kit.publish(1, "q", "a", "b", "c");
        kit.storage(StorageState.FULL);
        assertThat(kit.take(1, "q")).contains("a");
        assertThat(kit.settle(1, Settle.ack("q", 1))).isEqualTo("c1: acked 1");
        kit.take(1, "q");
        assertThat(kit.settle(1, Settle.nack("q", 2))).isEqualTo("c1: nacked 1");
        assertThat(kit.length("q")).contains("2");
    }

    @Test
    void shouldAnswerADuplicateAndAMessageTooLargeAsEver() {
        kit.publish(1, Publish.toQueue("q", "a").by("p", 5));
        kit.storage(StorageState.FULL);
        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toQueue("q", "a").by("p", 5)))).isEqualTo("c1: duplicate 1+1");
        assertThat(kit.unchanged(() -> kit.publish(1, "q", Draft.ofLength(1001)))).contains("message_too_large");
        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toTopic("t", "a")))).isEqualTo("c1: refused storage_full t");
    }

    @Test
    void shouldRefuseAllThatAsksForAChangeWhileTheDatabaseIsAway() {
        kit.publish(1, "q", "a", "b");
        kit.take(1, "q");
        kit.storage(StorageState.AWAY);
        final String refused = "c1: refused overloaded";
        assertThat(kit.unchanged(() -> kit.publish(1, "q", "c"))).startsWith(refused);
        assertThat(kit.unchanged(() -> kit.take(1, "q"))).startsWith(refused);
        assertThat(kit.unchanged(() -> kit.take(1, "none"))).startsWith(refused);
        assertThat(kit.unchanged(() -> kit.settle(1, Settle.ack("q", 1)))).startsWith(refused);
        assertThat(kit.length("q")).contains("r1 d0 l1 p0");
        kit.storage(StorageState.READY);
        assertThat(kit.settle(1, Settle.ack("q", 1))).isEqualTo("c1: acked 1");
    }

    @Test
    void shouldGiveNothingOutWhileTheDatabaseIsAway() {
        kit.publish(1, "q", "a");
        kit.take(1, "q");
        kit.consume(2, Consume.from("q").credit(1));
        kit.storage(StorageState.AWAY);
        assertThat(kit.close(1)).doesNotContain("a");
        assertThat(kit.tick()).doesNotContain("a");
        assertThat(kit.length("q")).contains("r1 d0 l0 p0");
        assertThat(kit.storage(StorageState.READY)).contains("a");
    }

    @Test
    void shouldLetTimePassWhileTheDatabaseIsAway() {
        kit.publish(1, "q", "a");
        kit.take(1, "q");
        kit.storage(StorageState.AWAY);
        kit.close(1);
        kit.storage(StorageState.READY);
        assertThat(kit.take(2, "q")).contains("a");
    }

    @Test
    void shouldChangeNothingWhenToldTheSameTwice() {
        kit.storage(StorageState.FULL);
        kit.unchanged(() -> kit.storage(StorageState.FULL));
        kit.storage(StorageState.READY);
        kit.unchanged(() -> kit.storage(StorageState.READY));
    }

    @Test
    void shouldBeginWithRoomAfterAStart() {
        kit.storage(StorageState.FULL);
        kit.start(EngineKit.LIMITS);
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1");
    }
}
