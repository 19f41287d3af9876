package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import org.junit.jupiter.api.Test;

final class PurgeDeleteTest {
    private final EngineKit kit = new EngineKit();

    /** One message in each state: 1 leased, 2 delayed, 3 parked, 4 ready. */
    private void fill() {
        kit.publish(1, "q", Draft.of("leased"), Draft.of("delayed").delayMs(500), Draft.of("parked"), Draft.of("ready"));
        kit.take(2, "q");
        kit.take(2, "q");
        kit.settle(2, Settle.park("q", 3));
    }

    @Test
    void shouldPurgeAllButWhatIsLeased() {
        fill();

        assertThat(kit.purge("q")).isEqualTo("c9: purged 3");
        assertThat(kit.length("q")).isEqualTo("r0 d0 l1 p0");
        assertThat(kit.engine().messages()).isEqualTo(1);
        assertThat(kit.unchanged(() -> kit.purge("q"))).isEqualTo("c9: purged 0");
        assertThat(kit.settle(2, Settle.ack("q", 1))).isEqualTo("c2: acked 1");
    }

    @Test
    void shouldPurgeOneState() {
        fill();

        assertThat(kit.purge("q", MessageState.PARKED)).isEqualTo("c9: purged 1");
        assertThat(kit.length("q")).isEqualTo("r1 d1 l1 p0");
        assertThat(kit.purge("q", MessageState.DELAYED)).isEqualTo("c9: purged 1");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l1 p0");
        assertThat(kit.purge("q", MessageState.LEASED)).isEqualTo("c9: purged 1");
        assertThat(kit.length("q")).isEqualTo("r1 d0 l0 p0");
        assertThat(kit.purge("q", MessageState.READY)).isEqualTo("c9: purged 1");
        assertThat(kit.engine().messages()).isZero();
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldEndTheLeasesOfWhatIsPurged() {
        fill();
        kit.purge("q", MessageState.LEASED);

        assertThat(kit.unchanged(() -> kit.settle(2, Settle.ack("q", 1)))).isEqualTo("c2: refused not_leased q");
        assertThat(kit.unchanged(() -> kit.close(2))).as("it holds nothing").isEmpty();
        kit.advance(100_000).tick();
        assertThat(kit.length("q")).as("nothing comes back").isEqualTo("r2 d0 l0 p1");
    }

    @Test
    void shouldMakeRoomForOthersByAPurge() {
        final int each = Limits.MESSAGE_OVERHEAD + 1;
        final EngineKit tight = new EngineKit(new Limits(2, 10, 10, 1000, 3 * each, 10));
        tight.publish(1, "q", Draft.many(3));
        assertThat(tight.publish(1, "q", "x")).contains("overloaded");
        tight.purge("q");

        assertThat(tight.publish(1, "q", "a", "b", "c")).isEqualTo("c1: published 4+3");
    }

    @Test
    void shouldGiveMemoryBackInSlicesWithoutAnybodySeeingThem() {
        for (int i = 0; i < 3; i++) {
            kit.publish(1, "q", Draft.many(1000));
        }
        assertThat(kit.purge("q")).isEqualTo("c9: purged 3000");
        assertThat(kit.counts("q")).isEqualTo("published=3000");
        assertThat(kit.engine().nextDeadlineMs()).as("there is something left to do").isZero();
        assertThat(kit.publish(1, "q", "new")).isEqualTo("c1: published 3001+1");

        assertThat(kit.tick()).isEmpty();
        assertThat(kit.isChanged()).isTrue();
        kit.tick();
        kit.tick();
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(kit.engine().messages()).isEqualTo(1);
        assertThat(kit.take(2, "q")).isEqualTo("c2: messages 3001=new");
    }

    @Test
    void shouldDeleteAQueueWithAllThatIsInIt() {
        fill();

        assertThat(kit.delete("q")).isEqualTo("c9: done");
        assertThat(kit.queues("", "", 9, 1 << 20)).isEmpty();
        assertThat(kit.engine().messages()).isZero();
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(kit.unchanged(() -> kit.settle(2, Settle.ack("q", 1)))).isEqualTo("c2: refused no_such_queue q");
        assertThat(kit.unchanged(() -> kit.close(2))).isEmpty();
    }

    @Test
    void shouldDeleteOnlyAnEmptyQueueWhereAskedTo() {
        fill();
        assertThat(kit.unchanged(() -> kit.deleteIfEmpty("q"))).isEqualTo("c9: refused not_empty q 4/-1");
        kit.purge("q");
        assertThat(kit.unchanged(() -> kit.deleteIfEmpty("q"))).as("what is leased counts").isEqualTo("c9: refused not_empty q 1/-1");
        kit.settle(2, Settle.ack("q", 1));

        assertThat(kit.deleteIfEmpty("q")).isEqualTo("c9: done");
    }

    @Test
    void shouldTellThoseWhoWantedItsMessages() {
        kit.take(2, Take.from("q").waitMs(100));
        kit.consume(3, Consume.from("q"));
        kit.take(4, Take.from("q").waitMs(100));

        assertThat(kit.delete("q")).isEqualTo("c9: done\nc2: refused no_such_queue q\nc3: ended 1\nc4: refused no_such_queue q");
        assertThat(kit.advance(100).tick()).as("nobody waits").isEmpty();
        assertThat(kit.publish(1, "q", "a")).as("nobody consumes").isEqualTo("c1: published 1+1");
        assertThat(kit.credit(3, 1, 1)).startsWith("c3: refused bad_request");
    }

    @Test
    void shouldTellThemInSlices() {
        for (int i = 0; i < 1500; i++) {
            kit.take(2, Take.from("q").waitMs(100));
        }

        assertThat(kit.delete("q").lines()).hasSize(1001);
        assertThat(kit.engine().nextDeadlineMs()).isZero();
        assertThat(kit.publish(1, "q", "a")).as("into a new queue").isEqualTo("c1: published 1+1");
        assertThat(kit.tick().lines()).hasSize(500).allMatch("c2: refused no_such_queue q"::equals);
        assertThat(kit.engine().nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldBeginAnewWithAQueueOfTheSameName() {
        fill();
        kit.configure(Configure.of("q").capacity(5).paused(true));
        kit.delete("q");
        kit.publish(1, "q", "a");

        assertThat(kit.counts("q")).isEqualTo("length=1 ready=1 bytes=1 published=1 oldest_ready_ms=0");
        assertThat(kit.settings("q")).startsWith("capacity=100000").contains("paused=0");
    }

    @Test
    void shouldMakeRoomForAnotherQueue() {
        final EngineKit few = new EngineKit(new Limits(1, 10, 10, 1000, 10_000, 10));
        few.publish(1, "q", "a");
        assertThat(few.publish(1, "r", "a")).isEqualTo("c1: refused too_many_queues r 1/1");
        few.delete("q");

        assertThat(few.publish(1, "r", "a")).isEqualTo("c1: published 2+1");
    }

    @Test
    void shouldRefuseToPurgeOrDeleteAQueueThatIsNotThere() {
        assertThat(kit.unchanged(() -> kit.purge("q"))).isEqualTo("c9: refused no_such_queue q");
        assertThat(kit.unchanged(() -> kit.delete("q"))).isEqualTo("c9: refused no_such_queue q");
        assertThat(kit.unchanged(() -> kit.deleteIfEmpty("q"))).isEqualTo("c9: refused no_such_queue q");
    }
}
