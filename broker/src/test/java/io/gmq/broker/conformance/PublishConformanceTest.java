package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time to live, publishing without doubles, and fewer confirmations: section 3 of the protocol. */
class PublishConformanceTest extends ConformanceTest {
    /** A name that no other test uses. */
    private Reply produce(final long sequence, final String text) {
        return ask("{'operation':'publish','queue':'$q','text':'" + text + "','producer':'p-$q','sequence':" + sequence + "}");
    }

    @Test
    void shouldDropAMessageThatIsNotTakenInTime() {
        publish("stays");
        confirm("{'operation':'publish','queue':'$q','text':'goes','ttl_ms':30}");
        confirm("{'operation':'publish','queue':'$q','text':'waits','ttl_ms':600000}");
        awaitCount("expired", 1);
        assertThat(describe().number("length")).isEqualTo(2);
        assertThat(drain().texts()).containsExactly("stays", "waits");
    }

    @Test
    void shouldCountTheTimeToLiveFromPublishingAlsoWhileDelayed() {
        confirm("{'operation':'publish','queue':'$q','text':'x','delay_ms':600000,'ttl_ms':30}");
        awaitCount("expired", 1);
        assertThat(describe().number("length")).isZero();
    }

    @Test
    void shouldNotLetALeasedMessageExpireBeforeItIsGivenBack() {
        wire.send(on("{'operation':'publish','queue':'$q','messages':[{'text':'held','ttl_ms':100},{'text':'ready','ttl_ms':100}]}"),
            on("{'operation':'take','queue':'$q','as':'text'}"));
        final long held = wire.reply().number("first");
        assertThat(wire.reply().texts()).containsExactly("held");
        awaitCount("expired", 1);
        assertThat(describe().number("leased")).isEqualTo(1);
        confirm("{'operation':'nack','queue':'$q','message':" + held + "}");
        assertThat(describe().members()).containsEntry("expired", 2L).containsEntry("length", 0L).containsEntry("acked", 0L);
    }

    @Test
    void shouldTakeTheMessagesOwnTimeToLiveBeforeThatOfItsQueue() {
        configure("'ttl_ms':30");
        confirm("{'operation':'publish','queue':'$q','messages':[{'text':'by default'},{'text':'for ever','ttl_ms':0},{'text':'long','ttl_ms':600000}]}");
        awaitCount("expired", 1);
        assertThat(drain().texts()).containsExactly("for ever", "long");
    }

    @Test
    void shouldStoreARepeatedSequenceOnce() {
        final Reply first = produce(5, "a");
        final Reply again = produce(5, "something else");
        assertThat(first.members().keySet()).containsExactly("confirmation", "message");
        assertThat(again.members()).containsEntry("confirmation", "Y").containsEntry("duplicate", true)
            .containsEntry("message", first.number("message"));
        try (Wire other = connect()) {
            final Reply elsewhere = other.confirm(on("{'operation':'publish','queue':'$q-other','text':'a','producer':'p-$q','sequence':5}"));
            assertThat(elsewhere.members()).containsEntry("duplicate", true).containsEntry("message", first.number("message"));
        }
        assertThat(ask("{'operation':'length','queue':'$q-other'}").code()).isEqualTo("no_such_queue");
        assertThat(drain().texts()).containsExactly("a");
        assertThat(produce(5, "a").members()).as("after it was taken").containsEntry("duplicate", true);
    }

    @Test
    void shouldAcceptASequenceAboveTheLastAndRefuseToStoreOneBelow() {
        produce(1, "a");
        assertThat(produce(10, "b").has("duplicate")).as("gaps are allowed").isFalse();
        for (final long sequence : new long[] {1, 9}) {
            final Reply below = produce(sequence, "x");
            assertThat(below.members().keySet()).as("sequence %d", sequence).containsExactlyInAnyOrder("confirmation", "duplicate");
        }
        assertThat(produce(11, "c").has("duplicate")).isFalse();
        assertThat(drain().texts()).containsExactly("a", "b", "c");
    }

    @Test
    void shouldKeepProducersApart() {
        produce(7, "mine");
        final Reply other = confirm("{'operation':'publish','queue':'$q','text':'other','producer':'p-$q-2','sequence':7}");
        assertThat(other.has("duplicate")).isFalse();
        publish("none");
        publish("none");
        assertThat(drain().texts()).containsExactly("mine", "other", "none", "none");
    }

    @Test
    void shouldRepeatTheAnswerToABatch() {
        final String batch = "{'operation':'publish','queue':'$q','messages':[{'text':'a'},{'text':'b'}],'producer':'p-$q','sequence':1}";
        final Reply first = confirm(batch);
        assertThat(confirm(batch).members()).containsEntry("duplicate", true).containsEntry("first", first.number("first")).containsEntry("count", 2L);
        assertThat(drain().texts()).containsExactly("a", "b");
    }

