package io.gmq.broker.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.transport.codec.Right;
import io.gmq.transport.ingress.Account;
import io.gmq.transport.ingress.NameRights;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AccountsTest {
    private static final String ONE_HASH = "$2b$10$WvvTPHKwdBJ3uk0Z37EMR.hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUi";
    private static final String OTHER_HASH = "$2b$10$WvvTPHKwdBJ3uk0Z37EMR.hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUj";

    private final Accounts accounts = new Accounts(null);

    private static User user(final String name, final String hash, final String publish) {
        return new User(name, hash, List.of(publish), List.of(), List.of(), false, 0);
    }

    private static int rights(final Account account, final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return account.rights().of(bytes, bytes.length);
    }

    @Test
    void shouldGiveTheRightsOfThePatterns() {
        accounts.set(List.of(new User("a", ONE_HASH, List.of("x", "y.*"), List.of("y.>"), List.of("z"), false, 0)));
        final Account account = accounts.find("a").account();
        assertThat(rights(account, "x")).isEqualTo(Right.PUBLISH.bit());
        assertThat(rights(account, "y.1")).isEqualTo(Right.PUBLISH.bit() | Right.CONSUME.bit());
        assertThat(rights(account, "z")).isEqualTo(Right.CONFIGURE.bit());
        assertThat(rights(account, "other")).isZero();
        assertThat(accounts.find("b")).isNull();
    }

    @Test
    void shouldGiveAnAdministratorEverything() {
        accounts.set(List.of(new User("a", ONE_HASH, List.of(), List.of(), List.of(), true, 0)));
        assertThat(accounts.find("a").account().rights()).isSameAs(NameRights.ALL);
    }

    @Test
    void shouldChangeTheRightsOfWhoIsLetInAlready() {
        accounts.set(List.of(user("a", ONE_HASH, "x")));
        final Account account = accounts.find("a").account();
        accounts.set(List.of(user("a", ONE_HASH, "y")));
        assertThat(accounts.find("a").account()).isSameAs(account);
        assertThat(rights(account, "x")).isZero();
        assertThat(rights(account, "y")).isEqualTo(Right.PUBLISH.bit());
    }

    @Test
    void shouldEndTheAccountOfWhoIsGoneOrHasAnotherPassword() {
        accounts.set(List.of(user("a", ONE_HASH, "x"), user("b", ONE_HASH, "x"), user("c", ONE_HASH, "x")));
        final Account a = accounts.find("a").account();
        final Account b = accounts.find("b").account();
        final Account c = accounts.find("c").account();
        accounts.set(List.of(user("b", OTHER_HASH, "x"), user("c", ONE_HASH, "x")));
        assertThat(a.rights()).isNull();
        assertThat(b.rights()).isNull();
        assertThat(c.rights()).isNotNull();
        assertThat(accounts.find("a")).isNull();
        assertThat(accounts.find("b").account().rights()).isNotNull();
    }

    @Test
    void shouldKeepTheConfiguredAccountBesideThoseOfTheFile() {
        final Accounts both = new Accounts(new User("root", ONE_HASH, List.of(), List.of(), List.of(), true, 0));
        final Account root = both.find("root").account();
        both.set(List.of(user("a", ONE_HASH, "x")));
        both.set(List.of());
        assertThat(both.find("root").account()).isSameAs(root);
        assertThat(root.rights()).isSameAs(NameRights.ALL);
        assertThatThrownBy(() -> both.set(List.of(user("b", ONE_HASH, "x"), user("root", ONE_HASH, "x")))).isInstanceOf(UsersException.class);
        assertThat(both.find("b")).isNull();
        assertThat(root.rights()).isSameAs(NameRights.ALL);
    }
}
