package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections, frames, the order of replies, and what the broker takes for JSON: sections 1 and 2 of the protocol. */
class FramesConformanceTest extends ConformanceTest {
    private static final int MAX_FRAME_LENGTH = 1 << 20;

    @Test
    void shouldAnswerManyRequestsOfOneWriteInTheirOrder() {
        final int count = 2000;
        final List<String> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(on("{'operation':'publish','queue':'$q','text':'m" + i + "'}"));
            requests.add(on("{'operation':'take','queue':'$q','lease_ms':0,'as':'text'}"));
        }
        wire.send(requests.toArray(String[]::new));
        for (int i = 0; i < count; i++) {
            assertThat(wire.reply().has("message")).isTrue();
            assertThat(wire.reply().texts()).containsExactly("m" + i);
        }
    }

    @Test
    void shouldReadRequestsThatAreSplitAnywhere() {
        try (Wire other = connect()) {
            final String requests = on("{'id':7,'operation':'publish','queue':'$q','text':'hé'}\r\n"
                + "{'operation':'take','queue':'$q','lease_ms':0,'as':'text'}\n").replace('\'', '"');
            final byte[] bytes = requests.getBytes(StandardCharsets.UTF_8);
            for (int at = 1; at < bytes.length; at++) {
                wire.sendRaw(bytes, 0, at);
                other.confirm("{'operation':'ping'}");
                wire.sendRaw(bytes, at, bytes.length - at);
                assertThat(wire.reply().number("id")).as("split at %d", at).isEqualTo(7);
                assertThat(wire.reply().texts()).as("split at %d", at).containsExactly("hé");
            }
        }
    }

    @Test
    void shouldReadARequestThatComesByteByByte() {
        try (Wire other = connect()) {
            for (final byte b : on("{\"id\":1,\"operation\":\"publish\",\"queue\":\"$q\",\"text\":\"slow\"}\n").getBytes(StandardCharsets.UTF_8)) {
                wire.sendRaw(new byte[] {b});
                other.confirm("{'operation':'ping'}");
            }
        }
        assertThat(wire.reply().isConfirmed()).isTrue();
        assertThat(drain().texts()).containsExactly("slow");
    }

    @Test
    void shouldIgnoreCarriageReturnsAndBlankLines() {
        wire.sendRaw("\n\r\n\n{\"operation\":\"ping\"}\r\n\r\n\n{\"id\":1,\"operation\":\"ping\"}\n");
        assertThat(wire.line()).isEqualTo("{\"confirmation\":\"Y\"}");
        assertThat(wire.line()).isEqualTo("{\"id\":1,\"confirmation\":\"Y\"}");
        confirm("{'operation':'ping'}");
        assertThat(wire.isSilent()).isTrue();
    }

    @Test
    void shouldKeepTheOrderOfRepliesWithoutIdWhateverLevelTheyWaitFor() {
        final int rounds = 100;
        final String written = setup.isDurable() ? "written" : "memory";
        final List<String> requests = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            requests.add(on("{'operation':'publish','queue':'$q','text':'a'}"));
            requests.add("{'operation':'nonsense'}");
            requests.add(on("{'operation':'publish','queue':'$q','text':'b','durability':'" + written + "'}"));
            requests.add("{'operation':'ping'}");
            requests.add(on("{'operation':'take','queue':'$q','max':2,'lease_ms':0}"));
            requests.add(on("{'operation':'length','queue':'$q'}"));
        }
        wire.send(requests.toArray(String[]::new));
        for (int i = 0; i < rounds; i++) {
            assertThat(wire.reply().members().keySet()).containsExactly("confirmation", "message");
            assertThat(wire.reply().code()).isEqualTo("unknown_operation");
            assertThat(wire.reply().string("durability")).isEqualTo(written);
            assertThat(wire.line()).isEqualTo("{\"confirmation\":\"Y\"}");
            assertThat(wire.reply().messages()).hasSize(2);
            assertThat(wire.reply().number("length")).isZero();
        }
    }

    @Test
    void shouldLetRepliesPassATakeThatWaits() {
        wire.send(on("{'id':1,'operation':'take','queue':'$q','wait_ms':20000,'as':'text'}"),
            on("{'operation':'take','queue':'$q','wait_ms':20000,'as':'text'}"),
            "{'id':2,'operation':'ping'}", "{'operation':'ping'}");
        assertThat(List.of(wire.line(), wire.line()))
            .containsExactlyInAnyOrder("{\"id\":2,\"confirmation\":\"Y\"}", "{\"confirmation\":\"Y\"}");
        try (Wire other = connect()) {
            other.confirm(on("{'operation':'publish','queue':'$q','text':'first'}"));
            final Reply first = wire.reply();
            assertThat(first.number("id")).isEqualTo(1);
            assertThat(first.texts()).containsExactly("first");
            other.confirm(on("{'operation':'publish','queue':'$q','text':'second'}"));
            final Reply second = wire.reply();
            assertThat(second.has("id")).isFalse();
            assertThat(second.texts()).containsExactly("second");
        }
    }

    @Test
    void shouldDoWhatIsAskedInTheOrderItWasSentWhateverOrderTheRepliesHave() {
        final List<String> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            requests.add(on("{'id':" + i + ",'operation':'publish','queue':'$q','text':'" + i + "'"
                + (i % 3 == 0 ? ",'durability':'memory'}" : "}")));
        }
        wire.send(requests.toArray(String[]::new));
        final long[] messages = new long[requests.size()];
        for (final Reply reply : wire.replies(messages.length)) {
            messages[(int) reply.number("id")] = reply.number("message");
        }
        assertThat(messages).isSorted().doesNotHaveDuplicates();
        final List<String> texts = drain().texts();
        assertThat(texts).hasSize(300).isEqualTo(IntStream.range(0, 300).mapToObj(Integer::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "'operation':'ping'",
        "'operation':'hello','version':1",
        "'operation':'publish','queue':'$q','text':'x'",
        "'operation':'publish','queue':'$q','messages':[{'text':'x'}],'durability':'memory'",
        "'operation':'take','queue':'$q','max':9",
        "'operation':'ack','queue':'$q','messages':[1,999999999999]",
        "'operation':'length','queue':'$q'",
        "'operation':'queues'",
        "'operation':'S','queue':'$q'",
        "'operation':'publish','topic':'$q.none','text':'x'",
        "'operation':'publish','queue':'$q','text':'x','producer':'$q','sequence':1",
        "'operation':'park','queue':'$q','messages':[1],'reason':'x'",
        "'operation':'kick','queue':'$q'",
        "'operation':'peek','queue':'$q','max':9",
        "'operation':'atomic','steps':[{'operation':'publish','queue':'$q','text':'x'}]",
        "'operation':'atomic','steps':[{'operation':'ack','queue':'$q','message':999999999999}]",
        "'operation':'consume','queue':'other-$q','credit':1",
        "'operation':'cancel','consumer':77",
        "'operation':'bind','topic':'$q','queue':'$q'",
        "'operation':'unbind','topic':'$q','queue':'$q'",
        "'operation':'configure','queue':'$q','capacity':9",
        "'operation':'describe','queue':'$q'",
        "'operation':'purge','queue':'$q'",
        "'operation':'delete','queue':'$q','if_empty':true",
        "'operation':'ack','queue':'$q','message':999999999999",
        "'operation':'nothing'",
        "'queue':7"})
    void shouldPutTheIdFirstAndTheConfirmationSecond(final String members) {
        publish("x");
        wire.send(on("{'id':9007199254740991," + members + "}"), on("{" + members + ",'id':0}"), on("{" + members + "}"));
        final List<String> lines = new ArrayList<>(List.of(wire.line(), wire.line(), wire.line()));
        lines.sort(null);
        assertThat(lines.get(0)).matches("\\{\"confirmation\":\"[YN]\".*");
        assertThat(lines.get(1)).matches("\\{\"id\":0,\"confirmation\":\"[YN]\".*");
        assertThat(lines.get(2)).matches("\\{\"id\":9007199254740991,\"confirmation\":\"[YN]\".*");
    }

    @Test
    void shouldAnswerInFullAfterAHalfClose() {
        final int count = 3000;
        final List<String> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(on("{'id':" + i + ",'operation':'publish','queue':'$q','text':'m" + i + "'}"));
        }
        wire.send(requests.toArray(String[]::new)).endOutput();
        final String[] lines = wire.rest().split("\n");
        assertThat(lines).hasSize(count).allMatch(line -> line.contains("\"confirmation\":\"Y\""));
        try (Wire other = connect()) {
            assertThat(other.confirm(on("{'operation':'length','queue':'$q'}")).number("ready")).isEqualTo(count);
        }
    }

    @Test
    void shouldAnswerATakeThatWaitsAfterAHalfClose() {
        wire.send(on("{'id':1,'operation':'take','queue':'$q','wait_ms':20000,'as':'text','lease_ms':0}"),
            on("{'id':2,'operation':'take','queue':'other-$q','wait_ms':200}"), "{'id':3,'operation':'ping'}").endOutput();
        assertThat(wire.line()).isEqualTo("{\"id\":3,\"confirmation\":\"Y\"}");
        assertThat(wire.line()).isEqualTo("{\"id\":2,\"confirmation\":\"Y\",\"messages\":[]}");
        try (Wire other = connect()) {
            other.confirm(on("{'operation':'publish','queue':'$q','text':'late'}"));
        }
        assertThat(wire.reply().texts()).containsExactly("late");
        assertThat(wire.rest()).isEmpty();
    }

    @Test
    void shouldTakeBackWhatAClientHeldThatIsGoneInTheMiddleOfAWait() {
        wire.confirm(on("{'operation':'publish','queue':'$q','text':'m'}"));
        try (Wire gone = connect()) {
            gone.confirm(on("{'operation':'take','queue':'$q','lease_ms':600000}"));
            gone.send(on("{'operation':'take','queue':'$q','wait_ms':600000}"), "{'id':3,'operation':'ping'}");
            assertThat(gone.line()).isEqualTo("{\"id\":3,\"confirmation\":\"Y\"}");
        }
        assertThat(wire.ask(on("{'operation':'take','queue':'$q','wait_ms':30000,'as':'text'}")).texts()).containsExactly("m");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\":2,\"operation\":\"publish\",\"queue\":\"$q\",\"text\":\"cut o",
        "{\"id\":2,\"operation\":\"publish\",\"queue\":\"$q\",\"text\":\"whole, but no LF\"}",
        "{\"operation\":\"P\",\"queue\":\"$q\",\"payload\":\"AAAA\"}"})
    void shouldDropAPartialFrameAtTheEnd(final String partial) {
        wire.sendRaw("{\"id\":1,\"operation\":\"ping\"}\n" + on(partial)).endOutput();
        assertThat(wire.rest()).isEqualTo("{\"id\":1,\"confirmation\":\"Y\"}\n");
        try (Wire other = connect()) {
            assertThat(other.ask(on("{'operation':'length','queue':'$q'}")).code()).isEqualTo("no_such_queue");
        }
    }

    @Test
    void shouldTakeAFrameOfTheGreatestLength() {
        final String ping = "{\"id\":1,\"operation\":\"ping\"";
        wire.sendRaw(ping + " ".repeat(MAX_FRAME_LENGTH - ping.length() - 1) + "}\n");
        assertThat(wire.line()).isEqualTo("{\"id\":1,\"confirmation\":\"Y\"}");
        confirm("{'operation':'ping'}");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "1, false", "5000000, true", "5000000, false"})
    void shouldRefuseALongerFrameReadablyAndEndTheConnection(final int over, final boolean isEnded) {
        final String ping = "{\"operation\":\"ping\"";
        wire.send("{'operation':'ping'}");
        wire.sendRaw(ping + " ".repeat(MAX_FRAME_LENGTH + over - ping.length() - 1) + (isEnded ? "}\n" : " "));
        assertThat(wire.line()).isEqualTo("{\"confirmation\":\"Y\"}");
        final Reply refusal = wire.reply();
        assertThat(refusal.code()).isEqualTo("frame_too_large");
        assertThat(refusal.error().number("limit")).isEqualTo(MAX_FRAME_LENGTH);
        assertThat(wire.rest()).isEmpty();
    }

    @Test
    void shouldNotDoWhatComesBehindAFrameThatIsTooLong() {
        wire.sendRaw(" ".repeat(MAX_FRAME_LENGTH + 1) + on("\n{\"operation\":\"publish\",\"queue\":\"$q\",\"text\":\"x\"}\n"));
        assertThat(wire.reply().code()).isEqualTo("frame_too_large");
        assertThat(wire.rest()).isEmpty();
        try (Wire other = connect()) {
            assertThat(other.ask(on("{'operation':'length','queue':'$q'}")).code()).isEqualTo("no_such_queue");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x", "{", "}", "[]", "1", "\"ping\"", "null", "{\"operation\":\"ping\"", "{\"operation\":\"ping\"}}", "{\"operation\":\"ping\"}{}",
        "{'operation':'ping'}", "{\"operation\" \"ping\"}", "{\"operation\":\"ping\",}", "{\"operation\":\"pi\tng\"}", "{\"operation\":\"\\x\"}",
        "{\"id\":01,\"operation\":\"ping\"}", "{\"id\":+1,\"operation\":\"ping\"}", "{\"id\":1.,\"operation\":\"ping\"}", "\uFEFF{\"operation\":\"ping\"}",
        "{\"operation\":\"ping\",\"error\":tru}", "{\"operation\":\"ping\" /* no comment */}"})
    void shouldKeepTheConnectionAfterWhatIsNoJsonObject(final String line) {
        wire.sendRaw(line + "\n{\"operation\":\"ping\"}\n");
        assertThat(wire.reply().code()).isEqualTo("bad_json");
        assertThat(wire.line()).isEqualTo("{\"confirmation\":\"Y\"}");
    }

    @Test
    void shouldKeepTheConnectionAfterWhatIsNoUtf8() {
        final byte[][] wrong = {{(byte) 0xFF}, {(byte) 0xC0, (byte) 0x80}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xE2, (byte) 0x82},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}};
        for (final byte[] bytes : wrong) {
            wire.sendRaw(on("{\"operation\":\"publish\",\"queue\":\"$q\",\"text\":\"")).sendRaw(bytes).sendRaw("\"}\n");
            assertThat(wire.reply().code()).isEqualTo("bad_json");
        }
        confirm("{'operation':'ping'}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "operation | {'operation':'ping','operation':'ping'}",
        "id | {'operation':'ping','id':1,'id':1}",
        "id | {'operation':'ping','id':1.0}",
        "id | {'operation':'ping','id':1e2}",
        "id | {'operation':'ping','id':-0}",
        "id | {'operation':'ping','id':-1}",
        "id | {'operation':'ping','id':9007199254740992}",
        "id | {'operation':'ping','id':99999999999999999999}",
        "id | {'operation':'ping','id':'1'}",
        "id | {'operation':'ping','id':null}",
        "id | {'operation':'ping','id':[[[[1]]]]}"})
    void shouldReadJsonStrictly(final String member, final String request) {
        final Reply refusal = ask(request);
        assertThat(refusal.code()).isEqualTo("bad_request");
        assertThat(refusal.error().string("member")).isEqualTo(member);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "text     | {'operation':'publish','queue':'$q','text':'\\ud800'}",
        "text     | {'operation':'publish','queue':'$q','text':'\\udc00\\ud800'}",
        "text     | {'operation':'publish','queue':'$q','text':null}",
        "queue    | {'operation':'publish','queue':null,'text':''}",
        "queue    | {'operation':'publish','text':''}",
        "queue    | {'operation':'publish','queue':'','text':''}",
        "queue    | {'operation':'publish','queue':'a\\u0007b','text':''}",
        "queue    | {'operation':'publish','queue':'a\\u0085b','text':''}",
        "priority | {'operation':'publish','queue':'$q','text':'','priority':10}",
        "priority | {'operation':'publish','queue':'$q','text':'','priority':true}",
        "delay_ms | {'operation':'publish','queue':'$q','text':'','delay_ms':-1}",
        "headers  | {'operation':'publish','queue':'$q','text':'','headers':{'a':1}}",
        "headers  | {'operation':'publish','queue':'$q','text':'','headers':{'a':'1','a':'2'}}",
        "headers  | {'operation':'publish','queue':'$q','text':'','headers':['a']}",
        "messages | {'operation':'publish','queue':'$q','messages':[]}",
        "messages | {'operation':'publish','queue':'$q','messages':[{}]}",
        "messages | {'operation':'publish','queue':'$q','messages':[{'text':'a'},7]}",
        "messages | {'operation':'publish','queue':'$q','messages':[{'text':'a'}],'text':'b'}",
        "max      | {'operation':'take','queue':'$q','max':0}",
        "max      | {'operation':'take','queue':'$q','max':1001}",
        "as       | {'operation':'take','queue':'$q','as':'TEXT'}",
        "keep     | {'operation':'take','queue':'$q','keep':1}",
        "wait_ms  | {'operation':'take','queue':'$q','wait_ms':'1'}",
        "version  | {'operation':'hello'}",
        "version  | {'operation':'hello','version':2}",
        "durability | {'operation':'publish','queue':'$q','text':'','durability':'disk'}"})
    void shouldNameTheMemberThatIsWrong(final String member, final String request) {
        final Reply refusal = ask(request);
        assertThat(refusal.code()).isEqualTo("bad_request");
        assertThat(refusal.error().string("member")).isEqualTo(member);
        assertThat(ask("{'operation':'length','queue':'$q'}").code()).isEqualTo("no_such_queue");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'operation':'publish','queue':'$q','text':'','prioritty':1}  | prioritty | priority",
        "{'prioritty':1,'operation':'publish','queue':'$q','text':''}  | prioritty | priority",
        "{'operation':'take','queue':'$q','wait':1000}                 | wait      | wait_ms",
        "{'operation':'take','queue':'$q','MAX':1}                     | MAX       | max",
        "{'operation':'publish','queue':'$q','messages':[{'text':'','prio':1}]} | prio | prio"})
    void shouldRefuseAnUnknownMemberWithTheNearestKnownOne(final String request, final String member, final String nearest) {
        final Reply error = ask(request).error();
        assertThat(error.string("code")).isEqualTo("bad_request");
        assertThat(error.string("member")).isEqualTo(member);
        assertThat(error.string("message")).contains(nearest);
    }

    @Test
    void shouldRefuseAMemberOfAnotherOperation() {
        final Reply error = ask("{'operation':'ping','queue':'$q'}").error();
        assertThat(error.string("code")).isEqualTo("bad_request");
        assertThat(error.string("member")).isEqualTo("queue");
    }

    @Test
    void shouldWalkOverDeepNestingWithoutHarm() {
        final int depth = 200_000;
        wire.sendRaw("{\"operation\":\"ping\",\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}\n{\"operation\":\"ping\"}\n");
        assertThat(wire.reply().code()).isEqualTo("bad_request");
        assertThat(wire.line()).isEqualTo("{\"confirmation\":\"Y\"}");
    }
}
