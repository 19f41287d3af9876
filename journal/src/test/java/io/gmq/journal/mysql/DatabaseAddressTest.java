package io.gmq.journal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
    private static final String SECRET = "hush";

    private static String password(final DatabaseAddress address) {
        return address.properties().getProperty("password");
    }

    private static String option(final String dsn, final String name) {
        return DatabaseAddress.parse(dsn).properties().getProperty(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gmq:hush@(localhost:3306)/gmq                      | gmq@localhost:3306/gmq",
        "gmq:hush@tcp(db.example.com:3307)/q                | gmq@db.example.com:3307/q",
        "gmq:hush@tcp(db)/q                                 | gmq@db:3306/q",
        "gmq:hush@tcp6([::1]:3307)/q?charset=utf8&x=y       | gmq@[::1]:3307/q",
        "gmq:hush@([de:ad::ca:fe])/q                        | gmq@[de:ad::ca:fe]:3306/q",
        "gmq:hush@tcp/q                                     | gmq@127.0.0.1:3306/q",
        "gmq:hush@/q                                        | gmq@127.0.0.1:3306/q",
        "gmq@(localhost)/q                                  | gmq@localhost:3306/q",
        "jdbc:mysql://gmq:hush@localhost:3307/q             | gmq@localhost:3307/q",
        "jdbc:mysql://gmq:hush@localhost/q                  | gmq@localhost:3306/q",
        "jdbc:mysql://[::1]:3307/q?user=gmq&password=hush   | gmq@[::1]:3307/q",
        "jdbc:mysql:///q?user=gmq                           | gmq@127.0.0.1:3306/q",
        "jdbc:mysql://g%6dq:hush@localhost/a%5Fb            | gmq@localhost:3306/a_b",
        "gmq:hush@(localhost)/größe                         | gmq@localhost:3306/größe"})
    void shouldReadBothForms(final String dsn, final String expected) {
        assertThat(DatabaseAddress.parse(dsn)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "hush", "", "a@b", "a:b", "a/b", "@", ":", "/", "a@(b:1)/c", "p@tcp(host)/x?y=z", "100%", "ü ß", "?&=#", "a\tb"})
    void shouldTakeAnyPasswordInTheOriginalsForm(final String password) {
        final DatabaseAddress address = DatabaseAddress.parse("gmq:" + password + "@tcp(localhost:3306)/q?charset=utf8mb4");
        assertThat(password(address)).isEqualTo(password);
        assertThat(address).hasToString("gmq@localhost:3306/q");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jdbc:mysql://gmq:p%40ss%2Fword%3A%25@localhost/q                     | p@ss/word:%",
        "jdbc:mysql://gmq:a@b@localhost/q                                     | a@b",
        "jdbc:mysql://gmq:a+b@localhost/q                                     | a+b",
        "jdbc:mysql://localhost/q?user=gmq&password=a%2Bb%26c%3Dd             | a+b&c=d",
        "jdbc:mysql://localhost/q?PASSWORD=hush&User=gmq                      | hush",
        "jdbc:mysql://gmq@localhost/q?password=hush                           | hush",
        "jdbc:mysql://gmq:hush@localhost/q?user=other&password=another        | hush"})
    void shouldDecodeThePasswordOfAUrl(final String dsn, final String password) {
        final DatabaseAddress address = DatabaseAddress.parse(dsn);
        assertThat(password(address)).isEqualTo(password);
        assertThat(address).hasToString("gmq@localhost:3306/q");
    }

    @Test
    void shouldKeepTheUserApartFromThePassword() {
        assertThat(option("a@server:hush@(localhost)/q", "user")).isEqualTo("a@server");
        assertThat(option("jdbc:mysql://a%40server:hush@localhost/q", "user")).isEqualTo("a@server");
        assertThat(option("gmq@(localhost)/q", "password")).isEmpty();
    }

    @Test
    void shouldGiveTheDriverHostPortAndNameOnly() {
        assertThat(DatabaseAddress.parse("jdbc:mysql://gmq:hush@[::1]/größe?autoReconnect=true").url())
            .isEqualTo("jdbc:mysql://[::1]:3306/gr%C3%B6%C3%9Fe");
    }

    @Test
    void shouldTakeFromAUrlHowTheConnectionIsEncryptedAndNothingThatGmqDecides() {
        final String dsn = "jdbc:mysql://gmq@localhost/q?SSLMODE=VERIFY_CA&trustCertificateKeyStoreUrl=file%3A%2Fa+b&autoReconnect=true"
            + "&socketTimeout=0&allowLoadLocalInfile=true&sessionVariables=sql_mode%3D''&queryInterceptors=x.Y&odd&=";
        assertThat(DatabaseAddress.parse(dsn).properties()).containsOnlyKeys("user", "password", "sslMode", "trustCertificateKeyStoreUrl")
            .containsEntry("sslMode", "VERIFY_CA").containsEntry("trustCertificateKeyStoreUrl", "file:/a b");
    }

    @ParameterizedTest
    @CsvSource({"true, VERIFY_IDENTITY", "skip-verify, REQUIRED", "preferred, PREFERRED", "false, DISABLED"})
    void shouldNotLoseTheOriginalsOptionForEncryption(final String word, final String mode) {
        assertThat(option("gmq@(localhost)/q?charset=utf8&tls=" + word + "&loc=Local", "sslMode")).isEqualTo(mode);
        assertThat(option("gmq@(localhost)/q?tls=" + word, "sslMode")).isEqualTo(mode);
        assertThat(option("gmq@(localhost)/q?notls=" + word, "sslMode")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "hush", "/", "@", "@/", "gmq:hush@", "gmq:hush@(localhost)", "gmq:hush@(localhost)/", "gmq:hush@localhost:3306/q",
        "gmq:hush@unix(/tmp/mysql.sock)/q", "gmq:hush@(localhost/q", "gmq:hush@localhost)/q", "gmq:hush@(a b)/q", "gmq:hush@(::1)/q",
        "gmq:hush@(localhost:0)/q", "gmq:hush@(localhost:65536)/q", "gmq:hush@(localhost:99999999999)/q", "gmq:hush@(localhost:)/q",
        ":hush@(localhost)/q", "(localhost)/q", "gmq:hush@(localhost)/q?tls=hush", "gmq:hush@(localhost)/q?loc=US/Pacific",
        "gmq:hush@(localhost)/a;b", "g\nq:hush@(localhost)/q", "gmq:hush@(a,b)/q", "gmq:hush@(localhost)/q/../hush",
        "jdbc:mysql://", "jdbc:mysql://gmq:hush@localhost", "jdbc:mysql://gmq:hush@localhost/", "jdbc:mysql://localhost/q",
        "jdbc:mysql://:hush@localhost/q", "jdbc:mysql://gmq:hush/@localhost/q", "jdbc:mysql://gmq:12/hush@localhost/q?user=gmq",
        "jdbc:mysql://gmq:hush%@localhost/q", "jdbc:mysql://gmq:%zzhush@localhost/q", "jdbc:mysql://gmq:hush@a,b/q",
        "jdbc:mysql://gmq:hush@(host=localhost)/q", "jdbc:mysql://address=(host=localhost)(password=hush)/q?user=gmq",
        "jdbc:mysql://gmq:hush@localhost/q#hush", "jdbc:mysql:replication://gmq:hush@localhost/q", "jdbc:mariadb://gmq:hush@localhost/q",
        "JDBC:MYSQL://gmq:hush@localhost/q", "mysql://gmq:hush@localhost/q"})
    void shouldSayInOneLineWhatToWriteAndKeepTheSecret(final String dsn) {
        assertThatThrownBy(() -> DatabaseAddress.parse(dsn)).isInstanceOf(IllegalArgumentException.class).hasNoCause()
            .satisfies(e -> assertThat(e.getMessage())
                .matches("[^\n]+; write user:password@\\(host:3306\\)/name or jdbc:mysql://user:password@host:3306/name")
                .doesNotContain(SECRET));
    }

    @Test
    void shouldNotShowAUserThatMayBeAPassword() {
        assertThat(DatabaseAddress.parse("gmq/hush@(localhost)/q")).hasToString("***@localhost:3306/q");
    }

    @Test
    void shouldReadOrRefuseWhateverItIsGiven() {
        final long seed = 42;
        final Random random = new Random(seed);
        final String alphabet = "jdbc:mysql://@()[]?&=%+#aZ0_$-. ,;\\\n\u0000ü";
        for (int round = 0; round < 200_000; round++) {
            final StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "jdbc:mysql://" : "");
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            readOrRefuse(text.toString());
        }
    }

    private static void readOrRefuse(final String text) {
        try {
            final DatabaseAddress address = DatabaseAddress.parse(text);
            assertThat(address.toString()).doesNotContain("\n");
            assertThat(address.url()).matches("jdbc:mysql://([\\w.-]+|\\[[0-9A-Fa-f:.]+]):[0-9]+/[\\w$%.-]+");
        } catch (final IllegalArgumentException refused) {
            assertThat(refused.getMessage()).endsWith("/name");
        }
    }
}
