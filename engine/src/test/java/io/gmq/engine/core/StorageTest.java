package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import org.junit.jupiter.api.Test;

/** A host whose disk is full. */
final class StorageTest {
    private final EngineKit kit = new EngineKit();

    @Test
    void shouldRefuseToPublishWhileTheDiskIsFullAndGoOnWhenItHasRoom() {
        kit.storage(true);
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.unchanged(() -> kit.publish(1, "q", "a"))).isEqualTo("c1: refused storage_full q");
        kit.storage(false);
        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1");
    }

    @Test
    void shouldGoOnTakingAndSettlingWhileTheDiskIsFull() {
        kit.publish(1, "q", "a", "b", "c");
        kit.storage(true);
        assertThat(kit.take(1, "q")).contains("a");
        assertThat(kit.settle(1, Settle.ack("q", 1))).isEqualTo("c1: acked 1");
        kit.take(1, "q");
        assertThat(kit.settle(1, Settle.nack("q", 2))).isEqualTo("c1: nacked 1");
        assertThat(kit.length("q")).contains("2");
    }

    @Test
    void shouldAnswerADuplicateAndAMessageTooLargeAsEver() {
        kit.publish(1, Publish.toQueue("q", "a").by("p", 5));
        kit.storage(true);
        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toQueue("q", "a").by("p", 5)))).isEqualTo("c1: duplicate 1+1");
        assertThat(kit.unchanged(() -> kit.publish(1, "q", Draft.ofLength(1001)))).contains("message_too_large");
        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toTopic("t", "a")))).isEqualTo("c1: refused storage_full t");
    }

    @Test
    void shouldChangeNothingWhenToldTheSameTwice() {
        kit.storage(true);
        kit.unchanged(() -> kit.storage(true));
        kit.storage(false);
        kit.unchanged(() -> kit.storage(false));
    }

    @Test
    void shouldBeginWithRoomAfterAStart() {
        kit.storage(true);
        kit.start(EngineKit.LIMITS);
        assertThat(kit.isChanged()).isTrue();
        assertThat(kit.publish(1, "q", "a")).isEqualTo("c1: published 1+1");
    }
}
