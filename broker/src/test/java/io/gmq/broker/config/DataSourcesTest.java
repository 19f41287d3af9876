package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourcesTest {
    private static final String DATABASE = "queue.queue_type=database";
    private static final String DSN = "database.dsn=gmq:hunter2@(localhost:3306)/gmq";
    private static final String ARCHIVE = "archive.dsn=gmq:hunter2@(localhost:3306)/archive";

    @TempDir
    private Path folder;

    private static StartPlan plan(final String... assignments) {
        return StartPlan.of(Configs.of(assignments), Configs.MACHINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql", "mariadb", "MySQL", ""})
    void shouldTakeADatabaseOfThisVendor(final String vendor) {
        assertThatCode(() -> plan(DATABASE, DSN, "database.vendor=" + vendor)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnotherVendor() {
        assertThat(Configs.refusalOf(() -> plan(DATABASE, DSN, "database.vendor=postgres"))).isEqualTo("database.vendor is 'postgres' "
            + "(flag --set); it must be mysql or mariadb where queue.queue_type is 'database' (flag --set)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "database"})
    void shouldRefuseStorageDatabaseWithoutADatabase(final String type) {
        assertThat(Configs.refusalOf(() -> plan("queue.queue_type=" + type))).isEqualTo("queue.queue_type is 'database' (flag --set) "
            + "and database.dsn is empty; it must say where the database is, user:password@(host:3306)/name");
    }

    @Test
    void shouldNameKeyAndSourceOfADataSourceThatIsNone() {
        final Path file = Configs.write(folder, """
            {"queue": {"queue_type": 2}, "database": {"dsn": "gmq:hunter2@localhost:3306/gmq"}}""");
        assertThat(Configs.refusalOf(() -> StartPlan.of(Configs.loader().file(file).load(), Configs.MACHINE))).isEqualTo(
            "database.dsn is '***' (file " + file + "); the host must stand in brackets, and be reached by TCP; "
                + "write user:password@(host:3306)/name or jdbc:mysql://user:password@host:3306/name");
        assertThat(Configs.refusalOf(() -> plan("archive.dsn=jdbc:mysql://gmq:hunter2@a,b/archive"))).isEqualTo(
            "archive.dsn is 'jdbc:mysql://gmq:***@a,b/archive' (flag --set); the host is not one name or address with a port; "
                + "write user:password@(host:3306)/name or jdbc:mysql://user:password@host:3306/name");
    }

    @ParameterizedTest
    @CsvSource({"filesystem", "memory"})
    void shouldNotMindADatabaseThatTheStorageDoesNotNeed(final String storage) {
        assertThatCode(() -> plan("queue.queue_type=" + storage, "database.vendor=oracle", "database.dsn=nonsense"))
            .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnArchiveOfWhatHasNoJournal() {
        assertThat(Configs.refusalOf(() -> plan(ARCHIVE, "queue.queue_type=memory"))).isEqualTo(
            "archive.dsn is 'gmq:***@(localhost:3306)/archive' (flag --set); an archive follows the journal, and storage 'memory' "
                + "(flag --set) has none; use filesystem or database, or no archive");
        assertThatCode(() -> plan(ARCHIVE)).doesNotThrowAnyException();
        assertThatCode(() -> plan(ARCHIVE, DATABASE, DSN)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseReplicatedInADatabaseToo() {
        assertThat(Configs.refusalOf(() -> plan(DATABASE, DSN, "journal.durability=replicated")))
            .startsWith("journal.durability is 'replicated' (flag --set); a cluster is not in this release yet");
        for (final String level : new String[] {"memory", "written", "synced"}) {
            assertThatCode(() -> plan(DATABASE, DSN, "journal.durability=" + level)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldKnowTheTimesAndTheirBounds() {
        final Config config = Configs.of();
        assertThat(config.get(Keys.DATABASE_TIMEOUT_MS)).isEqualTo(10_000);
        assertThat(config.get(Keys.DATABASE_START_WAIT_MS)).isEqualTo(60_000);
        assertThat(config.get(Keys.DATABASE_LEASE_MS)).isEqualTo(5_000);
        assertThat(config.get(Keys.ARCHIVE_KEEP_BYTES)).isEqualTo(1L << 30);
        assertThat(config.get(Keys.ARCHIVE_DSN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "database.timeout_ms=999", "database.timeout_ms=601s", "database.start_wait_ms=25h", "database.lease_ms=2999", "database.lease_ms=601s",
        "archive.keep_bytes=67108863"})
    void shouldRefuseWhatIsOutOfBounds(final String assignment) {
        assertThat(Configs.refusalOf(() -> Configs.of(assignment))).startsWith(assignment.substring(0, assignment.indexOf('=')) + " is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "database.timeout_ms=1s", "database.timeout_ms=10m", "database.start_wait_ms=0", "database.start_wait_ms=1d", "database.lease_ms=3s",
        "database.lease_ms=10m", "archive.keep_bytes=64MiB"})
    void shouldTakeWhatIsJustWithinBounds(final String assignment) {
        assertThatCode(() -> Configs.of(assignment)).doesNotThrowAnyException();
    }
}
