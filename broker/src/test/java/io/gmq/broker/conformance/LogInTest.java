package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.gmq.broker.auth.Passwords;
import io.gmq.broker.auth.User;
import io.gmq.broker.auth.UsersException;
import io.gmq.broker.auth.UsersFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A broker with accounts: who is let in, what each may do, and that nothing of a secret comes out. */
class LogInTest {
    private static final String SECRET = "0pen sésame";
    private static final String HASH = Passwords.hash(SECRET.getBytes(StandardCharsets.UTF_8));
    private static final String DIGEST_OF_NOTHING = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
    /** As the broker may fail from one address at once. */
    private static final int FAILURES = 10;

    @TempDir
    Path folder;

    private UsersFile users;
    private TestBroker broker;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void start() {
        users = new UsersFile(folder.resolve("users"));
        users.add(new User("shop", HASH, List.of("orders.>"), List.of("answers.*"), List.of(), false, 0));
        users.add(new User("worker", HASH, List.of("answers.*"), List.of("orders.>"), List.of("orders.>"), false, 0));
        users.add(new User("meter", HASH, List.of(">"), List.of(), List.of(), false, 2));
        log.start();
        ((Logger) LoggerFactory.getLogger("io.gmq")).addAppender(log);
        broker = new TestBroker(folder.resolve("data"), settings());
    }

    private String[] settings() {
        return new String[] {"network.interface=127.0.0.1", "queue.queue_type=memory", "ring.profile=compact", "auth.users=" + users.path(),
            "auth.user=boss", "auth.password=" + SECRET};
    }

    @AfterEach
    void stop() {
        broker.close();
        ((Logger) LoggerFactory.getLogger("io.gmq")).detachAppender(log);
    }

    private static String hello(final String user, final String password) {
        return "{'operation':'hello','version':1,'auth':{'user':'" + user + "','password':'" + password + "'}}";
    }

    private Wire as(final String user) {
        final Wire wire = broker.connect();
        wire.confirm(hello(user, SECRET));
        return wire;
    }

    private String oneShot(final String request) {
        try (Wire original = broker.connect()) {
            return original.sendRaw(request.replace('\'', '"')).rest();
        }
    }

