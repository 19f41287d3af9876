package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"port,port,0", "prot,port,1", "por,port,1", "poort,port,1", "part,port,1", "'',port,4", "kitten,sitting,3"})
    void shouldCountEditsAndSwaps(final String left, final String right, final int distance) {
        assertThat(Nearest.distance(left, right)).isEqualTo(distance);
        assertThat(Nearest.distance(right, left)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({
        "queue.max_queue_numbr,queue.max_queue_number", "ring.lease_ms,queue.lease_ms", "lease_ms,queue.lease_ms",
        "journal.durabilty,journal.durability", "network.maxframelength,network.max_frame_length", "log.nam,log.name",
        "queue.type,queue.queue_type", "network.outbound,network.max_outbound_bytes", "ring.max_connections,network.max_connections",
        "journal.path,filesystem.path", "netwrok_port,network.port",
    })
    void shouldFindWhatWasMeant(final String word, final String meant) {
        assertThat(Nearest.key(word).path()).isEqualTo(meant);
    }

    @Test
    void shouldFindEveryKeyWithOneLetterMissing() {
        for (final Key<?> key : Keys.ALL) {
            final String path = key.path();
            final String mistyped = path.substring(0, path.length() - 1);
            assertThat(Nearest.hint(mistyped, key, path)).isEqualTo("; did you mean '" + path + "'?");
        }
    }
}
