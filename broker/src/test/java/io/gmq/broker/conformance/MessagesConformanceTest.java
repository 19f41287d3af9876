package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishing, taking, settling, asking: the usual ways through sections 3 to 5 of the protocol. */
class MessagesConformanceTest extends ConformanceTest {
    private static final int MAX_FRAME_LENGTH = 1 << 20;
    private static final int MAX_MESSAGE_LENGTH = 40960;

    @Test
    void shouldGiveBackTheBytesThatWerePublished() {
        final byte[] bytes = new byte[MAX_MESSAGE_LENGTH];
        new Random(1).nextBytes(bytes);
        confirm("{'operation':'publish','queue':'$q','payload':'" + Base64.getEncoder().encodeToString(bytes) + "'}");
        confirm("{'operation':'publish','queue':'$q','text':'grüß \\ud83d\\ude00 \\u0000\\n\\\\'}");
        confirm("{'operation':'publish','queue':'$q','text':''}");
        confirm("{'operation':'P','queue':'$q','payload':'aGk='}");
        final List<Reply> taken = confirm("{'operation':'take','queue':'$q','max':4}").messages();
        assertThat(taken.get(0).payload()).isEqualTo(bytes);
        assertThat(taken.get(1).payloadText()).isEqualTo("grüß \uD83D\uDE00 \0\n\\");
        assertThat(taken.get(2).payload()).isEmpty();
        assertThat(taken.get(3).payloadText()).isEqualTo("hi");
    }

    @Test
    void shouldGiveTextOnlyWhereItIsText() {
        confirm("{'operation':'publish','queue':'$q','text':'\\u0001\\u001f\\u007f é\\\"\\\\/'}");
        confirm("{'operation':'publish','queue':'$q','payload':'/w=='}");
        final List<Reply> taken = drain().messages();
        assertThat(taken.get(0).string("text")).isEqualTo("\u0001\u001f\u007f é\"\\/");
        assertThat(taken.get(0).has("payload")).isFalse();
        assertThat(taken.get(1).string("payload")).isEqualTo("/w==");
        assertThat(taken.get(1).has("text")).isFalse();
    }

    @Test
    void shouldSayOnlyWhatSaysSomething() {
        publish("plain");
        confirm("{'operation':'publish','queue':'$q','text':'all','priority':7,'headers':{'k':'v\\u0001','':'ü'}}");
        final List<Reply> taken = confirm("{'operation':'take','queue':'$q','max':2,'as':'text'}").messages();
        assertThat(taken.get(0).members().keySet()).containsExactlyInAnyOrder("message", "text", "priority", "headers");
        assertThat(taken.get(0).number("priority")).isEqualTo(7);
        assertThat(taken.get(0).object("headers").members()).isEqualTo(Map.of("k", "v\u0001", "", "ü"));
        assertThat(taken.get(1).members().keySet()).containsExactlyInAnyOrder("message", "text");
        confirm("{'operation':'nack','queue':'$q','message':" + taken.get(1).number("message") + "}");
        final long before = System.currentTimeMillis();
        final Reply detailed = confirm("{'operation':'take','queue':'$q','details':true}").messages().get(0);
        assertThat(detailed.number("attempt")).isEqualTo(2);
        assertThat(detailed.number("priority")).isEqualTo(4);
        assertThat(detailed.number("published_ms")).isBetween(before - 20_000, before + 1);
    }

    @Test
    void shouldPublishABatchAsOne() {
        final long before = publish("before");
        final Reply batch = confirm("{'operation':'publish','queue':'$q','messages':[{'text':'a'},{'payload':'Yg==','priority':5},{'text':'c'}]}");
        assertThat(batch.number("first")).isGreaterThan(before);
        assertThat(batch.number("count")).isEqualTo(3);
        final Reply taken = drain();
        assertThat(taken.texts()).containsExactly("b", "before", "a", "c");
        assertThat(taken.ids()).containsExactly(batch.number("first") + 1, before, batch.number("first"), batch.number("first") + 2);
    }

    @Test
    void shouldPublishNothingOfABatchInWhichOneIsWrong() {
        for (final String wrong : new String[] {"{'payload':'!'}", "{'text':'" + "x".repeat(MAX_MESSAGE_LENGTH + 1) + "'}", "{'text':'','priority':-1}"}) {
            assertThat(ask("{'operation':'publish','queue':'$q','messages':[{'text':'a'}," + wrong + "]}").isConfirmed()).isFalse();
        }
        assertThat(ask("{'operation':'length','queue':'$q'}").code()).isEqualTo("no_such_queue");
    }

