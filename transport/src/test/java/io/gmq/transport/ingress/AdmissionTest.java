package io.gmq.transport.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Presentation;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.codec.Right;
import io.gmq.transport.tcp.ByteHandler;
import io.gmq.transport.tcp.Connection;
import io.gmq.transport.tcp.TestConnections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of connections that have to be let in, with a gate that decides when the test says so. */
final class AdmissionTest {
    private static final CodecSettings SETTINGS = new CodecSettings(new Limits(100, 1000, 2000, 5000, 1 << 26, 1000), 64 << 10, Durability.MEMORY,
        Durability.SYNCED, "filesystem", "GMQ test");
    private static final String HELLO = "{'id':1,'operation':'hello','version':1,'auth':{'user':'ali','password':'sesame'}}\n";
    private static final String PUBLISH = "{'id':2,'operation':'publish','queue':'q','text':''}\n";
    private static final String TAKE = "{'id':3,'operation':'take','queue':'q'}\n";

    private final TestConnections connections = new TestConnections();
    private final RecordedCommands commands = new RecordedCommands();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Account account = new Account("ali");
    private boolean isGateFull;
    private ByteHandler reader;

    private final Gate gate = new Gate() {
        @Override
        public boolean offer(final Attempt attempt) {
            return !isGateFull && attempts.add(attempt);
        }

        @Override
        public Account ofCertificate(final String subject) {
            return null;
        }
    };

    @BeforeEach
    void open() {
        account.grant((name, length) -> Right.PUBLISH.bit(), 0);
        final Connection connection = connections.open(1);
        reader = new Ingress(SETTINGS, 1 << 20, commands, () -> 1234, gate).newHandler(connection);
    }

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    /** How much of it was taken. */
    private int arrive(final String text) {
        final byte[] bytes = bytes(text);
        return reader.onBytes(bytes, 0, bytes.length);
    }

