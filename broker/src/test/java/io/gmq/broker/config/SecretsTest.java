package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.journal.mysql.DatabaseAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final String SECRET = "hunter2";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', value = {
        "gmq:hunter2@(localhost:3306)/gmq#gmq:***@(localhost:3306)/gmq",
        "gmq:hunter2@tcp(db.example:3306)/gmq?parseTime=true#gmq:***@tcp(db.example:3306)/gmq?***",
        "gmq:hunter2@unix(/run/mysql.sock)/gmq#gmq:***@unix(/run/mysql.sock)/gmq",
        "gmq:hun@ter2:hunter2/x@(localhost)/gmq#gmq:***@(localhost)/gmq",
        "gmq@(localhost)/gmq#gmq@(localhost)/gmq",
        "gmq:hunter2@/gmq#gmq:***@/gmq",
        "jdbc:mysql://localhost:3306/gmq#jdbc:mysql://localhost:3306/gmq",
        "jdbc:mysql://gmq:hunter2@localhost:3306/gmq#jdbc:mysql://gmq:***@localhost:3306/gmq",
        "jdbc:mysql://localhost/gmq?user=gmq&password=hunter2#jdbc:mysql://localhost/gmq?***",
        "jdbc:mysql://a:1,b:2,[::1]:3/gmq?password=x@hunter2/y#jdbc:mysql://a:1,b:2,[::1]:3/gmq?***",
    })
    void shouldShowADataSourceWithoutItsPassword(final String dataSource, final String shown) {
        assertThat(Secrets.maskDataSource(dataSource)).isEqualTo(shown).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "hunter2", "gmq:hunter2", "gmq:hunter2@localhost/gmq", "jdbc:mysql://gmq:hunter2/gmq", "jdbc:mysql://gmq:p@hunter2@host/gmq",
        "jdbc:mysql://(host=a,password=hunter2)/gmq", "jdbc:mysql://address=(host=a)(password=hunter2)/gmq",
        "jdbc:mysql:hunter2", "gmq:a?@hunter2@(localhost)/gmq", "jdbc:mysql://gmq:a/hunter2@host/gmq",
        "jdbc:mysql://gmq:a?hunter2@host/gmq",
        "postgres://gmq:hunter2@localhost/gmq", "gmq:a@(hunter2)@(localhost)/gmq?a", "gmq:hunter2@(localhost)/gmq#x",
    })
    void shouldNotShowMuchOfADataSourceOfAnotherForm(final String dataSource) {
        assertThat(Secrets.maskDataSource(dataSource)).contains(Secrets.MASK).doesNotContain(SECRET);
    }

    @Test
    void shouldNotShowAnyPasswordThatADataSourceMayHold() {
        final Random random = new Random(4884);
        final String alphabet = "ab:@/()[]?&=%# \\";
        for (int round = 0; round < 20_000; round++) {
            final StringBuilder password = new StringBuilder(SECRET);
            for (int length = random.nextInt(12); length > 0; length--) {
                password.insert(random.nextBoolean() ? 0 : password.length(), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            final String dataSource = "gmq:" + password + "@tcp(localhost:3306)/gmq";
            assertThat(DatabaseAddress.parse(dataSource).toString()).isEqualTo("gmq@localhost:3306/gmq");
            assertThat(Secrets.maskDataSource(dataSource)).as("password %s", password).doesNotContain(SECRET);
        }
    }

    @Test
    void shouldShowThatNoSecretIsSet() {
        assertThat(Secrets.mask("")).isEmpty();
        assertThat(Secrets.maskDataSource("")).isEmpty();
    }

    @Test
    void shouldNotShowSecretsInAnyReport() {
        final Config config = Configs.of("auth.user=u", "auth.password=" + SECRET, "database.dsn=gmq:" + SECRET + "@(localhost)/gmq",
            "archive.dsn=jdbc:mysql://localhost/archive?user=gmq&password=" + SECRET);
        final List<String> shown = List.of(ConfigReport.table(config), ConfigReport.json(config), config.toString(),
            config.sentence(Keys.AUTH_PASSWORD), config.sentence(Keys.DATABASE_DSN), config.sentence(Keys.ARCHIVE_DSN),
            StartPlan.of(config, Configs.MACHINE).toString());
        assertThat(shown).allSatisfy(text -> assertThat(text).doesNotContain(SECRET));
        assertThat(ConfigReport.table(config)).contains("gmq:***@(localhost)/gmq");
    }

    @Test
    void shouldNotShowThePasswordOfAKey() {
        final Config config = Configs.of("tls.key_password=" + SECRET);
        assertThat(List.of(ConfigReport.table(config), ConfigReport.json(config), config.toString(), config.sentence(Keys.TLS_KEY_PASSWORD)))
            .allSatisfy(text -> assertThat(text).doesNotContain(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"auth\": {\"password\": [\"hunter2\"]}}", "{\"auth\": {\"password\": \"hunter2\\u0000\"}}",
        "{\"auth\": {\"pasword\": \"hunter2\"}}", "{\"auth\": {\"x\": \"hunter2\"}}", "{\"auth\": \"hunter2\"}",
        "{\"password\": \"hunter2\"}", "{\"pasword\": \"hunter2\"}", "{\"queue\": {\"password\": \"hunter2\"}}",
        "{\"database\": {\"dsn\": {\"password\": \"hunter2\"}}}", "{\"database\": {\"url\": \"jdbc:mysql://u:hunter2@h/d\"}}",
        "{\"dns\": \"gmq:hunter2@(localhost)/gmq\"}", "{\"queue\": {\"foo\": \"gmq:hunter2@(localhost)/gmq\"}}",
        "{\"auth\": {\"password\": \"hunter2\"}, \"network\": {\"port\": \"x\"}}",
    })
    void shouldNotRepeatSecretsInErrorsAboutAFile(final String text) {
        final Path file = Configs.write(folder, text);
        assertThat(Configs.refusalOf(() -> Configs.loader().file(file).load())).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "auth.password hunter2", "auth.pasword=hunter2", "auth.passwordhunter2", "hunter2", "password=hunter2", "auth.password=hunter2\n",
        "database.dsn=gmq:hunter2@(localhost)/gmq\u0000", "archive.url=hunter2", "tls.key_pasword=hunter2", "tls.key_password=hunter2\u0000",
    })
    void shouldNotRepeatSecretsInErrorsAboutAFlag(final String assignment) {
        assertThat(Configs.refusalOf(() -> Configs.of(assignment))).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GMQ_AUTH_PASS", "GMQ_PASSPHRASE", "GMQ_DATABASE_URL", "GMQ_TLS_SECRET", "GMQ_ADMIN_TOKEN"})
    void shouldNotRepeatSecretsInErrorsAboutAVariable(final String name) {
        assertThat(Configs.refusalOf(() -> Configs.loader().environment(Map.of(name, SECRET)))).contains(name).doesNotContain(SECRET);
    }

    @Test
    void shouldNotShowValuesWhereSettingsArePrinted() {
        assertThat(new Config.Setting(SECRET, Source.flag("--set"))).hasToString("flag --set");
        assertThat(Given.plain(SECRET, Source.flag("--set"))).hasToString("flag --set");
    }
}
