package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A consumer that does not read gets a bounded amount ahead; the others get the rest, and it loses nothing. */
class SlowConsumerTest {
    /** What the system may keep for a connection between the broker and a client that does not read. */
    private static final int RECEIVE_BYTES = 32 << 10;
    private static final int MESSAGES = 1000;
    private static final int MESSAGE_LENGTH = 40_000;
    /** Bytes that may lie unread: the window, and what the systems' buffers of both sides take without saying so. */
    private static final long UNREAD_BYTES_MAX = 16L << 20;

    @TempDir
    Path temp;

    private static void publish(final Wire wire, final String rest) {
        for (int i = 0; i < MESSAGES; i += 20) {
            final int first = i;
            wire.send(IntStream.range(first, first + 20).mapToObj(n -> "{'operation':'publish','queue':'q','text':'m" + n + rest + "'}")
                .toArray(String[]::new)).replies(20).forEach(reply -> assertThat(reply.isConfirmed()).isTrue());
        }
    }

    private static String number(final String text) {
        return text.substring(0, text.indexOf('-'));
    }

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "SHARED_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldHoldBackWhatIsNotReadAndGiveTheRestToOthers(final Setup setup) {
        try (TestBroker broker = new TestBroker(temp, setup.settings()); Wire wire = broker.connect();
            Mailbox slow = new Mailbox(new Wire(broker.address(), RECEIVE_BYTES)); Mailbox quick = new Mailbox(broker.connect())) {
            slow.consume("q", "'credit':100000,'as':'text'");
            publish(wire, "-" + "x".repeat(MESSAGE_LENGTH));
            quick.consume("q", "'credit':100000,'as':'text'");
            final List<String> texts = new ArrayList<>();
            while (wire.confirm("{'operation':'length','queue':'q'}").number("ready") > 0) {
                texts.addAll(quick.pushedSoFar());
            }
            texts.addAll(quick.pushedSoFar());
            final int held = MESSAGES - texts.size();
            assertThat((long) held * MESSAGE_LENGTH).as("bytes given to the one that does not read").isPositive().isLessThan(UNREAD_BYTES_MAX);
            quick.confirm("{'operation':'cancel','consumer':1}");
            texts.addAll(slow.pushedTexts(held));
            assertThat(texts.stream().map(SlowConsumerTest::number)).doesNotHaveDuplicates().hasSize(MESSAGES);
            wire.confirm("{'operation':'publish','queue':'q','text':'more-'}");
            assertThat(slow.pushedTexts(1)).as("reading gives room again").containsExactly("more-");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldGetAllInOrderWhenItReadsLate(final Setup setup) {
        try (TestBroker broker = new TestBroker(temp, setup.settings()); Wire wire = broker.connect();
            Mailbox slow = new Mailbox(new Wire(broker.address(), RECEIVE_BYTES))) {
            slow.consume("q", "'credit':100000,'lease_ms':0,'as':'text'");
            publish(wire, "-" + "x".repeat(MESSAGE_LENGTH));
            assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("ready")).as("still with the broker").isPositive();
            assertThat(slow.pushedTexts(MESSAGES).stream().map(SlowConsumerTest::number).toList())
                .isEqualTo(IntStream.range(0, MESSAGES).mapToObj(i -> "m" + i).toList());
            assertThat(wire.confirm("{'operation':'length','queue':'q'}").number("length")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldAnswerItsRequestsAllTheSame(final Setup setup) {
        try (TestBroker broker = new TestBroker(temp, setup.settings()); Wire wire = broker.connect();
            Mailbox slow = new Mailbox(new Wire(broker.address(), RECEIVE_BYTES))) {
            slow.consume("q", "'credit':100000,'as':'text'");
            publish(wire, "-" + "x".repeat(MESSAGE_LENGTH));
            slow.send("{'id':1,'operation':'length','queue':'q'}", "{'id':2,'operation':'cancel','consumer':1}");
            assertThat(slow.reply().number("length")).isEqualTo(MESSAGES);
            assertThat(slow.reply().isConfirmed()).isTrue();
            slow.wire().reset();
            Await.until("the end of its leases", () -> wire.confirm("{'operation':'length','queue':'q'}").number("ready") == MESSAGES);
        }
    }
}
