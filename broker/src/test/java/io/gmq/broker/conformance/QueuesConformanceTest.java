package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings and counts, emptying and removing: {@code configure}, {@code describe}, {@code queues}, {@code purge} and {@code delete}. */
class QueuesConformanceTest extends ConformanceTest {
    private static final Map<String, Object> DEFAULTS = Map.of("capacity", 4096L, "max_message_length", 40960L, "lease_ms", 30000L,
        "max_attempts", 0L, "dead_letter", "", "ttl_ms", 0L, "on_full", "reject", "paused", false);
    private static final List<String> COUNTS = List.of("length", "ready", "delayed", "leased", "parked", "bytes", "consumers", "published",
        "delivered", "acked", "expired", "dead_lettered", "dropped");

    private static Map<String, Object> without(final Reply reply, final String... members) {
        final Map<String, Object> rest = new HashMap<>(reply.members());
        rest.keySet().removeAll(List.of(members));
        return rest;
    }

    private void assertNoQueue() {
        assertThat(ask("{'operation':'length','queue':'$q'}").code()).isEqualTo("no_such_queue");
    }

    @Test
    void shouldCreateAQueueAndSayItsWholeSetting() {
        final Reply reply = configure("'lease_ms':5000");
        final Map<String, Object> expected = new HashMap<>(DEFAULTS);
        expected.put("lease_ms", 5000L);
        assertThat(without(reply, "confirmation")).isEqualTo(expected);
        assertThat(length().number("length")).isZero();
    }

