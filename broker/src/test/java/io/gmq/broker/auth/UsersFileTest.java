package io.gmq.broker.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersFileTest {
    private static final String HASH = "$2b$10$WvvTPHKwdBJ3uk0Z37EMR.hLA2W6N9AEBhEgrAOljy2Ae5MtaSIUi";

    @TempDir
    private Path folder;

    private Path path;
    private UsersFile file;

    @BeforeEach
    void name() {
        path = folder.resolve("users");
        file = new UsersFile(path);
    }

    private static User user(final String name) {
        return new User(name, HASH, List.of("orders.>"), List.of("a", "b.*"), List.of(), false, 100);
    }

    private void write(final String text) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private String refusal() {
        try {
            file.read();
        } catch (final UsersException e) {
            return e.getMessage();
        }
        throw new AssertionError("it was read");
    }

    @Test
    void shouldReadWhatItWrote() {
        final User plain = new User("é \"x\"", null, List.of(), List.of(), List.of(">"), true, 0);
        file.add(user("shop"));
        file.add(plain);
        assertThat(file.read()).containsExactly(user("shop"), plain);
        assertThat(file.find("shop")).isEqualTo(user("shop"));
    }

    @Test
    void shouldWriteOneReadableLineForEachUserForItsOwnerAlone() throws IOException {
        file.add(user("shop"));
        assertThat(Files.readAllLines(path)).hasSize(2).last()
            .isEqualTo("{\"user\":\"shop\",\"password\":\"" + HASH + "\",\"publish\":[\"orders.>\"],\"consume\":[\"a\",\"b.*\"],\"rate\":100}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        file.add(user("other"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing left beside it").containsExactly(path);
        }
    }

    @Test
    void shouldKeepWhatIsForPeople() throws IOException {
        write("# ours\n\n{\"user\":\"a\"}\n# theirs\n{\"user\":\"b\",\"admin\":true}\n");
        file.remove("a");
        file.replace(file.find("b").withHash(HASH));
        file.add(new User("c", null, List.of(), List.of(), List.of(), false, 0));
        assertThat(Files.readAllLines(path)).containsExactly("# ours", "", "# theirs", "{\"user\":\"b\",\"password\":\"" + HASH + "\",\"admin\":true}",
            "{\"user\":\"c\"}");
    }

    @Test
    void shouldWriteThroughALink() throws IOException {
        file.add(user("a"));
        final Path link = Files.createSymbolicLink(folder.resolve("link"), path);
        new UsersFile(link).add(user("b"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file.read()).extracting(User::name).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwxr-xr-x"})
    void shouldRefuseAFileThatIsOpenToOthers(final String permissions) throws IOException {
        file.add(user("a"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        assertThat(refusal()).isEqualTo("the users' file " + path + " is open to others (" + permissions + "); run 'chmod 600' on it");
    }

    @Test
    void shouldSayThatThereIsNone() {
        assertThat(refusal()).isEqualTo("the users' file " + path + " does not exist; 'gmq user add' makes it");
        assertThat(file.exists()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "[]", "{\"user\":\"a\"", "{\"user\":\"a\"} {}", "{}", "{\"user\":7}", "{\"user\":\"\"}", "{\"user\":\"a\",\"user\":\"b\"}",
        "{\"user\":\"a\",\"admn\":true}", "{\"user\":\"a\",\"admin\":1}", "{\"user\":\"a\",\"publish\":\"x\"}", "{\"user\":\"a\",\"publish\":[1]}",
        "{\"user\":\"a\",\"publish\":[\"a..b\"]}", "{\"user\":\"a\",\"rate\":-1}", "{\"user\":\"a\",\"rate\":1e9}",
        "{\"user\":\"a\",\"rate\":99999999999999999999}", "{\"user\":\"a\",\"password\":\"hunter2\"}", "{\"user\":\"a\\u0007\"}"})
    void shouldRefuseALineThatIsNoUserAndSayWhereItIs(final String line) throws IOException {
        write("# one\n" + line + "\n");
        assertThat(refusal()).startsWith(path + ":2: ").doesNotContain("hunter2").doesNotContain("\n").doesNotContain("\u0007");
    }

    @Test
    void shouldRefuseAUserThatIsThereTwice() throws IOException {
        write("{\"user\":\"a\"}\n{\"user\":\"a\"}\n");
        assertThat(refusal()).isEqualTo(path + ":2: user 'a' is there twice");
    }

    @Test
    void shouldRefuseWhatChangesNothingThatIsThere() {
        file.add(user("a"));
        assertThatThrownBy(() -> file.add(user("a"))).isInstanceOf(UsersException.class).hasMessageContaining("is in " + path + " already");
        assertThatThrownBy(() -> file.remove("b")).isInstanceOf(UsersException.class).hasMessageContaining("there is no user 'b'");
        assertThatThrownBy(() -> file.replace(user("b"))).isInstanceOf(UsersException.class).hasMessageContaining("there is no user 'b'");
        assertThat(file.read()).containsExactly(user("a"));
    }

    @Test
    void shouldNotShowHashesOfUsers() {
        assertThat(user("a").toString()).isEqualTo("user 'a'");
    }
}
