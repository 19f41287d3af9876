package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several steps as one: {@code atomic} of section 4. */
class AtomicConformanceTest extends ConformanceTest {
    private static String publishStep(final String queue, final String text) {
        return "{'operation':'publish','queue':'" + queue + "','text':'" + text + "'}";
    }

    private Reply atomic(final String... steps) {
        return ask("{'operation':'atomic','steps':[" + String.join(",", steps) + "]}");
    }

    private String step(final String operation, final long message) {
        return "{'operation':'" + operation + "','queue':'$q','message':" + message + "}";
    }

    @Test
    void shouldSettleAndPublishInOneStep() {
        publish("a");
        publish("b");
        publish("c");
        final List<Long> ids = confirm("{'operation':'take','queue':'$q','max':3}").ids();
        final Reply reply = atomic(step("ack", ids.get(0)), publishStep("$q-out", "from a"), step("nack", ids.get(1)), step("park", ids.get(2)),
            "{'operation':'publish','queue':'$q-out','messages':[{'text':'x'},{'text':'y'}]}", "{'operation':'ack','queue':'$q','messages':[1]}");
        final List<Reply> results = reply.objects("results");
        assertThat(results).hasSize(6);
        assertThat(results.get(0).members()).isEqualTo(Map.of("acked", 1L));
        assertThat(results.get(1).members().keySet()).containsExactly("message");
        assertThat(results.get(2).members()).isEqualTo(Map.of("nacked", 1L));
        assertThat(results.get(3).members()).isEqualTo(Map.of("parked", 1L));
        assertThat(results.get(4).members()).containsEntry("first", results.get(1).number("message") + 1).containsEntry("count", 2L);
        assertThat(results.get(5).members()).containsEntry("acked", 0L).containsEntry("missing", List.of(1L));
        assertThat(length().members()).containsEntry("ready", 1L).containsEntry("parked", 1L).containsEntry("length", 2L);
        assertThat(confirm("{'operation':'take','queue':'$q-out','max':9,'as':'text'}").texts()).containsExactly("from a", "x", "y");
    }

    @Test
    void shouldDoNothingWhereOneStepIsRefused() {
        final long message = publish("a");
        final long free = publish("b");
        take();
        final Reply refusal = atomic(step("ack", message), publishStep("$q-new", "x"), step("nack", free), publishStep("$q-new", "y"));
        assertThat(refusal.error().members()).containsEntry("code", "not_leased").containsEntry("step", 2L).containsEntry("queue", q);
        assertThat(length().members()).containsEntry("leased", 1L).containsEntry("ready", 1L);
        assertThat(ask("{'operation':'length','queue':'$q-new'}").code()).isEqualTo("no_such_queue");
        assertThat(atomic(step("ack", message)).isConfirmed()).isTrue();
    }

