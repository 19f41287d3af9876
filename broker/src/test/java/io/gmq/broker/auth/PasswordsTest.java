package io.gmq.broker.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldKnowAPasswordAgainAndNoOther() {
        final String hash = Passwords.hash(bytes("sésame"));
        assertThat(Passwords.isHash(hash)).isTrue();
        assertThat(hash).doesNotContain("same");
        assertThat(Passwords.matches(bytes("sésame"), hash)).isTrue();
        assertThat(Passwords.matches(bytes("sesame"), hash)).isFalse();
        assertThat(Passwords.matches(bytes(""), hash)).isFalse();
    }

    @Test
    void shouldSaltEachHash() {
        assertThat(Passwords.hash(bytes("a"))).isNotEqualTo(Passwords.hash(bytes("a")));
    }

    /** Bcrypt itself looks at 72 bytes. */
    @Test
    void shouldLookAtAllOfALongPassword() {
        final String begin = "x".repeat(72);
        final String hash = Passwords.hash(bytes(begin + "a"));
        assertThat(Passwords.matches(bytes(begin + "a"), hash)).isTrue();
        assertThat(Passwords.matches(bytes(begin + "b"), hash)).isFalse();
        assertThat(Passwords.matches(bytes(begin), hash)).isFalse();
        assertThat(Passwords.matches(bytes(begin), Passwords.hash(bytes(begin)))).isTrue();
    }

    /** From the tests of the original implementation (OpenBSD), as many libraries have them; cost 10. */
    @Test
    void shouldAgreeWithOtherImplementations() {
        assertThat(Passwords.matches(bytes("abc"), "$2b$10$WvvTPHKwdBJ3uk0Z37EMR.hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUi")).isTrue();
        assertThat(Passwords.matches(bytes("abd"), "$2b$10$WvvTPHKwdBJ3uk0Z37EMR.hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUi")).isFalse();
    }

    @Test
    void shouldTakeHashesOfOneCostOnly() {
        final String rest = "WvvTPHKwdBJ3uk0Z37EMR.hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUi";
        assertThat(Passwords.isHash("$2b$10$" + rest)).isTrue();
        for (final String other : new String[] {"$2b$04$" + rest, "$2b$12$" + rest, "$2y$10$" + rest, "$2b$10$" + rest + "x", "plain", ""}) {
            assertThat(Passwords.isHash(other)).as(other).isFalse();
        }
    }

    @Test
    void shouldRefuseWhatCannotBeAPassword() {
        assertThatThrownBy(() -> Passwords.hash(new byte[0])).isInstanceOf(UsersException.class).hasMessage("a password must have 1 to 1024 bytes");
        assertThatThrownBy(() -> Passwords.hash(new byte[1025])).isInstanceOf(UsersException.class);
        assertThat(Passwords.isHash(Passwords.hash(new byte[1024]))).isTrue();
    }
}
