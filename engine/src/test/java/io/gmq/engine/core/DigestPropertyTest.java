package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Setting;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import io.gmq.engine.sim.Host;
import io.gmq.engine.sim.RandomCommands;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DigestPropertyTest {
    private static final int SEEDS = 40;
    private static final int COMMANDS = 1500;

    @Test
    void shouldLeaveTheDigestWhereACommandSaysThatItChangedNothing() {
        int unchanged = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            final RandomCommands random = new RandomCommands(seed);
            final Host host = new Host();
            long digest = host.digest();
            for (int i = 0; i < COMMANDS; i++) {
                final String effects = host.applyLive(random.next(host.highestId()));
                if (host.isChanged()) {
                    digest = host.digest();
                } else {
                    assertThat(host.digest()).as("seed %d command %d: %s", seed, i, effects).isEqualTo(digest);
                    unchanged++;
                }
            }
        }
        assertThat(unchanged).isGreaterThan(SEEDS * COMMANDS / 4);
    }

    @Test
    void shouldTellStatesApart() {
        final EngineKit kit = new EngineKit();
        final Set<Long> digests = new HashSet<>();
        assertThat(digests.add(kit.engine().digest())).isTrue();
        kit.publish(1, "q", "a");
        assertThat(digests.add(kit.engine().digest())).as("published").isTrue();
        kit.take(2, "q");
        assertThat(digests.add(kit.engine().digest())).as("leased").isTrue();
        kit.settle(2, Settle.extend("q", 1).forMs(9));
        assertThat(digests.add(kit.engine().digest())).as("extended").isTrue();
        kit.settle(2, Settle.nack("q", 1));
        assertThat(digests.add(kit.engine().digest())).as("ready, of another attempt").isTrue();
        kit.take(3, "q");
        assertThat(digests.add(kit.engine().digest())).as("leased to another").isTrue();
        kit.settle(3, Settle.nack("q", 1).priority(7));
        assertThat(digests.add(kit.engine().digest())).as("of another priority").isTrue();
        kit.take(3, Take.from("q").leaseMs(0));
        assertThat(digests.add(kit.engine().digest())).as("gone").isTrue();
        kit.take(3, Take.from("q").waitMs(5));
        assertThat(digests.add(kit.engine().digest())).as("waiting").isTrue();
        kit.take(3, Take.from("q").waitMs(5).max(2));
        assertThat(digests.add(kit.engine().digest())).as("two waiting").isTrue();
    }

    @Test
    void shouldTellSettingsAndAllElseThatIsKeptApart() {
        final EngineKit kit = new EngineKit();
        final Set<Long> digests = new HashSet<>();
        for (final Setting setting : Setting.values()) {
            kit.configure(Configure.of("q").set(setting, 1));
            assertThat(digests.add(kit.engine().digest())).as(setting.word()).isTrue();
            kit.configure(Configure.of("q").set(setting, setting == Setting.LEASE_MS ? 7 : 0));
        }
        kit.configure(Configure.of("q").capacity(100).set(Setting.MAX_MESSAGE_LENGTH, 100));
        kit.configure(Configure.of("q").deadLetter("d"));
        assertThat(digests.add(kit.engine().digest())).as("a dead letter queue").isTrue();
        kit.configure(Configure.of("q").deadLetter("e"));
        assertThat(digests.add(kit.engine().digest())).as("another").isTrue();
        kit.bind("t", "q");
        assertThat(digests.add(kit.engine().digest())).as("a binding").isTrue();
        kit.bind("u", "q");
        assertThat(digests.add(kit.engine().digest())).as("two").isTrue();
        kit.unbind("t", "q");
        assertThat(digests.add(kit.engine().digest())).as("the other").isTrue();
        kit.publish(1, Publish.toTopic("none", "x").by("p", 1));
        assertThat(digests.add(kit.engine().digest())).as("a producer").isTrue();
        kit.publish(1, Publish.toTopic("none", "x").by("p", 2));
        assertThat(digests.add(kit.engine().digest())).as("its sequence").isTrue();
        kit.consume(2, Consume.from("q"));
        assertThat(digests.add(kit.engine().digest())).as("a consumer").isTrue();
        kit.credit(2, 1, 1);
        assertThat(digests.add(kit.engine().digest())).as("its credit").isTrue();
        kit.publish(1, "q", "pushed");
        assertThat(digests.add(kit.engine().digest())).as("what was pushed").isTrue();
        kit.drained(2, 1);
        assertThat(digests.add(kit.engine().digest())).as("what was read of it").isTrue();
        kit.cancel(2, 1);
        assertThat(digests.add(kit.engine().digest())).as("no consumer").isTrue();
        kit.settle(2, Settle.park("q", 1));
        assertThat(digests.add(kit.engine().digest())).as("parked").isTrue();
    }

    @Test
    void shouldTellWhatIsKeptOfAMessageApart() {
        assertThat(digestOf(Draft.of("a"))).isNotEqualTo(digestOf(Draft.of("b")));
        assertThat(digestOf(Draft.of("ab"))).isNotEqualTo(digestOf(Draft.of("a").headers("b")));
        assertThat(digestOf(Draft.of("a").ttlMs(50))).isNotEqualTo(digestOf(Draft.of("a")));
        assertThat(digestOf(Draft.of("a").ttlMs(50))).isNotEqualTo(digestOf(Draft.of("a").ttlMs(51)));
        assertThat(digestOf(Draft.of("a").delayMs(50))).isNotEqualTo(digestOf(Draft.of("a").delayMs(51)));
        assertThat(digestOf(Draft.of("a").delayMs(50).ttlMs(50))).isNotEqualTo(digestOf(Draft.of("a").delayMs(51).ttlMs(50)));
        assertThat(digestOfParked("a")).isNotEqualTo(digestOfParked("b"));
        assertThat(digestOfParked("")).isNotEqualTo(digestOfParked("b"));
    }

    private static long digestOf(final Draft draft) {
        final EngineKit kit = new EngineKit();
        kit.publish(1, "q", draft);
        return kit.engine().digest();
    }

    private static long digestOfParked(final String reason) {
        final EngineKit kit = new EngineKit();
        kit.publish(1, "q", "x");
        kit.take(2, "q");
        kit.settle(2, Settle.park("q", 1).reason(reason));
        return kit.engine().digest();
    }

    @Test
    void shouldNotDependOnWhenTheReasonOfAParkedMessageWasWritten() {
        final EngineKit one = new EngineKit();
        final EngineKit other = new EngineKit();
        for (final EngineKit kit : new EngineKit[] {one, other}) {
            kit.publish(1, "q", "x");
            kit.take(2, "q");
        }
        one.settle(2, Settle.park("q", 1).reason("r"));
        one.advance(5).kick("q", 1);
        other.advance(3).settle(2, Settle.park("q", 1).reason("s"));
        other.advance(2).kick("q", 1);

        assertThat(other.engine().digest()).isEqualTo(one.engine().digest());
    }

    @Test
    void shouldDependOnThePayload() {
        final EngineKit one = new EngineKit();
        final EngineKit other = new EngineKit();
        one.publish(1, "q", "0123456789");
        other.publish(1, "q", "0123456780");

        assertThat(one.engine().digest()).isNotEqualTo(other.engine().digest());
    }

    @Test
    void shouldNotDependOnWhereMessagesLie() {
        // the record of message 1 is free when 3 comes in one, and not in the other
        final EngineKit one = new EngineKit();
        one.publish(1, "q", "a", "b");
        one.take(1, Take.from("q").leaseMs(0));
        one.publish(1, "q", "c");
        final EngineKit other = new EngineKit();
        other.publish(1, "q", "a", "b");
        other.publish(1, "q", "c");
        other.take(1, Take.from("q").leaseMs(0));

        assertThat(one.engine().digest()).isEqualTo(other.engine().digest());
    }

    @Test
    void shouldNotDependOnALeaseThatIsOver() {
        final EngineKit one = new EngineKit();
        final EngineKit other = new EngineKit();
        one.publish(1, "q", "a");
        other.publish(1, "q", "a");
        one.take(2, Take.from("q").kept().leaseMs(500));
        other.take(3, Take.from("q").leaseMs(900));
        assertThat(one.engine().digest()).isNotEqualTo(other.engine().digest());
        one.settle(4, Settle.nack("q", 1));
        other.settle(4, Settle.nack("q", 1));

        assertThat(one.engine().digest()).isEqualTo(other.engine().digest());
    }
}
