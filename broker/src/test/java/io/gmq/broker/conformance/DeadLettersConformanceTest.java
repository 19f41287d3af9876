package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that come back too often or grow too old: attempts, expiry and dead letters, sections 4 and 5. */
class DeadLettersConformanceTest extends ConformanceTest {
    private String dead() {
        return q + "-dead";
    }

    /** Begins with so many attempts, and the dead letter queue. */
    private void allow(final int attempts) {
        configure("'max_attempts':" + attempts + ",'dead_letter':'" + dead() + "'");
    }

    private Reply nack(final long message) {
        return confirm("{'operation':'nack','queue':'$q','message':" + message + "}");
    }

    private Reply takeDead() {
        return confirm("{'operation':'take','queue':'$q-dead','max':100,'lease_ms':0,'as':'text'}");
    }

    private Map<String, Object> origin(final long message, final String reason) {
        return Map.of("gmq-origin-queue", q, "gmq-origin-message", Long.toString(message), "gmq-reason", reason);
    }

    @Test
    void shouldSendAMessageToTheDeadLetterQueueWhenItsAttemptsAreUsedUp() {
        allow(2);
        final long message = confirm("{'operation':'publish','queue':'$q','text':'poison','priority':6}").number("message");
        take();
        nack(message);
        assertThat(confirm("{'operation':'take','queue':'$q','as':'text'}").messages().get(0).number("attempt")).isEqualTo(2);
        confirm("{'operation':'nack','queue':'$q','message':" + message + ",'delay_ms':600000,'priority':1}");
        final Reply letter = takeDead().messages().get(0);
        assertThat(letter.members()).containsEntry("text", "poison").containsEntry("priority", 6L).doesNotContainKey("attempt");
        assertThat(letter.number("message")).as("a new id").isGreaterThan(message);
        assertThat(letter.object("headers").members()).isEqualTo(origin(message, "max_attempts"));
        assertThat(describe().members()).containsEntry("length", 0L).containsEntry("dead_lettered", 1L).containsEntry("expired", 0L);
        assertThat(describe("$q-dead").members()).containsEntry("published", 1L).containsEntry("dead_lettered", 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nack", "time", "connection"})
    void shouldCountAnyEndOfALeaseAndParkWhereThereIsNoDeadLetterQueue(final String end) {
        configure("'max_attempts':1");
        final long message = confirm("{'operation':'publish','queue':'$q','text':'x','headers':{'a':'b'}}").number("message");
        try (Wire other = connect()) {
            other.confirm(on("{'operation':'take','queue':'$q','lease_ms':" + (end.equals("time") ? 40 : 600_000) + "}"));
            if (end.equals("nack")) {
                nack(message);
            } else if (end.equals("connection")) {
                other.reset();
            }
            awaitCount("parked", 1);
        }
        final Reply parked = peek("parked").get(0);
        assertThat(parked.members()).containsEntry("message", message).containsEntry("reason", "max_attempts");
        assertThat(parked.object("headers").members()).as("no headers of a dead letter").isEqualTo(Map.of("a", "b"));
        assertThat(describe().members()).containsEntry("dead_lettered", 0L).containsEntry("length", 1L);
        confirm("{'operation':'kick','queue':'$q'}");
        assertThat(confirm("{'operation':'take','queue':'$q'}").messages().get(0).has("attempt")).as("counted anew").isFalse();
    }

    @Test
    void shouldSendWhatHasExpiredToTheDeadLetterQueue() {
        configure("'dead_letter':'" + dead() + "'");
        final long message = confirm("{'operation':'publish','queue':'$q','text':'stale','ttl_ms':20,'headers':{'a':'b','gmq-reason':'old'}}").number("message");
        final Reply letter = confirm("{'operation':'take','queue':'$q-dead','wait_ms':20000,'as':'text'}").messages().get(0);
        assertThat(letter.string("text")).isEqualTo("stale");
        assertThat(letter.object("headers").members()).containsEntry("a", "b").containsAllEntriesOf(origin(message, "expired")).hasSize(4);
        assertThat(List.copyOf(letter.object("headers").members().keySet()))
            .containsExactly("a", "gmq-origin-queue", "gmq-origin-message", "gmq-reason");
        assertThat(describe().members()).containsEntry("expired", 1L).containsEntry("dead_lettered", 1L).containsEntry("length", 0L);
    }

    @Test
    void shouldParkWhatTheDeadLetterQueueHasNoRoomFor() {
        allow(1);
        confirm("{'operation':'configure','queue':'$q-dead','capacity':1}");
        confirm("{'operation':'publish','queue':'$q-dead','text':'full'}");
        final long message = publish("x");
        take();
        nack(message);
        final Reply parked = peek("parked").get(0);
        assertThat(parked.members()).containsEntry("message", message).containsEntry("reason", "max_attempts").doesNotContainKey("headers");
        assertThat(describe().members()).containsEntry("dead_lettered", 0L).containsEntry("parked", 1L);
        assertThat(takeDead().texts()).containsExactly("full");
    }

    @Test
    void shouldAddItsHeadersAlsoWhereThereAreAsManyAsMayBe() {
        allow(1);
        final String headers = String.join(",", IntStream.range(0, 32).mapToObj(i -> "'h" + i + "':'" + "x".repeat(120) + "'").toList());
        final long message = confirm("{'operation':'publish','queue':'$q','text':'x','headers':{" + headers + "}}").number("message");
        take();
        nack(message);
        assertThat(takeDead().messages().get(0).object("headers").members()).hasSize(35).containsAllEntriesOf(origin(message, "max_attempts"));
    }

    @Test
    void shouldDropTheOldestDeadLetterWhereThatIsAsked() {
        allow(1);
        confirm("{'operation':'configure','queue':'$q-dead','capacity':1,'on_full':'drop_oldest'}");
        for (final String text : new String[] {"first", "second"}) {
            final long message = publish(text);
            take();
            nack(message);
        }
        assertThat(describe("$q-dead").members()).containsEntry("dropped", 1L).containsEntry("published", 2L);
        assertThat(takeDead().texts()).containsExactly("second");
    }

    @Test
    void shouldApplyAChangeOfMaxAttemptsFromTheNextReleaseOn() {
        configure("'max_attempts':5");
        final long message = publish("x");
        for (int attempt = 1; attempt <= 3; attempt++) {
            take();
            nack(message);
        }
        configure("'max_attempts':2");
        assertThat(length().number("ready")).as("it has been given back before").isEqualTo(1);
        assertThat(take()).isEqualTo(message);
        nack(message);
        assertThat(length().number("parked")).isEqualTo(1);
    }

    @Test
    void shouldDeliverWithoutEndWhereNothingIsSet() {
        final long message = publish("x");
        for (int attempt = 1; attempt <= 20; attempt++) {
            take();
            nack(message);
        }
        assertThat(confirm("{'operation':'take','queue':'$q'}").messages().get(0).number("attempt")).isEqualTo(21);
    }

    @Test
    void shouldLookAtAttemptsBeforeExpiry() {
        allow(1);
        wire.send(on("{'operation':'publish','queue':'$q','messages':[{'text':'both','ttl_ms':100},{'text':'old','ttl_ms':100}]}"),
            on("{'operation':'take','queue':'$q'}"));
        final long message = wire.reply().number("first");
        assertThat(wire.reply().ids()).containsExactly(message);
        awaitCount("expired", 1);
        nack(message);
        final List<Reply> letters = takeDead().messages();
        assertThat(letters).extracting(letter -> letter.object("headers").string("gmq-reason")).containsExactly("expired", "max_attempts");
        assertThat(describe().number("expired")).isEqualTo(1);
    }

    @Test
    void shouldGiveADeadLetterTheTimeToLiveOfItsNewQueue() {
        allow(1);
        confirm("{'operation':'configure','queue':'$q-dead','ttl_ms':30}");
        final long message = publish("x");
        take();
        nack(message);
        Await.until("the letter's end", () -> describe("$q-dead").number("expired") == 1);
        assertThat(describe("$q-dead").number("length")).isZero();
    }

    @Test
    void shouldPushDeadLettersToTheConsumersOfTheirQueue() {
        allow(1);
        try (Mailbox box = new Mailbox(connect())) {
            box.consume(dead(), "'credit':10,'as':'text'");
            publish("a");
            publish("b");
            final List<Long> ids = confirm("{'operation':'take','queue':'$q','max':2}").ids();
            confirm("{'operation':'nack','queue':'$q','messages':" + ids + "}");
            assertThat(box.pushedTexts(2)).containsExactly("a", "b");
        }
    }

    @Test
    void shouldParkAgainWhereTheDeadLetterQueueIsUnset() {
        allow(1);
        configure("'dead_letter':''");
        final long message = publish("x");
        take();
        nack(message);
        assertThat(length().number("parked")).isEqualTo(1);
        assertThat(ask("{'operation':'length','queue':'$q-dead'}").code()).isEqualTo("no_such_queue");
    }
}
