package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics: {@code bind}, {@code unbind} and publishing with {@code topic}, section 5. Topics begin with the test's queue name. */
class TopicsConformanceTest extends ConformanceTest {
    private Reply bind(final String topic, final String queue) {
        return confirm("{'operation':'bind','topic':'" + topic + "','queue':'" + queue + "'}");
    }

    private Reply publishTo(final String topic, final String text) {
        return confirm("{'operation':'publish','topic':'" + topic + "','text':'" + text + "'}");
    }

    private Reply drain(final String queue) {
        return confirm("{'operation':'take','queue':'" + queue + "','max':1000,'lease_ms':0,'as':'text'}");
    }

    @Test
    void shouldPutACopyIntoEachBoundQueue() {
        assertThat(bind("$q.a", "$q-1").line()).isEqualTo("{\"confirmation\":\"Y\"}");
        bind("$q.a", "$q-2");
        bind("$q.b", "$q-3");
        final Reply published = confirm("{'operation':'publish','topic':'$q.a','payload':'aGk=','priority':7,'headers':{'k':'v'}}");
        assertThat(published.members().keySet()).containsExactlyInAnyOrder("confirmation", "first", "count");
        assertThat(published.number("count")).isEqualTo(2);
        final Reply one = drain("$q-1");
        final Reply two = drain("$q-2");
        assertThat(List.of(one.ids().get(0), two.ids().get(0))).containsExactly(published.number("first"), published.number("first") + 1);
        for (final Reply message : List.of(one.messages().get(0), two.messages().get(0))) {
            assertThat(message.members()).containsEntry("text", "hi").containsEntry("priority", 7L);
            assertThat(message.object("headers").string("k")).isEqualTo("v");
        }
        assertThat(drain("$q-3").messages()).isEmpty();
    }