    @Test
    void shouldFindADuplicateBeforeItLooksAtSizeAndRoom() {
        configure("'capacity':1,'max_message_length':10");
        produce(1, "a");
        assertThat(produce(1, "a").members()).as("the queue is full").containsEntry("duplicate", true);
        assertThat(produce(1, "x".repeat(11)).members()).as("too long").containsEntry("duplicate", true);
        assertThat(produce(2, "b").code()).isEqualTo("queue_full");
        assertThat(produce(2, "x".repeat(11)).code()).isEqualTo("message_too_large");
        drain();
        assertThat(produce(2, "b").has("duplicate")).as("a refusal does not use its sequence up").isFalse();
    }

    @Test
    void shouldConfirmWithTheLastOfMany() {
        final int count = 2000;
        final List<String> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(on("{'operation':'publish','queue':'$q','text':'" + i + "','confirm':'last'}"));
        }
        requests.add(on("{'operation':'publish','queue':'$q','text':'end','confirm':'each'}"));
        wire.send(requests.toArray(String[]::new));
        final Reply reply = wire.reply();
        assertThat(reply.members().keySet()).containsExactlyInAnyOrder("confirmation", "message", "confirmed");
        assertThat(reply.number("confirmed")).isEqualTo(count);
        confirm("{'operation':'ping'}");
        assertThat(wire.isSilent()).isTrue();
        assertThat(length().number("ready")).isEqualTo(count + 1);
    }

    @Test
    void shouldAnswerARefusedOneByItselfAndNotCountIt() {
        configure("'capacity':3,'max_message_length':10");
        wire.send(
            on("{'id':1,'operation':'publish','queue':'$q','text':'a','confirm':'last'}"),
            on("{'id':2,'operation':'publish','queue':'$q','text':'" + "x".repeat(11) + "','confirm':'last'}"),
            on("{'id':3,'operation':'publish','queue':'$q','text':'b','priority':10,'confirm':'last'}"),
            on("{'id':4,'operation':'publish','queue':'$q','text':'c','confirm':'last'}"),
            on("{'id':5,'operation':'publish','queue':'$q','text':'d'}"),
            on("{'id':6,'operation':'publish','queue':'$q','text':'e','confirm':'last'}"));
        final List<Reply> replies = new ArrayList<>(wire.replies(4));
        replies.sort((left, right) -> Long.compare(left.number("id"), right.number("id")));
        assertThat(replies).extracting(reply -> reply.number("id")).containsExactly(2L, 3L, 5L, 6L);
        assertThat(replies.get(0).code()).isEqualTo("message_too_large");
        assertThat(replies.get(1).code()).isEqualTo("bad_request");
        assertThat(replies.get(2).number("confirmed")).isEqualTo(2);
        assertThat(replies.get(3).code()).isEqualTo("queue_full");
        assertThat(drain().texts()).containsExactly("a", "c", "d");
    }

    @Test
    void shouldCountAnewAfterEachConfirmationAndForEachConnection() {
        final String last = on("{'operation':'publish','queue':'$q','text':'l','confirm':'last'}");
        final String each = on("{'operation':'publish','queue':'$q','text':'e'}");
        try (Wire other = connect()) {
            other.send(last, last).confirm("{'operation':'ping'}");
            wire.send(last, each, last, last, last, each, each);
            assertThat(wire.reply().number("confirmed")).isEqualTo(1);
            assertThat(wire.reply().number("confirmed")).isEqualTo(3);
            assertThat(wire.reply().has("confirmed")).as("there was none to confirm").isFalse();
            assertThat(other.confirm(each).number("confirmed")).isEqualTo(2);
        }
        assertThat(length().number("ready")).isEqualTo(10);
    }

    @Test
    void shouldCountDuplicatesAsConfirmed() {
        final String last = on("{'operation':'publish','queue':'$q','text':'l','confirm':'last','producer':'p-$q','sequence':1}");
        wire.send(last, last, on("{'operation':'publish','queue':'$q','text':'e'}"));
        assertThat(wire.reply().number("confirmed")).isEqualTo(2);
        assertThat(length().number("ready")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "written", "synced"})
    void shouldSayTheLevelOfTheOneThatIsAnswered(final String level) {
        if (setup.isDurable()) {
            wire.send(on("{'operation':'publish','queue':'$q','text':'a','confirm':'last','durability':'synced'}"),
                on("{'operation':'publish','queue':'$q','text':'b','durability':'" + level + "'}"));
            assertThat(wire.reply().members()).containsEntry("confirmed", 1L).containsEntry("durability", level);
        } else {
            final Reply refusal = ask("{'operation':'publish','queue':'$q','text':'a','confirm':'last','durability':'replicated'}");
            assertThat(refusal.code()).isEqualTo("unsupported");
        }
    }
}
