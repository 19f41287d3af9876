package io.gmq.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Ledger ledger = new Ledger(3);

    @Test
    void shouldSeeThatAllHaveComeInOrder() {
        for (int i = 0; i < 1000; i++) {
            ledger.came(1, i);
        }
        assertThat(ledger.missing(1, 1000)).isZero();
        assertThat(ledger.repeats()).isZero();
        assertThat(ledger.missing(1, 1003)).isEqualTo(3);
    }

    @Test
    void shouldSeeThatAllHaveComeInAnyOrder() {
        final Random random = new Random(3);
        final List<Integer> sequences = new ArrayList<>();
        for (int block = 0; block < 100; block++) {
            final List<Integer> shuffled = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                shuffled.add(block * 1000 + i);
            }
            Collections.shuffle(shuffled, random);
            sequences.addAll(shuffled);
        }
        sequences.forEach(sequence -> ledger.came(0, sequence));
        assertThat(ledger.missing(0, sequences.size())).isZero();
        assertThat(ledger.repeats()).isZero();
    }

    @Test
    void shouldCountWhatIsMissing() {
        for (int i = 0; i < 100_000; i++) {
            if (i % 1000 != 7) {
                ledger.came(2, i);
            }
        }
        assertThat(ledger.missing(2, 100_000)).isEqualTo(100);
        ledger.came(2, 7);
        assertThat(ledger.missing(2, 100_000)).isEqualTo(99);
    }

    @Test
    void shouldCountWhatComesTwice() {
        ledger.came(0, 0);
        ledger.came(0, 0);
        ledger.came(0, 2);
        ledger.came(0, 2);
        ledger.came(0, 1);
        ledger.came(0, 2);
        assertThat(ledger.repeats()).isEqualTo(3);
        assertThat(ledger.missing(0, 3)).isZero();
    }

    @Test
    void shouldGoOnWhereSequencesOverflow() {
        final Ledger long32 = new Ledger(1);
        long32.startAt(0, -3);
        for (int i = -3; i < 3; i++) {
            long32.came(0, i);
        }
        assertThat(long32.missing(0, (1L << 32) + 3)).isZero();
    }

    @Test
    void shouldRefuseAProducerThatThereIsNot() {
        assertThatThrownBy(() -> ledger.came(3, 0)).isInstanceOf(LoadException.class);
    }
}
