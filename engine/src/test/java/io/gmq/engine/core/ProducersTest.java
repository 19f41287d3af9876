package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Publish;
import org.junit.jupiter.api.Test;

/** Publishing the same twice. */
final class ProducersTest {
    private final EngineKit kit = new EngineKit(new Limits(9, 10, 4, 1000, 10_000, 2));

    private String publish(final String producer, final long sequence) {
        return kit.publish(1, Publish.toQueue("q", "x").by(producer, sequence));
    }

    @Test
    void shouldNotStoreASequenceAgain() {
        assertThat(publish("p", 5)).isEqualTo("c1: published 1+1");

        assertThat(kit.unchanged(() -> publish("p", 5))).isEqualTo("c1: duplicate 1+1");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l0 p0");
        assertThat(publish("p", 6)).isEqualTo("c1: published 2+1");
    }

    @Test
    void shouldNoLongerKnowTheAnswerToAnEarlierSequence() {
        publish("p", 5);
        publish("p", 9);

        assertThat(kit.unchanged(() -> publish("p", 5))).isEqualTo("c1: duplicate");
        assertThat(kit.unchanged(() -> publish("p", 7))).as("it is below the last one").isEqualTo("c1: duplicate");
        assertThat(kit.unchanged(() -> publish("p", 9))).isEqualTo("c1: duplicate 2+1");
    }

    @Test
    void shouldKeepProducersApart() {
        publish("p", 5);

        assertThat(publish("P", 5)).isEqualTo("c1: published 2+1");
        assertThat(kit.publish(1, "q", "none")).isEqualTo("c1: published 3+1");
    }

    @Test
    void shouldRememberTheAnswerToABatch() {
        assertThat(kit.publish(1, Publish.toQueue("q", Draft.many(3)).by("p", 1))).isEqualTo("c1: published 1+3");
        assertThat(kit.publish(2, Publish.toQueue("r", Draft.of("whatever")).by("p", 1))).isEqualTo("c2: duplicate 1+3");
    }

    @Test
    void shouldLookForADuplicateBeforeAnythingElse() {
        publish("p", 5);

        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toQueue("q", Draft.ofLength(11)).by("p", 5)))).isEqualTo("c1: duplicate 1+1");
        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toQueue("q", Draft.ofLength(11)).by("p", 6))))
            .isEqualTo("c1: refused message_too_large q 11/10");
        assertThat(publish("p", 6)).as("what was refused did not count").isEqualTo("c1: published 2+1");
    }

    @Test
    void shouldTakeASequenceBelowZero() {
        assertThat(publish("p", -7)).isEqualTo("c1: published 1+1");
        assertThat(publish("p", -7)).isEqualTo("c1: duplicate 1+1");
        assertThat(publish("p", 0)).isEqualTo("c1: published 2+1");
    }

    @Test
    void shouldRememberASequenceThatReachedNoQueue() {
        assertThat(kit.publish(1, Publish.toTopic("t", "x").by("p", 5))).isEqualTo("c1: published 0+0");
        assertThat(kit.isChanged()).isTrue();

        assertThat(kit.unchanged(() -> kit.publish(1, Publish.toTopic("t", "x").by("p", 5)))).isEqualTo("c1: duplicate");
    }

    @Test
    void shouldForgetTheProducerWhoseLastPublishLiesFurthestBack() {
        publish("p", 1);
        publish("q", 1);
        publish("p", 2);
        assertThat(kit.unchanged(() -> publish("q", 1))).as("asking again does not refresh").isEqualTo("c1: duplicate 2+1");
        publish("r", 1);

        assertThat(kit.unchanged(() -> publish("p", 2))).isEqualTo("c1: duplicate 3+1");
        assertThat(kit.unchanged(() -> publish("r", 1))).isEqualTo("c1: duplicate 4+1");
        kit.purge("q");
        assertThat(publish("q", 1)).as("forgotten").isEqualTo("c1: published 5+1");
    }

    @Test
    void shouldForgetProducersWhenAStartAllowsFewer() {
        publish("p", 1);
        publish("q", 1);
        kit.start(new Limits(9, 10, 4, 1000, 10_000, 1));

        assertThat(kit.unchanged(() -> publish("q", 1))).isEqualTo("c1: duplicate 2+1");
        assertThat(publish("p", 1)).isEqualTo("c1: published 3+1");
    }

    @Test
    void shouldRememberAProducerWhoseQueueWasDeleted() {
        publish("p", 1);
        kit.delete("q");

        assertThat(kit.unchanged(() -> publish("p", 1))).isEqualTo("c1: duplicate 1+1");
    }
}
