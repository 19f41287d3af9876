package io.gmq.broker.cli;

import static io.gmq.broker.cli.CommandRun.lines;
import static io.gmq.broker.cli.FakeBroker.no;
import static io.gmq.broker.cli.FakeBroker.yes;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.auth.User;
import io.gmq.broker.auth.UsersFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UserCommandsTest {
    @TempDir
    private Path folder;

    private Path users;

    @BeforeEach
    void name() {
        users = folder.resolve("users");
    }

    private CommandRun user(final String input, final String... arguments) {
        final String[] all = new String[arguments.length + 3];
        all[0] = "user";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--users";
        all[all.length - 1] = users.toString();
        return CommandRun.of(CommandRun.piped(input), all);
    }

    private User stored(final String name) {
        return new UsersFile(users).find(name);
    }

    @Test
    void shouldAddListChangeAndRemove() throws IOException {
        assertThat(user("sesame\n", "add", "ali", "--publish", "orders.>", "--publish", "x", "--consume", "a.*", "--configure", ">", "--rate", "100"))
            .isEqualTo(new CommandRun(0, lines("added 'ali'"), ""));
        assertThat(user("", "add", "machine", "--certificate-only", "--admin")).isEqualTo(new CommandRun(0, lines("added 'machine'"), ""));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users))).isEqualTo("rw-------");
        assertThat(Files.readString(users)).doesNotContain("sesame");

        assertThat(user("", "ls").out()).isEqualTo(lines(
            "user       password        rate  rights",
            "ali             yes       100/s  publish orders.>, publish x, consume a.*, configure >",
            "machine        none           -  admin"));
        assertThat(user("", "ls", "--json").out()).isEqualTo(lines(
            "{\"user\":\"ali\",\"password\":true,\"admin\":false,\"publish\":[\"orders.>\",\"x\"],\"consume\":[\"a.*\"],\"configure\":[\">\"],\"rate\":100}",
            "{\"user\":\"machine\",\"password\":false,\"admin\":true,\"publish\":[],\"consume\":[],\"configure\":[],\"rate\":0}"));

        final String hash = stored("ali").hash();
        assertThat(user("other\n", "passwd", "ali")).isEqualTo(new CommandRun(0, lines("changed the password of 'ali'"), ""));
        assertThat(stored("ali").hash()).isNotEqualTo(hash);
        assertThat(stored("ali")).isEqualTo(stored("ali").withHash(stored("ali").hash()));
        assertThat(stored("ali").rate()).isEqualTo(100);

        assertThat(user("", "rm", "ali")).isEqualTo(new CommandRun(0, lines("removed 'ali'"), ""));
        assertThat(new UsersFile(users).read()).extracting(User::name).containsExactly("machine");
    }

    @Test
    void shouldReadAPasswordFromAFile() throws IOException {
        final Path secret = Files.writeString(folder.resolve("secret"), "sesame\nanother line\n");
        assertThat(user("ignored", "add", "ali", "--password-file", secret.toString()).exitCode()).isZero();
        assertThat(user("", "add", "baba", "--password-file", folder.resolve("none").toString()).errors())
            .startsWith("gmq: cannot read the password from ").doesNotContain("sesame");
    }

    @Test
    void shouldAskTwiceOnATerminal() {
        final CommandRun run = CommandRun.of(CommandRun.terminal("sesame\nsesame\n"), "user", "add", "ali", "--users", users.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).contains("Password of 'ali': ", "Once more: ").doesNotContain("sesame");
        final CommandRun differing = CommandRun.of(CommandRun.terminal("sesame\nsesam\n"), "user", "add", "baba", "--users", users.toString());
        assertThat(differing.exitCode()).isEqualTo(ExitCodes.FAILED);
        assertThat(differing.errors()).contains("gmq: the two passwords differ; nothing was changed").doesNotContain("sesam");
        assertThat(new UsersFile(users).read()).extracting(User::name).containsExactly("ali");
    }

    @Test
    void shouldSayWhatIsWrongOnOneLine() {
        assertThat(user("", "add", "ali").errors()).isEqualTo(lines("gmq: a password must have 1 to 1024 bytes"));
        assertThat(user("x\n", "add", "ali", "--publish", "a..b").errors())
            .isEqualTo(lines("gmq: the pattern 'a..b' has an empty word; words are parted by single dots"));
        assertThat(user("", "ls").errors()).isEqualTo(lines("gmq: the users' file " + users + " does not exist; 'gmq user add' makes it"));
        user("x\n", "add", "ali");
        assertThat(user("x\n", "add", "ali").errors()).startsWith("gmq: user 'ali' is in ");
        assertThat(user("x\n", "passwd", "baba").errors()).startsWith("gmq: there is no user 'baba' in ");
        assertThat(user("", "rm", "baba").exitCode()).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void shouldFindTheFileByVariableOrConfiguration() throws IOException {
        final Path configuration = Files.writeString(folder.resolve("gmq.json"), "{\"auth\":{\"users\":\"" + users + "\"}}");
        assertThat(CommandRun.of(CommandRun.piped("x\n"), "user", "add", "a", "-f", configuration.toString()).exitCode()).isZero();
        assertThat(CommandRun.of(CommandRun.piped("x\n", Map.of("GMQ_AUTH_USERS", users.toString())), "user", "add", "b").exitCode()).isZero();
        assertThat(new UsersFile(users).read()).extracting(User::name).containsExactly("a", "b");
        final CommandRun nowhere = CommandRun.of("user", "ls");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(nowhere.errors()).startsWith("gmq: there is no users' file; name it with --users");
    }

    @Test
    void shouldLogInWithAPasswordThatIsNoArgument() throws IOException {
        final String hello = "{\"id\":1,\"operation\":\"hello\",\"version\":1,\"auth\":{\"user\":\"ali\",\"password\":\"sesame\"}}";
        final Path secret = Files.writeString(folder.resolve("secret"), "sesame\n");
        try (FakeBroker broker = new FakeBroker(request -> yes("\"message\":1"))) {
            CommandRun.of(CommandRun.piped("", Map.of("GMQ_PASSWORD", "sesame")), "publish", "-q", "q", "--port", broker.port(), "--user", "ali", "x");
            CommandRun.of(CommandRun.piped("", Map.of("GMQ_USER", "ali", "GMQ_PASSWORD", "sesame")), "publish", "-q", "q", "--port", broker.port(), "x");
            CommandRun.of("publish", "-q", "q", "--port", broker.port(), "--user", "ali", "--password-file", secret.toString(), "x");
            final CommandRun typed =
                CommandRun.of(CommandRun.terminal("sesame\n"), "publish", "-q", "q", "--port", broker.port(), "--user", "ali", "x");
            assertThat(typed.errors()).isEqualTo("Password of 'ali': " + System.lineSeparator());
            assertThat(broker.requests()).hasSize(8).filteredOn(request -> request.contains("hello")).hasSize(4).containsOnly(hello);
        }
        final CommandRun without = CommandRun.of("publish", "-q", "q", "--user", "ali", "x");
        assertThat(without.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(without.errors()).startsWith("gmq: user 'ali' needs a password; set GMQ_PASSWORD, or give --password-file");
    }

    @Test
    void shouldSayThatItWasNotLetIn() throws IOException {
        try (FakeBroker broker = new FakeBroker(request -> no("unauthorized", "there is no such user with that password"))) {
            final CommandRun run = CommandRun.of(CommandRun.piped("", Map.of("GMQ_PASSWORD", "sesame")), "queues", "--port", broker.port(), "--user", "ali");
            assertThat(run).isEqualTo(new CommandRun(1, "", lines("gmq: there is no such user with that password (unauthorized)")));
        }
    }

    @Test
    void shouldNotShowWhatIsTyped() {
        final Shell unseen = new Shell(new ByteArrayInputStream(new byte[0]), Map.of(), true, true, true, () -> null);
        assertThat(CommandRun.of(unseen, "user", "add", "ali", "--users", users.toString()).errors())
            .endsWith(lines("gmq: a password cannot be typed unseen here; give it in a file, with --password-file"));
    }
}