    private static String token(final String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + DIGEST_OF_NOTHING;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'id':1,'operation':'ping'}", "{'operation':'hello','version':1}", "{'operation':'publish','queue':'orders.a','text':'x'}",
        "{'operation':'take','queue':'orders.a','wait_ms':1000}", "{'operation':'queues'}", "no json"})
    void shouldRefuseEverythingWithoutAnAccountAndClose(final String request) {
        try (Wire wire = broker.connect()) {
            wire.send(request, "{'operation':'publish','queue':'orders.a','text':'behind'}");
            final Reply refusal = wire.reply();
            assertThat(refusal.code()).isEqualTo("unauthorized");
            assertThat(wire.rest()).isEmpty();
        }
        try (Wire boss = as("boss")) {
            assertThat(boss.confirm("{'operation':'queues'}").objects("queues")).isEmpty();
        }
    }

    @Test
    void shouldLetInWithHelloAndGoOnInOrder() {
        try (Wire wire = broker.connect()) {
            wire.send("{'id':1," + hello("shop", SECRET).substring(1), "{'id':2,'operation':'publish','queue':'orders.a','text':'x'}",
                "{'operation':'publish','queue':'orders.a','text':'y'}");
            assertThat(wire.reply().number("version")).isEqualTo(1);
            final List<Reply> replies = wire.replies(2);
            assertThat(replies).allMatch(Reply::isConfirmed);
            assertThat(replies.stream().map(reply -> reply.number("message"))).containsExactly(1L, 2L);
        }
    }

    /** More than one read brings, and the client ends its half while it is still being decided who it is. */
    @Test
    void shouldLoseNothingOfWhatIsSentBehindAHello() {
        final int count = 4000;
        final String publish = "{'operation':'publish','queue':'orders.a','text':'" + "x".repeat(100) + "'}\n";
        try (Wire wire = broker.connect()) {
            wire.sendRaw((hello("shop", SECRET) + "\n" + publish.repeat(count)).replace('\'', '"')).endOutput();
            final List<Reply> replies = wire.replies(1 + count);
            assertThat(replies).allMatch(Reply::isConfirmed);
            assertThat(replies.get(count).number("message")).isEqualTo(count);
            assertThat(wire.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("io.gmq.broker.conformance.Setup#tested")
    void shouldLetManyInAtOnceWhateverTheThreads(final Setup setup) {
        final String[] settings = setup.settings("network.interface=127.0.0.1", "auth.users=" + users.path());
        final List<Wire> wires = new ArrayList<>();
        try (TestBroker other = new TestBroker(folder.resolve("other"), settings)) {
            for (int i = 0; i < 20; i++) {
                wires.add(other.connect().send(hello(i % 2 == 0 ? "shop" : "worker", SECRET), "{'operation':'publish','queue':'orders.a','text':'x'}"));
            }
            for (int i = 0; i < wires.size(); i++) {
                assertThat(wires.get(i).reply().isConfirmed()).isTrue();
                assertThat(wires.get(i).reply().isConfirmed()).as("shop may, worker may not").isEqualTo(i % 2 == 0);
            }
        } finally {
            wires.forEach(Wire::close);
        }
    }

    @Test
    void shouldNotTellAWrongNameFromAWrongPassword() {
        final String wrongPassword;
        try (Wire wire = broker.connect()) {
            wrongPassword = wire.send(hello("shop", "wr0ng")).line();
            assertThat(wire.rest()).isEmpty();
        }
        try (Wire wire = broker.connect()) {
            assertThat(wire.send(hello("nobody", "wr0ng")).line()).isEqualTo(wrongPassword);
            assertThat(wire.rest()).isEmpty();
        }
        assertThat(Reply.of(wrongPassword).code()).isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'id':9,'operation':'publish','queue':'answers.a','text':'x'}", "{'id':9,'operation':'publish','topic':'answers.a','text':'x'}",
        "{'id':9,'operation':'take','queue':'orders.a','wait_ms':10}", "{'id':9,'operation':'S','queue':'orders.a'}", "{'id':9,'operation':'L','queue':'orders.a'}",
        "{'id':9,'operation':'consume','queue':'orders.a','credit':1}", "{'id':9,'operation':'ack','queue':'orders.a','message':1}",
        "{'id':9,'operation':'peek','queue':'orders.a'}", "{'id':9,'operation':'describe','queue':'orders.a'}",
        "{'id':9,'operation':'configure','queue':'orders.a','capacity':1}", "{'id':9,'operation':'purge','queue':'orders.a'}",
        "{'id':9,'operation':'delete','queue':'orders.a'}", "{'id':9,'operation':'kick','queue':'orders.a'}",
        "{'id':9,'operation':'bind','topic':'orders.a','queue':'orders.b'}", "{'id':9,'operation':'queues'}",
        "{'id':9,'operation':'atomic','steps':[{'operation':'publish','queue':'orders.a','text':'x'},{'operation':'publish','queue':'other','text':'x'}]}"})
    void shouldForbidWhatThereIsNoRightForAndStay(final String request) {
        try (Wire wire = as("shop"); Wire boss = as("boss")) {
            final Reply refusal = wire.ask(request);
            assertThat(refusal.number("id")).isEqualTo(9);
            assertThat(refusal.code()).isEqualTo("forbidden");
            wire.confirm("{'operation':'ping'}");
            assertThat(boss.confirm("{'operation':'queues'}").objects("queues")).as("nothing has changed").isEmpty();
        }
    }

    @Test
    void shouldSayWhichStepIsForbidden() {
        try (Wire wire = as("shop")) {
            final Reply refusal = wire.ask("{'operation':'atomic','steps':[{'operation':'publish','queue':'orders.a','text':'x'},"
                + "{'operation':'publish','queue':'other','text':'x'}]}");
            assertThat(refusal.error().number("step")).isEqualTo(1);
        }
    }

    @Test
    void shouldForbidABindingThatStandsForMoreThanItsUserMayHave() {
        try (Wire wire = as("worker")) {
            wire.confirm("{'operation':'bind','topic':'orders.*','queue':'orders.mine'}");
            assertThat(wire.ask("{'operation':'bind','topic':'>','queue':'orders.mine'}").code()).isEqualTo("forbidden");
            assertThat(wire.ask("{'operation':'bind','topic':'orders.*','queue':'theirs'}").code()).isEqualTo("forbidden");
            assertThat(wire.ask("{'operation':'configure','queue':'orders.mine','dead_letter':'theirs'}").code()).isEqualTo("forbidden");
        }
    }

    @Test
    void shouldAllowWhatThereIsARightFor() {
        try (Wire shop = as("shop"); Wire worker = as("worker")) {
            shop.confirm("{'operation':'publish','queue':'orders.a','text':'x'}");
            final long message = worker.confirm("{'operation':'take','queue':'orders.a'}").ids().get(0);
            worker.confirm("{'operation':'atomic','steps':[{'operation':'ack','queue':'orders.a','message':" + message
                + "},{'operation':'publish','queue':'answers.a','text':'y'}]}");
            assertThat(shop.confirm("{'operation':'length','queue':'answers.a'}").number("ready")).isEqualTo(1);
            worker.confirm("{'operation':'delete','queue':'orders.a'}");
        }
    }

    @Test
    void shouldCheckRightsAfterSyntax() {
        try (Wire wire = as("shop")) {
            assertThat(wire.ask("{'operation':'publish','queue':'other','text':'x','priority':11}").code()).isEqualTo("bad_request");
        }
    }

    @Test
    void shouldLetTheOriginalsClientsInWithTokensAndWithWords() {
        final String published = "{\"operation\":\"P\",\"queue\":\"orders.a\",\"payload\":\"aGk=\",\"confirmation\":\"Y\",\"error\":null,"
            + "\"auth\":{\"user\":\"\",\"password\":\"\"}}";
        final String request = "{'operation':'P','queue':'orders.a','payload':'aGk=','confirmation':'','error':null,'auth':{'user':'%s','password':'%s'}}";
        assertThat(oneShot(String.format(request, token("shop"), token(SECRET)))).isEqualTo(published);
        assertThat(oneShot(String.format(request, "shop", SECRET))).isEqualTo(published);
        assertThat(oneShot(String.format(request, token("boss"), token(SECRET)))).isEqualTo(published);
        final String forbidden = oneShot(String.format(request.replace("orders.a", "other"), token("shop"), token(SECRET)));
        assertThat(forbidden).contains("\"code\":\"forbidden\"").endsWith("\"auth\":{\"user\":\"\",\"password\":\"\"}}");
    }

    @Test
    void shouldRefuseAOneShotRequestWithoutAnAccountInItsForm() {
        for (final String auth : new String[] {
            "", ",'auth':{'user':'','password':''}", ",'auth':{'user':'shop','password':'wr0ng'}", ",'auth':{'user':'" + token("shop") + "','password':'" + token("wr0ng") + "'}"}) {
            final String answer = oneShot("{'operation':'P','queue':'orders.a','payload':'aGk='" + auth + "}");
            assertThat(answer).startsWith("{\"operation\":\"P\",\"queue\":\"orders.a\",\"payload\":\"\",\"confirmation\":\"N\",\"error\":{\"code\":\"unauthorized\"")
                .endsWith("\"auth\":{\"user\":\"\",\"password\":\"\"}}").doesNotContain("wr0ng").doesNotContain(token("wr0ng")).doesNotContain("shop");
        }
    }

    @Test
    void shouldSayNothingOfASecretInRepliesAndLog() {
        final String name = "ev\\u001b[31mil\\nforged line";
        try (Wire wire = broker.connect()) {
            assertThat(wire.send(hello(name, "wr0ngsecret")).rest()).doesNotContain("wr0ngsecret").doesNotContain("forged").contains("unauthorized");
        }
        as("shop").close();
        final List<String> lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).anyMatch(line -> line.startsWith("refused to let in user 'ev\\u001b[31mil\\u000aforged line' from 127.0.0.1"));
        assertThat(lines).noneMatch(line -> line.contains("wr0ngsecret") || line.contains(SECRET) || line.contains(HASH) || line.contains("\n") || line.contains("\u001b"));
    }

    @Test
    void shouldNotLookAtAttemptsOfAnAddressThatFailedTooOften() {
        for (int i = 0; i < FAILURES; i++) {
            try (Wire wire = broker.connect()) {
                wire.ask(hello("nobody" + i, "wr0ng"));
            }
        }
        Reply refusal = null;
        for (int i = 0; i < FAILURES && (refusal == null || refusal.code().equals("unauthorized")); i++) {
            try (Wire wire = broker.connect()) {
                refusal = wire.ask(hello("nobody", "wr0ng"));
                assertThat(wire.rest()).isEmpty();
            }
        }
        assertThat(refusal.code()).isEqualTo("overloaded");
        assertThat(refusal.error().number("retry_after_ms")).isBetween(1L, 1000L);
    }

    @Test
    void shouldBoundTheRateOfAUserAndStay() {
        try (Wire wire = as("meter")) {
            wire.confirm("{'operation':'publish','queue':'a','text':'x'}");
            wire.confirm("{'operation':'publish','queue':'a','text':'x'}");
            Reply refusal;
            do {
                refusal = wire.ask("{'operation':'publish','queue':'a','text':'x'}");
            } while (refusal.isConfirmed());
            assertThat(refusal.code()).isEqualTo("overloaded");
            assertThat(refusal.error().number("retry_after_ms")).isBetween(1L, 1000L);
        }
    }

    @Test
    void shouldFollowTheUsersFile() {
        try (Wire shop = as("shop"); Wire worker = as("worker")) {
            users.add(new User("late", HASH, List.of(), List.of(), List.of(), true, 0));
            users.replace(new User("shop", HASH, List.of(), List.of("orders.>"), List.of(), false, 0));
            users.remove("worker");
            Await.until("other rights", () -> !shop.ask("{'operation':'publish','queue':'orders.a','text':'x'}").isConfirmed());
            shop.confirm("{'operation':'length','queue':'orders.a'}");
            assertThat(worker.ask("{'operation':'ping'}").code()).isEqualTo("unauthorized");
            assertThat(worker.rest()).isEmpty();
            as("late").close();
        }
    }

    @Test
    void shouldStopPushingToWhoIsNoLongerLetIn() {
        try (Wire worker = as("worker"); Wire shop = as("shop")) {
            worker.confirm("{'operation':'consume','queue':'orders.a','credit':100000,'lease_ms':0}");
            users.remove("worker");
            Await.until("worker is gone", () -> {
                try (Wire again = broker.connect()) {
                    return !again.ask(hello("worker", SECRET)).isConfirmed();
                }
            });
            shop.confirm("{'operation':'publish','queue':'orders.a','text':'x'}");
            final String rest = worker.rest();
            assertThat(rest.lines().filter(line -> line.contains("\"messages\""))).as("at most one more push").hasSizeLessThan(2);
            assertThat(rest).contains("\"unauthorized\"");
        }
    }

    @Test
    void shouldKeepTheUsersWhereTheFileCannotBeUsed() throws IOException {
        Files.writeString(users.path(), "nonsense\n");
        Await.until("a line in the log", () -> log.list.stream().anyMatch(event -> event.getFormattedMessage().contains("the users stay as they were")));
        as("shop").close();
    }

    @Test
    void shouldNotStartWithAFileThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(users.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new TestBroker(folder.resolve("other"), settings())).isInstanceOf(UsersException.class)
            .hasMessageContaining("is open to others (rw-r--r--); run 'chmod 600' on it");
    }
}
