package io.gmq.broker.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamePatternTest {
    private static boolean covers(final String pattern, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        // As in a name that is used again: what stands behind it must not be looked at.
        final byte[] longer = Arrays.copyOf(bytes, bytes.length + 8);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
        return NamePattern.parse(pattern).covers(longer, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({"orders,orders", ">,orders", ">,a.b.c", "*,orders", "orders.*,orders.new", "orders.>,orders.new", "orders.>,orders.new.big",
        "*.new,orders.new", "a.*.c,a.b.c", "größe.*,größe.é", "a.*,a.*", "a.>,a.*", "a.>,a.>", ">,>", "*.*,*.b", "a.*,a.", "a.*.c,a..c", ">,.", "x*,x*"})
    void shouldCover(final String pattern, final String name) {
        assertThat(covers(pattern, name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"orders,order", "orders,orders.new", "orders,ordersx", "*,a.b", "orders.*,orders", "orders.*,orders.a.b", "orders.>,orders", "a.*.c,a.b.d",
        "a.b,a", "orders.>,other.new", "x*,xy", "a.b.c,a.b", "*.*,a"})
    void shouldNotCover(final String pattern, final String name) {
        assertThat(covers(pattern, name)).isFalse();
    }

    /** The topic of a binding stands for many: who may bind a.* must not get what goes to a.b.c. */
    @ParameterizedTest
    @CsvSource({"a.*,a.>", "*,>", "a.b,a.*", "a.b,a.>", "*.*,a.>", "a.*.c,a.>", "*.b,>"})
    void shouldNotCoverATopicThatStandsForMore(final String pattern, final String topic) {
        assertThat(covers(pattern, topic)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", ">.a", "a.>.b", "a\nb"})
    void shouldRefuseWhatIsNoPattern(final String text) {
        assertThatThrownBy(() -> NamePattern.parse(text)).isInstanceOf(UsersException.class).hasMessageStartingWith("the pattern '");
    }
}