    @Test
    void shouldTakeAThousandInABatchAndNoMore() {
        final String thousand = "{'text':'x'},".repeat(999) + "{'text':'x'}";
        assertThat(confirm("{'operation':'publish','queue':'$q','messages':[" + thousand + "]}").number("count")).isEqualTo(1000);
        assertThat(ask("{'operation':'publish','queue':'$q','messages':[{'text':'x'}," + thousand + "]}").code()).isEqualTo("bad_request");
        assertThat(confirm("{'operation':'take','queue':'$q','max':1000}").messages()).hasSize(1000);
    }

    @Test
    void shouldDeliverHigherPrioritiesFirstAndEqualOnesInOrder() {
        for (int i = 0; i < 60; i++) {
            confirm("{'operation':'publish','queue':'$q','text':'" + (9 - i * 7 % 10) + "-" + String.format("%02d", i) + "','priority':" + i * 7 % 10 + "}");
        }
        assertThat(drain().texts()).hasSize(60).isSorted();
    }

    @Test
    void shouldHoldBackADelayedMessage() {
        final long publishedNs = System.nanoTime();
        confirm("{'operation':'publish','queue':'$q','text':'late','delay_ms':150}");
        publish("now");
        assertThat(length().number("delayed")).isEqualTo(1);
        assertThat(confirm("{'operation':'take','queue':'$q','max':9,'as':'text','lease_ms':0}").texts()).containsExactly("now");
        assertThat(confirm("{'operation':'take','queue':'$q','wait_ms':20000,'as':'text'}").texts()).containsExactly("late");
        assertThat(System.nanoTime() - publishedNs).isGreaterThan(149_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "written", "synced"})
    void shouldSayTheLevelThatWasNamed(final String level) {
        final boolean isPossible = setup.isDurable() || level.equals("memory");
        publish("x");
        final String[] requests = {
            "{'operation':'publish','queue':'$q','text':'x','durability':'" + level + "'}",
            "{'operation':'take','queue':'$q','lease_ms':0,'durability':'" + level + "'}",
            "{'operation':'ack','queue':'$q','messages':[1],'durability':'" + level + "'}",
            "{'operation':'nack','queue':'$q','from':1,'to':2,'durability':'" + level + "'}",
            "{'operation':'S','queue':'$q','durability':'" + level + "'}"};
        for (final String request : requests) {
            final Reply reply = ask(request);
            if (isPossible) {
                assertThat(reply.string("durability")).as(request).isEqualTo(level);
            } else {
                assertThat(reply.code()).as(request).isEqualTo("unsupported");
                assertThat(reply.error().string("member")).isEqualTo("durability");
            }
        }
        assertThat(length().number("length")).isEqualTo(isPossible ? 0 : 1);
    }

    @Test
    void shouldNotSayALevelThatWasNotNamedAndRefuseReplicated() {
        assertThat(confirm("{'operation':'publish','queue':'$q','text':'x'}").has("durability")).isFalse();
        assertThat(ask("{'operation':'publish','queue':'$q','text':'x','durability':'replicated'}").code()).isEqualTo("unsupported");
        assertThat(ask("{'operation':'take','queue':'$q','durability':'memory'}").code()).isEqualTo("bad_request");
        assertThat(length().number("length")).isEqualTo(1);
    }

    @Test
    void shouldWaitForAMessageAndServeThoseWhoWaitInTurn() {
        try (Wire other = connect()) {
            wire.send(on("{'id':1,'operation':'take','queue':'$q','wait_ms':20000,'max':2,'as':'text'}"));
            other.send(on("{'id':2,'operation':'take','queue':'$q','wait_ms':20000,'max':2,'as':'text'}"));
            wire.confirm("{'operation':'ping'}");
            other.confirm("{'operation':'ping'}");
            try (Wire publisher = connect()) {
                publisher.confirm(on("{'operation':'publish','queue':'$q','messages':[{'text':'a'},{'text':'b'},{'text':'c'}]}"));
            }
            final List<List<String>> taken = new ArrayList<>(List.of(wire.reply().texts(), other.reply().texts()));
            assertThat(taken).containsExactlyInAnyOrder(List.of("a", "b"), List.of("c"));
        }
    }

