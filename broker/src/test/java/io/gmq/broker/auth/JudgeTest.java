package io.gmq.broker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JudgeTest {
    private static final byte[] LOCAL = {127, 0, 0, 1};
    private static final byte[] FAR = {(byte) 192, 0, 2, 1};

    private final Accounts accounts = new Accounts(null);
    /** The hashes that passwords were compared with. */
    private final List<String> compared = new ArrayList<>();
    private long nowMs = 1_000_000;
    private String hash;
    private Judge judge;

    @BeforeEach
    void begin() {
        hash = Passwords.hash(bytes("sesame"));
        accounts.set(List.of(new User("ali", hash, List.of(), List.of(), List.of(), false, 0),
            new User("machine", null, List.of(), List.of(), List.of(), false, 0)));
        judge = judge(false);
    }

    private Judge judge(final boolean isTlsRequired) {
        return new Judge(accounts, isTlsRequired, (password, its) -> {
            compared.add(its);
            return its.equals(hash) && new String(password, StandardCharsets.UTF_8).equals("sesame");
        }, () -> nowMs);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static InetAddress address(final byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Decision from(final int last, final String user, final String password) {
        return judge.judge(bytes(user), bytes(password), false, address(new byte[] {(byte) 198, 51, (byte) (last >> 8), (byte) last}), false);
    }

    @Test
    void shouldLetInWhoKnowsThePassword() {
        final Decision decision = from(1, "ali", "sesame");
        assertThat(decision.kind()).isEqualTo(Decision.Kind.ACCEPTED);
        assertThat(decision.account()).isSameAs(accounts.find("ali").account());
    }

    /** The same answer, and the same work: one hash of the one cost that there is. */
    @Test
    void shouldNotTellAWrongNameFromAWrongPassword() {
        final Decision wrongPassword = from(1, "ali", "x");
        final Decision wrongName = from(2, "baba", "x");
        final Decision noPassword = from(3, "machine", "x");
        assertThat(List.of(wrongName, noPassword)).containsOnly(wrongPassword);
        assertThat(compared).hasSize(3).first().isEqualTo(hash);
        assertThat(compared.get(1)).isNotEqualTo(hash).isEqualTo(compared.get(2));
        assertThat(Passwords.isHash(compared.get(1))).isTrue();
    }

    @Test
    void shouldNotHashWhatWasGoodBefore() {
        from(1, "ali", "sesame");
        assertThat(from(1, "ali", "sesame").kind()).isEqualTo(Decision.Kind.ACCEPTED);
        assertThat(compared).hasSize(1);
        assertThat(from(1, "ali", "sesam").kind()).isEqualTo(Decision.Kind.WRONG);
        assertThat(compared).hasSize(2);
    }

    @Test
    void shouldForgetWhatWasGoodWhenThePasswordChanges() {
        from(1, "ali", "sesame");
        accounts.set(List.of(new User("ali", Passwords.hash(bytes("other")), List.of(), List.of(), List.of(), false, 0)));
        assertThat(from(1, "ali", "sesame").kind()).isEqualTo(Decision.Kind.WRONG);
    }

    @Test
    void shouldNotLookAtAttemptsOfAnAddressThatFailedTooOften() {
        for (int i = 0; i < Throttle.ADDRESS_MAX; i++) {
            assertThat(from(1, "ali", "guess" + i).kind()).isEqualTo(Decision.Kind.WRONG);
        }
        final int before = compared.size();
        assertThat(from(1, "ali", "sesame")).isEqualTo(Decision.deferred(1000));
        assertThat(compared).hasSize(before);
        assertThat(from(2, "ali", "sesame").kind()).isEqualTo(Decision.Kind.ACCEPTED);
        nowMs += 1000;
        assertThat(from(1, "ali", "sesame").kind()).isEqualTo(Decision.Kind.ACCEPTED);
    }

    @Test
    void shouldLetInWhomItKnowsWhileManyGuess() {
        from(1, "ali", "sesame");
        for (int i = 0; i < Throttle.ALL_MAX; i++) {
            from(1000 + i, "ali", "guess");
        }
        final int before = compared.size();
        assertThat(from(2000, "baba", "x")).isEqualTo(Decision.deferred(200));
        assertThat(from(1, "ali", "sesame").kind()).isEqualTo(Decision.Kind.ACCEPTED);
        assertThat(compared).hasSize(before);
    }

    /** Else one could try passwords against what is known without bound while nothing is hashed. */
    @Test
    void shouldCountWhatIsNotLookedAtAgainstItsAddress() {
        for (int i = 0; i < Throttle.ALL_MAX; i++) {
            from(1000 + i, "ali", "guess");
        }
        for (int i = 0; i < Throttle.ADDRESS_MAX; i++) {
            assertThat(from(1, "ali", "guess" + i)).isEqualTo(Decision.deferred(200));
        }
        assertThat(from(1, "ali", "guess")).isEqualTo(Decision.deferred(1000));
    }

    @Test
    void shouldNotLookAtCredentialsThatOthersCanRead() {
        judge = judge(true);
        assertThat(judge.judge(bytes("ali"), bytes("sesame"), false, address(FAR), false)).isEqualTo(Decision.NOT_SECURE);
        assertThat(judge.judge(bytes("ali"), bytes("sesame"), false, null, false)).isEqualTo(Decision.NOT_SECURE);
        assertThat(compared).isEmpty();
        assertThat(judge.judge(bytes("ali"), bytes("sesame"), false, address(FAR), true).kind()).isEqualTo(Decision.Kind.ACCEPTED);
        assertThat(judge.judge(bytes("ali"), bytes("sesame"), false, address(LOCAL), false).kind()).isEqualTo(Decision.Kind.ACCEPTED);
    }

    @Test
    void shouldReadTokensOnlyWhereTheyMayBe() {
        final String digest = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
        final byte[] user = bytes("616c69" + digest);
        final byte[] password = bytes("736573616d65" + digest);
        assertThat(judge.judge(user, password, false, address(FAR), false).kind()).isEqualTo(Decision.Kind.WRONG);
        assertThat(judge.judge(user, password, true, address(FAR), false).kind()).isEqualTo(Decision.Kind.ACCEPTED);
        assertThat(judge.judge(bytes("ali"), bytes("sesame"), true, address(FAR), false).kind()).isEqualTo(Decision.Kind.ACCEPTED);
        assertThat(judge.judge(user, bytes("sesame"), true, address(FAR), false).kind()).isEqualTo(Decision.Kind.WRONG);
    }
}