    @Test
    void shouldReachNobodyWithoutError() {
        final Reply published = publishTo("$q.nobody", "x");
        assertThat(published.line()).isEqualTo("{\"confirmation\":\"Y\",\"count\":0}");
        bind("$q.nobody", "$q");
        assertThat(length().number("length")).as("nothing is kept for later bindings").isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "a,       a,         true", "a,       b,         false", "a,       a.b,       false", "a.b,     a,         false",
        "*,       a,         true", "*,       a.b,       false", "a.*,     a.b,       true", "a.*,     a,         false",
        "a.*,     a.b.c,     false", "a.*.c,   a.b.c,     true", "a.*.c,   a.b.d,     false", "*.*,     a.b,       true",
        ">,       a,         true", ">,       a.b.c,     true", "a.>,     a,         false", "a.>,     a.b,       true",
        "a.>,     a.b.c.d,   true", "a.>,     b.c,       false", "a.*.>,   a.b,       false", "a.*.>,   a.b.c.d,   true",
        "a*,      a*,        true", "a*,      ab,        false", "a.>b,    a.>b,      true", "a.>b,    a.c,       false",
        "A,       a,         false", "é.*,     é.ü,       true"})
    void shouldMatchWordsAndWildcards(final String binding, final String topic, final boolean isReached) {
        bind("$q." + binding, "$q");
        assertThat(publishTo("$q." + topic, "x").number("count")).isEqualTo(isReached ? 1 : 0);
        assertThat(length().number("ready")).isEqualTo(isReached ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "bind, ''", "bind, .", "bind, a.", "bind, .a", "bind, a..b", "bind, a.>.b", "bind, >.a",
        "unbind, a..b", "unbind, >.a", "publish, a.*", "publish, >", "publish, *.a", "publish, a..b", "publish, ''"})
    void shouldRefuseWhatIsNoTopic(final String operation, final String topic) {
        final String what = operation.equals("publish") ? "'text':'x'" : "'queue':'$q'";
        final Reply refusal = ask("{'operation':'" + operation + "','topic':'" + topic + "'," + what + "}");
        assertThat(refusal.error().members()).containsEntry("code", "bad_request").containsEntry("member", "topic");
        assertThat(ask("{'operation':'length','queue':'$q'}").code()).isEqualTo("no_such_queue");
    }

    @Test
    void shouldPutOneCopyIntoAQueueThatIsBoundInSeveralWays() {
        bind("$q.a.b", "$q");
        bind("$q.a.b", "$q");
        bind("$q.*.b", "$q");
        bind("$q.>", "$q");
        assertThat(publishTo("$q.a.b", "x").number("count")).isEqualTo(1);
        assertThat(length().number("length")).isEqualTo(1);
    }

    @Test
    void shouldPutABatchIntoEachQueueInItsOrder() {
        bind("$q.a", "$q-1");
        bind("$q.a", "$q-2");
        final Reply published = confirm("{'operation':'publish','topic':'$q.a','messages':[{'text':'x'},{'text':'y'},{'text':'z'}]}");
        final long first = published.number("first");
        assertThat(published.number("count")).as("queues reached").isEqualTo(2);
        final Reply one = drain("$q-1");
        final Reply two = drain("$q-2");
        assertThat(one.texts()).isEqualTo(two.texts()).containsExactly("x", "y", "z");
        assertThat(one.ids()).containsExactly(first, first + 2, first + 4);
        assertThat(two.ids()).containsExactly(first + 1, first + 3, first + 5);
    }

    @Test
    void shouldPublishToAllQueuesOrToNone() {
        bind("$q.a", "$q-1");
        bind("$q.a", "$q-2");
        confirm("{'operation':'configure','queue':'$q-2','capacity':1}");
        publishTo("$q.a", "x");
        final Reply refusal = ask("{'operation':'publish','topic':'$q.a','text':'y'}");
        assertThat(refusal.error().members()).containsEntry("code", "queue_full").containsEntry("queue", q + "-2").containsEntry("limit", 1L);
        assertThat(drain("$q-1").texts()).containsExactly("x");
        confirm("{'operation':'configure','queue':'$q-1','max_message_length':3}");
        assertThat(ask("{'operation':'publish','topic':'$q.a','text':'long'}").error().members()).containsEntry("code", "message_too_large")
            .containsEntry("queue", q + "-1").containsEntry("limit", 3L).containsEntry("actual", 4L);
    }

    @Test
    void shouldUnbind() {
        bind("$q.a", "$q");
        bind("$q.*", "$q");
        assertThat(confirm("{'operation':'unbind','topic':'$q.a','queue':'$q'}").line()).isEqualTo("{\"confirmation\":\"Y\"}");
        assertThat(publishTo("$q.a", "x").number("count")).as("the other binding holds").isEqualTo(1);
        confirm("{'operation':'unbind','topic':'$q.*','queue':'$q'}");
        assertThat(publishTo("$q.a", "y").number("count")).isZero();
        confirm("{'operation':'unbind','topic':'$q.*','queue':'$q'}");
        assertThat(drain().texts()).containsExactly("x");
        assertThat(ask("{'operation':'unbind','topic':'$q.a','queue':'$q-none'}").code()).isEqualTo("no_such_queue");
    }

    @Test
    void shouldForgetTheBindingsOfAQueueThatIsDeleted() {
        bind("$q.a", "$q");
        confirm("{'operation':'delete','queue':'$q'}");
        assertThat(publishTo("$q.a", "x").number("count")).isZero();
        publish("new");
        assertThat(publishTo("$q.a", "y").number("count")).isZero();
        assertThat(drain().texts()).containsExactly("new");
    }

    @Test
    void shouldStoreARepeatedSequenceOnceAlsoWhereNobodyWasReached() {
        final String publish = "{'operation':'publish','topic':'$q.a','text':'x','producer':'p-$q','sequence':";
        bind("$q.a", "$q");
        final Reply first = confirm(publish + "1}");
        assertThat(confirm(publish + "1}").members()).containsEntry("duplicate", true).containsEntry("count", 1L)
            .containsEntry("first", first.number("first"));
        confirm("{'operation':'unbind','topic':'$q.a','queue':'$q'}");
        assertThat(confirm(publish + "2}").number("count")).isZero();
        bind("$q.a", "$q");
        assertThat(confirm(publish + "2}").members()).containsEntry("duplicate", true);
        assertThat(drain().texts()).containsExactly("x");
    }

    @Test
    void shouldDelayPrioritiseAndExpireCopiesAsInAQueue() {
        bind("$q.a", "$q-1");
        confirm("{'operation':'configure','queue':'$q-2','ttl_ms':30}");
        bind("$q.a", "$q-2");
        publishTo("$q.a", "x");
        Await.until("expiry where the queue says so", () -> describe("$q-2").number("expired") == 1);
        assertThat(describe("$q-1").number("ready")).isEqualTo(1);
        confirm("{'operation':'publish','topic':'$q.a','text':'late','delay_ms':600000}");
        assertThat(describe("$q-1").number("delayed")).isEqualTo(1);
    }

    @Test
    void shouldServeConsumersOfAllQueues() {
        try (Mailbox one = new Mailbox(connect()); Mailbox two = new Mailbox(connect())) {
            one.consume(q + "-1", "'credit':10,'as':'text'");
            two.consume(q + "-2", "'credit':10,'as':'text'");
            bind("$q.>", "$q-1");
            bind("$q.>", "$q-2");
            publishTo("$q.x", "a");
            assertThat(one.pushedTexts(1)).isEqualTo(two.pushedTexts(1)).containsExactly("a");
        }
    }

    @Test
    void shouldPublishEitherToAQueueOrToATopic() {
        assertThat(ask("{'operation':'publish','queue':'$q','topic':'$q.a','text':'x'}").code()).isEqualTo("bad_request");
        assertThat(ask("{'operation':'publish','text':'x'}").code()).isEqualTo("bad_request");
        assertThat(ask("{'operation':'length','queue':'$q'}").code()).isEqualTo("no_such_queue");
    }
}