    @Test
    void shouldGiveUpWaitingInTime() {
        final long startNs = System.nanoTime();
        assertThat(confirm("{'operation':'take','queue':'$q','wait_ms':120}").messages()).isEmpty();
        assertThat(System.nanoTime() - startNs).isBetween(119_000_000L, 10_000_000_000L);
        assertThat(length().number("length")).isZero();
        assertThat(confirm("{'operation':'take','queue':'$q'}").line()).isEqualTo("{\"confirmation\":\"Y\",\"messages\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'operation':'take','queue':'$q'}", "{'operation':'length','queue':'$q'}", "{'operation':'ack','queue':'$q','message':1}",
        "{'operation':'nack','queue':'$q','messages':[1]}", "{'operation':'extend','queue':'$q','from':1,'to':2}",
        "{'id':1,'operation':'S','queue':'$q'}", "{'operation':'L','queue':'$q'}"})
    void shouldRefuseAQueueThatDoesNotExist(final String request) {
        final Reply refusal = ask(request);
        assertThat(refusal.code()).isEqualTo("no_such_queue");
        assertThat(refusal.error().string("queue")).isEqualTo(q);
    }

    @Test
    void shouldMakeAMessageReadyAgainAtItsPlaceWhenItsLeaseEnds() {
        final long first = publish("first");
        publish("second");
        final Reply taken = confirm("{'operation':'take','queue':'$q','lease_ms':80}");
        assertThat(taken.ids()).containsExactly(first);
        Await.until("the end of the lease", () -> length().number("ready") == 2);
        final Reply again = confirm("{'operation':'take','queue':'$q','max':2,'as':'text'}");
        assertThat(again.texts()).containsExactly("first", "second");
        assertThat(again.messages().get(0).number("attempt")).isEqualTo(2);
        assertThat(again.messages().get(1).has("attempt")).isFalse();
    }

    @Test
    void shouldKeepALeaseThatIsExtended() {
        final long message = publish("x");
        confirm("{'operation':'take','queue':'$q','lease_ms':300}");
        assertThat(confirm("{'operation':'extend','queue':'$q','message':" + message + ",'lease_ms':60000}").number("extended")).isEqualTo(1);
        assertThat(confirm("{'operation':'take','queue':'$q','wait_ms':500}").messages()).isEmpty();
        assertThat(confirm("{'operation':'extend','queue':'$q','messages':[" + message + "],'lease_ms':1}").number("extended")).isEqualTo(1);
        assertThat(confirm("{'operation':'take','queue':'$q','wait_ms':20000}").ids()).containsExactly(message);
    }

    @Test
    void shouldSettleByIdByListAndByRange() {
        for (int i = 0; i < 10; i++) {
            publish("m" + i);
        }
        final List<Long> ids = confirm("{'operation':'take','queue':'$q','max':9}").ids();
        assertThat(confirm("{'operation':'ack','queue':'$q','message':" + ids.get(0) + ",'attempt':1}").number("acked")).isEqualTo(1);
        final Reply listed = confirm("{'operation':'ack','queue':'$q','messages':[" + ids.get(0) + "," + ids.get(1) + "," + ids.get(2) + "]}");
        assertThat(listed.number("acked")).isEqualTo(2);
        assertThat(listed.array("missing")).isEqualTo(List.of(ids.get(0)));
        final Reply range = confirm("{'operation':'ack','queue':'$q','from':" + ids.get(0) + ",'to':" + ids.get(5) + "}");
        assertThat(range.line()).isEqualTo("{\"confirmation\":\"Y\",\"acked\":3}");
        assertThat(confirm("{'operation':'nack','queue':'$q','from':0,'to':9223372036854775807}").number("nacked")).isEqualTo(3);
        assertThat(drain().texts()).containsExactly("m6", "m7", "m8", "m9");
    }

    @Test
    void shouldSettleARangeOnlyOfItsOwnConnectionButAnyLeaseById() {
        final long first = publish("a");
        final long second = publish("b");
        confirm("{'operation':'take','queue':'$q','max':2}");
        try (Wire other = connect()) {
            assertThat(other.confirm(on("{'operation':'ack','queue':'$q','from':" + first + ",'to':" + second + "}")).number("acked")).isZero();
            assertThat(other.confirm(on("{'operation':'ack','queue':'$q','message':" + first + "}")).number("acked")).isEqualTo(1);
        }
        assertThat(confirm("{'operation':'ack','queue':'$q','from':" + first + ",'to':" + second + "}").number("acked")).isEqualTo(1);
        assertThat(length().number("length")).isZero();
    }

