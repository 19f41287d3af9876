package io.gmq.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ScanTest {
    @Test
    void shouldFindTheFirstLfWhereverItIs() {
        for (int length = 0; length < 40; length++) {
            for (int lf = 0; lf <= length; lf++) {
                final byte[] bytes = new byte[48];
                java.util.Arrays.fill(bytes, (byte) 0x8A);
                if (lf < length) {
                    bytes[3 + lf] = '\n';
                }
                assertThat(Scan.indexOfLf(new UnsafeBuffer(bytes), 3, 3 + length)).isEqualTo(3 + lf);
            }
        }
    }

    @Test
    void shouldReadANumberUpToWhatIsNone() {
        final UnsafeBuffer buffer = new UnsafeBuffer(Scan.ascii("x9223372036854775807}"));
        assertThat(Scan.number(buffer, 1, 21)).isEqualTo(Long.MAX_VALUE);
        assertThat(Scan.number(buffer, 1, 4)).isEqualTo(922);
    }
}