    @Test
    void shouldCheckTheFormOfAllStepsBeforeAnyStep() {
        final Reply refusal = atomic(step("ack", 1), publishStep("$q", "x"), "{'operation':'publish','queue':'$q','text':'x','priority':10}");
        assertThat(refusal.error().members()).containsEntry("code", "bad_request").containsEntry("member", "priority").containsEntry("step", 2L);
        final Reply payload = atomic(step("ack", 1), "{'operation':'publish','queue':'$q','payload':'!'}");
        assertThat(payload.error().members()).containsEntry("code", "bad_payload").containsEntry("step", 1L);
        assertThat(ask("{'operation':'length','queue':'$q'}").code()).isEqualTo("no_such_queue");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'operation':'take','queue':'$q'}                             | operation",
        "{'operation':'extend','queue':'$q','message':1}               | operation",
        "{'operation':'atomic','steps':[]}                             | steps",
        "{'operation':'ping'}                                          | operation",
        "{'queue':'$q','text':'x'}                                     | operation",
        "{'id':1,'operation':'publish','queue':'$q','text':'x'}        | id",
        "{'operation':'publish','queue':'$q','text':'x','confirm':'last'} | confirm",
        "{'operation':'publish','queue':'$q','text':'x','lease_ms':1}  | lease_ms",
        "7                                                             | steps"})
    void shouldRefuseWhatIsNoStep(final String step, final String member) {
        final Reply refusal = atomic(publishStep("$q", "x"), step);
        assertThat(refusal.error().members()).containsEntry("code", "bad_request").containsEntry("member", member);
        assertThat(ask("{'operation':'length','queue':'$q'}").code()).isEqualTo("no_such_queue");
    }

    @Test
    void shouldTakeAHundredStepsAndNoMoreAndAtLeastOne() {
        final String[] steps = new String[101];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = publishStep("$q", "m" + i);
        }
        assertThat(atomic(steps).error().members()).containsEntry("code", "bad_request").containsEntry("member", "steps");
        assertThat(atomic().error().members()).containsEntry("code", "bad_request").containsEntry("member", "steps");
        assertThat(atomic(Arrays.copyOf(steps, 100)).objects("results")).hasSize(100);
        assertThat(length().number("ready")).isEqualTo(100);
    }

    @Test
    void shouldSeeInEachStepWhatTheStepsBeforeHaveDone() {
        configure("'capacity':2");
        final long message = publish("a");
        publish("b");
        take();
        assertThat(atomic(publishStep("$q", "c"), step("ack", message)).error().members()).containsEntry("code", "queue_full").containsEntry("step", 0L);
        assertThat(atomic(step("ack", message), publishStep("$q", "c"), publishStep("$q", "d")).error().members())
            .containsEntry("code", "queue_full").containsEntry("step", 2L).containsEntry("limit", 2L).containsEntry("actual", 2L);
        assertThat(atomic(step("ack", message), step("ack", message)).error().members()).containsEntry("code", "not_leased").containsEntry("step", 1L);
        assertThat(length().number("leased")).isEqualTo(1);
        assertThat(atomic(step("ack", message), publishStep("$q", "c")).isConfirmed()).isTrue();
        assertThat(drain().texts()).containsExactly("b", "c");
    }

    @Test
    void shouldGiveNothingOutBetweenTwoSteps() {
        try (Wire other = connect()) {
            other.send(on("{'operation':'take','queue':'$q','wait_ms':20000,'as':'text'}"));
            other.confirm("{'operation':'ping'}");
            atomic(publishStep("$q", "first"), "{'operation':'publish','queue':'$q','text':'urgent','priority':9}");
            assertThat(other.reply().texts()).containsExactly("urgent");
        }
    }

    @Test
    void shouldPublishWithoutDoublesAndToTopics() {
        confirm("{'operation':'bind','topic':'t.$q','queue':'$q'}");
        final String step = "{'operation':'publish','topic':'t.$q','text':'x','producer':'p-$q','sequence':1}";
        final List<Reply> results = atomic(step, step, "{'operation':'publish','topic':'none.$q','text':'y'}").objects("results");
        assertThat(results.get(0).members()).containsEntry("count", 1L).containsKey("first").doesNotContainKey("duplicate");
        assertThat(results.get(1).members()).containsEntry("duplicate", true).containsEntry("first", results.get(0).number("first"));
        assertThat(results.get(2).members()).isEqualTo(Map.of("count", 0L));
        assertThat(drain().texts()).containsExactly("x");
    }

    @Test
    void shouldLeaveASequenceUnusedWhereTheWholeWasRefused() {
        final String publish = "{'operation':'publish','queue':'$q','text':'x','producer':'p-$q','sequence':1}";
        assertThat(atomic(publish, step("ack", 1)).code()).isEqualTo("not_leased");
        assertThat(confirm(publish).has("duplicate")).isFalse();
        assertThat(length().number("length")).isEqualTo(1);
    }

    @Test
    void shouldSayTheLevelInTheResultsOfThoseThatNamedOne() {
        final String level = setup.defaultLevel();
        final List<Reply> results = atomic(publishStep("$q", "a"), "{'operation':'publish','queue':'$q','text':'b','durability':'" + level + "'}")
            .objects("results");
        assertThat(results.get(0).has("durability")).isFalse();
        assertThat(results.get(1).string("durability")).isEqualTo(level);
        final Reply refusal = atomic(publishStep("$q", "a"), "{'operation':'publish','queue':'$q','text':'b','durability':'replicated'}");
        assertThat(refusal.error().members()).containsEntry("code", "unsupported").containsEntry("step", 1L);
        assertThat(length().number("length")).isEqualTo(2);
    }

    @Test
    void shouldMoveADeadLetterAfterTheLastStep() {
        configure("'max_attempts':1,'dead_letter':'$q-dead'");
        final long message = publish("a");
        take();
        final List<Reply> results = atomic(step("nack", message), publishStep("$q-dead", "published")).objects("results");
        assertThat(results.get(0).members()).isEqualTo(Map.of("nacked", 1L));
        assertThat(confirm("{'operation':'take','queue':'$q-dead','max':9,'as':'text'}").texts()).containsExactly("published", "a");
        assertThat(length().number("length")).isZero();
    }
}
