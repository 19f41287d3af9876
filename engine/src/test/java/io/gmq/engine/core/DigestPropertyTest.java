package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.kit.EngineKit;
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