    @Test
    void shouldSetWhatIsGivenAndLeaveTheRest() {
        configure("'capacity':10,'max_message_length':20,'lease_ms':30,'max_attempts':40,'dead_letter':'d','ttl_ms':50,'on_full':'drop_oldest','paused':true");
        final Map<String, Object> all = Map.of("capacity", 10L, "max_message_length", 20L, "lease_ms", 30L, "max_attempts", 40L, "dead_letter", "d",
            "ttl_ms", 50L, "on_full", "drop_oldest", "paused", true);
        assertThat(without(confirm("{'operation':'configure','queue':'$q'}"), "confirmation")).isEqualTo(all);
        final Reply changed = configure("'paused':false,'max_attempts':0,'dead_letter':'','ttl_ms':0");
        assertThat(changed.members()).containsEntry("paused", false).containsEntry("max_attempts", 0L).containsEntry("dead_letter", "")
            .containsEntry("ttl_ms", 0L).containsEntry("capacity", 10L).containsEntry("on_full", "drop_oldest");
        assertThat(without(describe(), COUNTS.toArray(String[]::new))).isEqualTo(changed.members());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "capacity | 0", "capacity | 4097", "capacity | '1'", "max_message_length | 0", "max_message_length | 40961", "lease_ms | 0", "lease_ms | -1",
        "max_attempts | -1", "max_attempts | 1000001", "dead_letter | '$q'", "dead_letter | 7", "dead_letter | 'a\\u0007'", "ttl_ms | -1",
        "ttl_ms | 1.5", "on_full | 'drop'", "on_full | null", "paused | 1", "capacty | 1"})
    void shouldRefuseAWrongSetting(final String member, final String value) {
        final Reply refusal = ask("{'operation':'configure','queue':'$q','" + member + "':" + value + "}");
        assertThat(refusal.error().members()).containsEntry("code", "bad_request").containsEntry("member", member);
        assertNoQueue();
    }

    @Test
    void shouldKeepToTheQueuesOwnBounds() {
        configure("'capacity':2,'max_message_length':3");
        publish("abc");
        assertThat(ask("{'operation':'publish','queue':'$q','text':'abcd'}").error().members()).containsEntry("code", "message_too_large")
            .containsEntry("limit", 3L).containsEntry("actual", 4L);
        publish("b");
        assertThat(ask("{'operation':'publish','queue':'$q','text':'c'}").error().members()).containsEntry("code", "queue_full")
            .containsEntry("limit", 2L).containsEntry("actual", 2L);
        configure("'capacity':1");
        assertThat(drain().texts()).as("what is held stays").containsExactly("abc", "b");
    }

    @Test
    void shouldLeaseForAsLongAsTheQueueSays() {
        configure("'lease_ms':40");
        final long message = publish("x");
        take();
        awaitCount("ready", 1);
        confirm("{'operation':'take','queue':'$q','lease_ms':600000}");
        assertThat(confirm("{'operation':'extend','queue':'$q','message':" + message + "}").number("extended")).isEqualTo(1);
        awaitCount("ready", 1);
    }

    @Test
    void shouldDropTheOldestThatIsNotLeased() {
        configure("'capacity':4,'on_full':'drop_oldest'");
        publish("leased");
        take();
        publish("parked");
        final long parked = take();
        confirm("{'operation':'park','queue':'$q','message':" + parked + "}");
        confirm("{'operation':'publish','queue':'$q','text':'delayed','delay_ms':600000,'priority':9}");
        publish("ready");
        publish("e");
        assertThat(describe().members()).containsEntry("dropped", 1L).containsEntry("parked", 0L).containsEntry("length", 4L);
        publish("f");
        assertThat(describe().members()).containsEntry("dropped", 2L).containsEntry("delayed", 0L).containsEntry("leased", 1L);
        confirm("{'operation':'publish','queue':'$q','messages':[{'text':'g'},{'text':'h'}]}");
        assertThat(confirm("{'operation':'take','queue':'$q','max':9,'as':'text'}").texts()).containsExactly("f", "g", "h");
        final Reply refusal = ask("{'operation':'publish','queue':'$q','text':'i'}");
        assertThat(refusal.error().members()).as("all are leased").containsEntry("code", "queue_full").containsEntry("limit", 4L);
        assertThat(describe().number("dropped")).isEqualTo(4);
    }

    @Test
    void shouldGiveNothingWhilePausedAndGoOnSettlingAndPublishing() {
        final long message = publish("a");
        take();
        publish("b");
        configure("'paused':true");
        assertThat(confirm("{'operation':'take','queue':'$q'}").messages()).isEmpty();
        assertThat(confirm("{'id':1,'operation':'S','queue':'$q'}").has("message")).isFalse();
        assertThat(confirm("{'operation':'ack','queue':'$q','message':" + message + "}").number("acked")).isEqualTo(1);
        publish("c");
        try (Wire other = connect()) {
            other.send(on("{'operation':'take','queue':'$q','wait_ms':20000,'max':9,'as':'text'}"));
            other.confirm("{'operation':'ping'}");
            assertThat(other.isSilent()).isTrue();
            configure("'paused':false");
            assertThat(other.reply().texts()).containsExactly("b", "c");
        }
    }

    @Test
    void shouldCountWhatHappens() {
        confirm("{'operation':'publish','queue':'$q','messages':[{'text':'abc'},{'text':'é'},{'text':'x','delay_ms':600000},{'text':'f'}]}");
        final List<Long> ids = confirm("{'operation':'take','queue':'$q','max':2}").ids();
        confirm("{'operation':'ack','queue':'$q','message':" + ids.get(0) + "}");
        confirm("{'operation':'park','queue':'$q','message':" + ids.get(1) + "}");
        confirm("{'operation':'take','queue':'$q','lease_ms':0}");
        final Reply counts = describe();
        assertThat(counts.members().keySet()).containsAll(COUNTS).containsAll(DEFAULTS.keySet()).doesNotContain("oldest_ready_ms");
        assertThat(counts.members()).containsEntry("length", 2L).containsEntry("ready", 0L).containsEntry("delayed", 1L).containsEntry("leased", 0L)
            .containsEntry("parked", 1L).containsEntry("bytes", 3L).containsEntry("consumers", 0L).containsEntry("published", 4L)
            .containsEntry("delivered", 3L).containsEntry("acked", 2L).containsEntry("expired", 0L).containsEntry("dead_lettered", 0L)
            .containsEntry("dropped", 0L);
        publish("young");
        final Reply withReady = describe();
        assertThat(withReady.number("oldest_ready_ms")).isBetween(0L, 20_000L);
        final Reply listed = confirm("{'operation':'queues','prefix':'$q','max':1}").objects("queues").get(0);
        assertThat(listed.members().keySet()).containsAll(COUNTS).contains("queue", "oldest_ready_ms");
        assertThat(without(listed, "queue", "oldest_ready_ms"))
            .isEqualTo(without(withReady, join(DEFAULTS.keySet().toArray(String[]::new), "confirmation", "oldest_ready_ms")));
    }

    private static String[] join(final String[] members, final String... more) {
        final List<String> all = new ArrayList<>(List.of(members));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** One message of each state, their ids in the order parked, leased, delayed, ready. */
    private List<Long> oneOfEach() {
        final List<Long> ids = new ArrayList<>();
        ids.add(publish("parked"));
        take();
        confirm("{'operation':'park','queue':'$q','message':" + ids.get(0) + "}");
        ids.add(publish("leased"));
        take();
        ids.add(confirm("{'operation':'publish','queue':'$q','text':'delayed','delay_ms':600000}").number("message"));
        ids.add(publish("ready"));
        return ids;
    }

    @Test
    void shouldPurgeAllButWhatIsLeased() {
        final List<Long> ids = oneOfEach();
        assertThat(confirm("{'operation':'purge','queue':'$q'}").line()).isEqualTo("{\"confirmation\":\"Y\",\"purged\":3}");
        assertThat(length().line()).isEqualTo("{\"confirmation\":\"Y\",\"length\":1,\"ready\":0,\"delayed\":0,\"leased\":1,\"parked\":0}");
        confirm("{'operation':'ack','queue':'$q','message':" + ids.get(1) + "}");
        assertThat(confirm("{'operation':'purge','queue':'$q'}").number("purged")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "delayed", "leased", "parked"})
    void shouldPurgeOneState(final String state) {
        final List<Long> ids = oneOfEach();
        assertThat(confirm("{'operation':'purge','queue':'$q','state':'" + state + "'}").number("purged")).isEqualTo(1);
        assertThat(length().members()).containsEntry(state, 0L).containsEntry("length", 3L);
        final Reply ack = ask("{'operation':'ack','queue':'$q','message':" + ids.get(1) + "}");
        assertThat(ack.isConfirmed()).isEqualTo(!state.equals("leased"));
    }

    @Test
    void shouldPurgeMoreThanOneCommandsWorthAtOnce() {
        final String thousand = "{'text':'x'},".repeat(999) + "{'text':'x'}";
        for (int i = 0; i < 3; i++) {
            confirm("{'operation':'publish','queue':'$q','messages':[" + thousand + "]}");
        }
        assertThat(confirm("{'operation':'purge','queue':'$q'}").number("purged")).isEqualTo(3000);
        assertThat(describe().members()).containsEntry("length", 0L).containsEntry("bytes", 0L);
        publish("new");
        assertThat(drain().texts()).containsExactly("new");
    }

    @Test
    void shouldDeleteAQueueWithAllThatIsInIt() {
        final List<Long> ids = oneOfEach();
        configure("'capacity':5");
        assertThat(confirm("{'operation':'delete','queue':'$q'}").line()).isEqualTo("{\"confirmation\":\"Y\"}");
        assertNoQueue();
        assertThat(ask("{'operation':'ack','queue':'$q','message':" + ids.get(1) + "}").code()).isEqualTo("no_such_queue");
        publish("new");
        assertThat(drain().texts()).containsExactly("new");
        assertThat(describe().members()).as("nothing is left of the settings").containsEntry("capacity", 4096L).containsEntry("published", 1L);
    }

    @Test
    void shouldDeleteOnlyWhatIsEmptyWhereAsked() {
        final long message = publish("x");
        take();
        final Reply refusal = ask("{'operation':'delete','queue':'$q','if_empty':true}");
        assertThat(refusal.error().members()).containsEntry("code", "not_empty").containsEntry("queue", q).containsEntry("actual", 1L);
        assertThat(length().number("leased")).isEqualTo(1);
        confirm("{'operation':'ack','queue':'$q','message':" + message + "}");
        confirm("{'operation':'delete','queue':'$q','if_empty':true}");
        assertNoQueue();
    }

    @Test
    void shouldRefuseTheTakesThatWaitWhereTheQueueIsDeleted() {
        try (Wire other = connect()) {
            other.send(on("{'id':1,'operation':'take','queue':'$q','wait_ms':60000}"), on("{'id':2,'operation':'take','queue':'$q','wait_ms':60000}"));
            other.confirm("{'operation':'ping'}");
            confirm("{'operation':'delete','queue':'$q'}");
            for (final Reply reply : other.replies(2)) {
                assertThat(reply.error().members()).containsEntry("code", "no_such_queue").containsEntry("queue", q);
            }
        }
        assertNoQueue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'operation':'take','queue':'$q','wait_ms':1}", "{'operation':'consume','queue':'$q','credit':1}", "{'operation':'configure','queue':'$q'}",
        "{'operation':'bind','topic':'t','queue':'$q'}", "{'operation':'publish','queue':'$q','text':''}"})
    void shouldCreateAQueueThatDoesNotExist(final String request) {
        confirm(request);
        length();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'operation':'peek','queue':'$q'}", "{'operation':'describe','queue':'$q'}", "{'operation':'purge','queue':'$q'}",
        "{'operation':'delete','queue':'$q'}", "{'operation':'delete','queue':'$q','if_empty':true}", "{'operation':'unbind','topic':'t','queue':'$q'}",
        "{'operation':'kick','queue':'$q'}", "{'operation':'park','queue':'$q','message':1}", "{'operation':'park','queue':'$q','messages':[1]}"})
    void shouldRefuseAQueueThatDoesNotExist(final String request) {
        assertThat(ask(request).error().members()).containsEntry("code", "no_such_queue").containsEntry("queue", q);
        assertNoQueue();
    }
}