    @Test
    void shouldRefuseToSettleWhatIsNotLeasedOrInAnotherAttempt() {
        final long message = publish("x");
        assertThat(ask("{'operation':'ack','queue':'$q','message':" + message + "}").code()).isEqualTo("not_leased");
        confirm("{'operation':'take','queue':'$q'}");
        confirm("{'operation':'nack','queue':'$q','message':" + message + "}");
        assertThat(ask("{'operation':'nack','queue':'$q','message':" + message + "}").code()).isEqualTo("not_leased");
        confirm("{'operation':'take','queue':'$q'}");
        for (final int attempt : new int[] {1, 3}) {
            assertThat(ask("{'operation':'ack','queue':'$q','message':" + message + ",'attempt':" + attempt + "}").code()).isEqualTo("not_leased");
        }
        confirm("{'operation':'publish','queue':'other-$q','text':''}");
        assertThat(ask("{'operation':'ack','queue':'other-$q','message':" + message + "}").code()).isEqualTo("not_leased");
        confirm("{'operation':'ack','queue':'$q','message':" + message + ",'attempt':2}");
    }

    @Test
    void shouldNackWithDelayAndPriority() {
        publish("a");
        publish("b");
        final List<Long> ids = confirm("{'operation':'take','queue':'$q','max':2}").ids();
        confirm("{'operation':'nack','queue':'$q','message':" + ids.get(1) + ",'priority':9}");
        confirm("{'operation':'nack','queue':'$q','message':" + ids.get(0) + ",'delay_ms':100}");
        assertThat(length().line()).isEqualTo("{\"confirmation\":\"Y\",\"length\":2,\"ready\":1,\"delayed\":1,\"leased\":0,\"parked\":0}");
        final Reply urgent = drain();
        assertThat(urgent.texts()).containsExactly("b");
        assertThat(urgent.messages().get(0).number("priority")).isEqualTo(9);
        assertThat(confirm("{'operation':'take','queue':'$q','wait_ms':20000,'as':'text'}").texts()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReleaseLeasesWhenTheirConnectionEnds(final boolean isReset) {
        publish("a");
        publish("b");
        try (Wire consumer = connect()) {
            consumer.confirm(on("{'operation':'take','queue':'$q'}"));
            consumer.confirm(on("{'operation':'take','queue':'$q','keep':true}"));
            assertThat(length().number("leased")).isEqualTo(2);
            if (isReset) {
                consumer.reset();
            }
        }
        Await.until("the end of the lease", () -> length().number("ready") == 1);
        assertThat(length().number("leased")).isEqualTo(1);
        final Reply again = confirm("{'operation':'take','queue':'$q','max':2,'as':'text'}");
        assertThat(again.texts()).containsExactly("a");
        assertThat(again.messages().get(0).number("attempt")).isEqualTo(2);
    }

    @Test
    void shouldForgetATakeWhoseConnectionBroke() {
        try (Wire consumer = connect()) {
            consumer.send(on("{'operation':'take','queue':'$q','wait_ms':60000}"));
            consumer.confirm("{'operation':'ping'}");
            consumer.reset();
        }
        publish("x");
        Await.until("the message's way back", () -> length().number("ready") == 1);
        assertThat(drain().texts()).containsExactly("x");
    }

    @Test
    void shouldLeaseNothingForATakeThatSettlesAtOnce() {
        publish("x");
        assertThat(confirm("{'operation':'take','queue':'$q','lease_ms':0}").messages()).hasSize(1);
        assertThat(length().number("length")).isZero();
    }

    @Test
    void shouldAnswerTheShortFormsInLines() {
        final Reply published = confirm("{'operation':'P','queue':'$q','payload':'aGk=','priority':6}");
        assertThat(published.line()).isEqualTo("{\"confirmation\":\"Y\",\"message\":" + published.number("message") + "}");
        assertThat(confirm("{'operation':'L','queue':'$q'}").number("length")).isEqualTo(1);
        assertThat(confirm("{'operation':'S','queue':'$q'}").line()).isEqualTo(
            "{\"confirmation\":\"Y\",\"message\":" + published.number("message") + ",\"payload\":\"aGk=\",\"priority\":6}");
        assertThat(confirm("{'operation':'S','queue':'$q'}").line()).isEqualTo("{\"confirmation\":\"Y\"}");
        assertThat(confirm("{'operation':'P','topic':'nobody.listens','payload':'aGk='}").number("count")).isZero();
    }

    @Test
    void shouldListQueuesInOrder() {
        for (final String name : new String[] {"c", "a", "b", "é", "B"}) {
            confirm("{'operation':'publish','queue':'" + q + "-" + name + "','text':''}");
        }
        assertThat(names(confirm("{'operation':'queues','prefix':'$q-'}"))).containsExactly("B", "a", "b", "c", "é");
        final Reply page = confirm("{'operation':'queues','prefix':'$q-','max':2}");
        assertThat(names(page)).containsExactly("B", "a");
        assertThat(page.members()).containsEntry("more", true);
        final Reply last = confirm("{'operation':'queues','prefix':'$q-','after':'$q-b','max':2}");
        assertThat(names(last)).containsExactly("c", "é");
        assertThat(last.has("more")).isFalse();
        assertThat(last.objects("queues").get(0).members()).containsEntry("length", 1L).containsEntry("ready", 1L);
    }

    private List<String> names(final Reply reply) {
        return reply.objects("queues").stream().map(queue -> queue.string("queue").substring(q.length() + 1)).toList();
    }

    @Test
    void shouldTakeQueueNamesOfUpTo255Bytes() {
        final String longest = "é".repeat(127) + "x";
        confirm("{'operation':'publish','queue':'" + longest + "','text':''}");
        assertThat(confirm("{'operation':'S','queue':'" + longest + "'}").has("message")).isTrue();
        assertThat(ask("{'operation':'publish','queue':'" + longest + "y','text':''}").code()).isEqualTo("bad_request");
    }

    @Test
    void shouldSayHello() {
        final Reply hello = confirm("{'id':1,'operation':'hello','version':1,'name':'test','auth':{'user':'u','password':'tops3cret'}}");
        assertThat(hello.members().keySet()).containsExactly("id", "confirmation", "version", "software", "durability", "storage", "limits");
        assertThat(hello.number("version")).isEqualTo(1);
        assertThat(hello.string("software")).isEqualTo("GMQ/test");
        assertThat(hello.string("durability")).isEqualTo(setup.defaultLevel());
        assertThat(hello.string("storage")).isEqualTo(setup.storage());
        assertThat(hello.object("limits").members()).isEqualTo(Map.of("max_queue_number", 4096L, "max_message_length", (long) MAX_MESSAGE_LENGTH,
            "max_queue_capacity", 4096L, "max_frame_length", (long) MAX_FRAME_LENGTH));
        assertThat(confirm("{'operation':'ping'}").line()).isEqualTo("{\"confirmation\":\"Y\"}");
    }

    @Test
    void shouldNeverSayCredentials() {
        final String auth = ",'auth':{'user':'someb0dy','password':'tops3cret'}";
        final String[] requests = {
            "{'operation':'hello','version':1" + auth + "}", "{'operation':'hello','version':2" + auth + "}",
            "{'operation':'ping'" + auth + "}", "{'operation':'P','queue':'$q','payload':'!'" + auth + "}",
            "{'operation':'P','queue':'$q','payload':'aGk='" + auth + "}", "{'operation':'S','queue':'$q'" + auth + "}",
            "{'operation':'L','queue':'$q'" + auth + "}", "{'operation':'hello','version':1,'auth':'tops3cret'}",
            "{'operation':'hello','version':1,'auth':{'user':'someb0dy','password':7}}",
            "{'operation':'hello','version':1,'auth':{'user':'someb0dy','tops3cret':''}}",
            "{'operation':'hello','version':1,'password':'tops3cret'}", "{'operation':'S','queue':'$q'" + auth};
        for (final String request : requests) {
            assertThat(ask(request).line()).as(request).doesNotContain("tops3cret").doesNotContain("someb0dy");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "text"})
    void shouldNeverReplyWithMoreThanTheFrameLimit(final String as) {
        final Random random = new Random(7);
        final int count = 40;
        final int[] sent = IntStream.range(0, count).map(i -> i % 7 == 0 ? MAX_MESSAGE_LENGTH : random.nextInt(MAX_MESSAGE_LENGTH)).toArray();
        for (final int length : sent) {
            final byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 1);
            final String headers = ",'headers':{'h':'" + "\\u0001".repeat(4095) + "'}";
            confirm("{'operation':'publish','queue':'$q','payload':'" + Base64.getEncoder().encodeToString(bytes) + "'" + headers + "}");
        }
        final List<Integer> taken = new ArrayList<>();
        int replies = 0;
        while (taken.size() < count) {
            final Reply reply = confirm("{'id':9007199254740991,'operation':'take','queue':'$q','max':1000,'lease_ms':0,'details':true,'as':'" + as + "'}");
            assertThat(reply.line().length()).isLessThanOrEqualTo(MAX_FRAME_LENGTH);
            assertThat(reply.messages()).isNotEmpty();
            reply.messages().forEach(message -> taken.add(as.equals("text") ? message.string("text").length() : message.payload().length));
            replies++;
        }
        assertThat(taken).isEqualTo(IntStream.of(sent).boxed().collect(Collectors.toList()));
        assertThat(replies).isLessThan(count);
    }
}