    private static byte[] bytes(final String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private boolean isLast(final int command) {
        return (CommandHeader.presentation(new UnsafeBuffer(commands.commands.get(command)), 0) & Presentation.CLOSE) != 0;
    }

    private String text(final int command) {
        return new String(commands.commands.get(command), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldWaitForTheGateAndThenGoOnInOrder() {
        final String all = HELLO + PUBLISH + TAKE;
        assertThat(arrive(all)).isZero();
        assertThat(arrive(all)).as("while it is not decided").isZero();
        assertThat(attempts).hasSize(1);
        assertThat(attempts.get(0).user()).isEqualTo(bytes("ali"));
        assertThat(attempts.get(0).password()).isEqualTo(bytes("sesame"));
        assertThat(attempts.get(0).isOneShot()).isFalse();
        assertThat(commands.commands).isEmpty();
        attempts.get(0).accept(account);
        assertThat(arrive(all)).isEqualTo(all.length());
        assertThat(commands.types()).containsExactly(CommandType.HELLO, CommandType.PUBLISH, CommandType.REJECT);
        assertThat(text(2)).contains("'consume' on 'q'");
        assertThat(isLast(2)).isFalse();
        assertThat(attempts.get(0).password()).as("wiped").containsOnly(0);
    }

    @Test
    void shouldDecideOnceAlsoWhereTheRingIsFull() {
        arrive(HELLO);
        attempts.get(0).accept(account);
        commands.room = 0;
        assertThat(arrive(HELLO)).isZero();
        commands.room = 9;
        assertThat(arrive(HELLO)).isEqualTo(HELLO.length());
        assertThat(attempts).hasSize(1);
        assertThat(commands.types()).containsExactly(CommandType.HELLO);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        PUBLISH, "{'operation':'ping'}\n", "{'operation':'hello','version':1}\n", "{'operation':'queues'}\n", "nonsense\n", "{'operation':'nope'}\n",
        "{'operation':'hello','version':1,'auth':{'user':'','password':''}}\n", "{'operation':'hello','version':2,'auth':{'user':'u','password':'p'}}\n",
        "{'operation':'S','queue':'q','auth':{'user':'u','password':'p'}}\n", "{'operation':'S','queue':'q'}",
        "{'operation':'S','queue':'q','auth':{'user':'','password':''}}"})
    void shouldEndWithAnythingElseBeforeItIsLetIn(final String request) {
        assertThat(arrive(request)).isEqualTo(request.length());
        assertThat(attempts).isEmpty();
        assertThat(commands.types()).containsExactly(CommandType.REJECT);
        assertThat(text(0)).contains("this broker has accounts");
        assertThat(isLast(0)).isTrue();
    }

    @Test
    void shouldDoNothingOfWhatComesBehindARefusal() {
        arrive(HELLO);
        attempts.get(0).refuse();
        assertThat(arrive(HELLO + PUBLISH)).isEqualTo(HELLO.length() + PUBLISH.length());
        assertThat(commands.types()).containsExactly(CommandType.REJECT);
        assertThat(text(0)).contains("there is no such user with that password").doesNotContain("sesame").doesNotContain("ali");
        assertThat(isLast(0)).isTrue();
    }

    @Test
    void shouldSayWhenToTryAgainWhereItWasNotLookedAt() {
        arrive(HELLO);
        attempts.get(0).defer(1500);
        arrive(HELLO);
        assertThat(text(0)).contains("try again later");
        assertThat(isLast(0)).isTrue();
    }

    @Test
    void shouldNotWaitForAGateThatIsFull() {
        isGateFull = true;
        assertThat(arrive(HELLO)).isZero();
        assertThat(arrive(HELLO)).isEqualTo(HELLO.length());
        assertThat(text(0)).contains("try again later");
    }

    @Test
    void shouldLetInAOneShotRequestWithItsOwnCredentials() {
        final String request = "{'operation':'P','queue':'q','payload':'','auth':{'user':'ali','password':'sesame'}}";
        assertThat(arrive(request)).isZero();
        assertThat(attempts.get(0).isOneShot()).isTrue();
        attempts.get(0).accept(account);
        assertThat(arrive(request)).isEqualTo(request.length());
        assertThat(commands.types()).containsExactly(CommandType.PUBLISH);
    }

    @Test
    void shouldCheckTheRightsOfAOneShotRequest() {
        final String request = "{'operation':'S','queue':'q','auth':{'user':'ali','password':'sesame'}}";
        arrive(request);
        attempts.get(0).accept(account);
        assertThat(arrive(request)).isEqualTo(request.length());
        assertThat(commands.types()).containsExactly(CommandType.REJECT);
        assertThat(text(0)).contains("'consume' on 'q'");
    }

    @Test
    void shouldBoundTheRateOfAUserAndCountARequestOnce() {
        account.grant(NameRights.ALL, 2);
        arrive(HELLO);
        attempts.get(0).accept(account);
        arrive(HELLO);
        commands.room = 0;
        for (int i = 0; i < 5; i++) {
            assertThat(arrive(PUBLISH)).isZero();
        }
        commands.room = 9;
        arrive(PUBLISH + PUBLISH + PUBLISH);
        assertThat(commands.types()).containsExactly(CommandType.HELLO, CommandType.PUBLISH, CommandType.PUBLISH, CommandType.REJECT);
        assertThat(text(3)).contains("2 requests a second");
        assertThat(isLast(3)).isFalse();
    }

    @Test
    void shouldEndWithTheNextRequestWhenTheAccountHasEnded() {
        arrive(HELLO);
        attempts.get(0).accept(account);
        arrive(HELLO);
        account.revoke();
        arrive(PUBLISH + PUBLISH);
        assertThat(commands.types()).containsExactly(CommandType.HELLO, CommandType.CLOSE, CommandType.REJECT);
        assertThat(isLast(2)).isTrue();
    }

    @Test
    void shouldEndWithTheNextPushWhenTheAccountHasEnded() {
        arrive(HELLO);
        attempts.get(0).accept(account);
        arrive(HELLO);
        account.revoke();
        commands.room = 0;
        assertThat(reader.onFlushed()).isFalse();
        commands.room = 9;
        assertThat(reader.onFlushed()).isTrue();
        assertThat(reader.onFlushed()).isTrue();
        assertThat(commands.types()).containsExactly(CommandType.HELLO, CommandType.CLOSE, CommandType.REJECT);
        assertThat(arrive(PUBLISH)).as("dropped").isEqualTo(PUBLISH.length());
        assertThat(commands.types()).hasSize(3);
    }

    @Test
    void shouldBecomeSomebodyElseWithAnotherHello() {
        arrive(HELLO);
        attempts.get(0).accept(account);
        arrive(HELLO);
        final Account other = new Account("baba");
        other.grant(NameRights.ALL, 0);
        arrive(HELLO + TAKE);
        attempts.get(1).accept(other);
        arrive(HELLO + TAKE);
        assertThat(commands.types()).containsExactly(CommandType.HELLO, CommandType.HELLO, CommandType.TAKE);
    }

    @Test
    void shouldKnowWhatToSayToWhoComesTooLate() {
        assertThat(new String(reader.lateFrame(), StandardCharsets.UTF_8)).startsWith("{\"confirmation\":\"N\",\"error\":{\"code\":\"unauthorized\"");
        assertThat(new Ingress(SETTINGS, 1 << 20, commands, () -> 1234, null).newHandler(connections.open(2)).lateFrame()).isNull();
    }
}
