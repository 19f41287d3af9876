package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Setting messages aside, bringing them back, and looking at them: {@code park}, {@code kick} and {@code peek} of section 4. */
class ParkingConformanceTest extends ConformanceTest {
    private void park(final long message, final String more) {
        assertThat(confirm("{'operation':'park','queue':'$q','message':" + message + more + "}").number("parked")).isEqualTo(1);
    }

    /** Publishes messages, takes and parks them. */
    private List<Long> parked(final String... texts) {
        for (final String text : texts) {
            publish(text);
        }
        final List<Long> ids = confirm("{'operation':'take','queue':'$q','max':1000}").ids();
        final String range = "'from':" + ids.get(0) + ",'to':" + ids.get(ids.size() - 1);
        assertThat(confirm("{'operation':'park','queue':'$q'," + range + "}").line())
            .isEqualTo("{\"confirmation\":\"Y\",\"parked\":" + ids.size() + "}");
        return ids;
    }

    private static List<String> texts(final List<Reply> messages) {
        return messages.stream().map(message -> message.string("text")).toList();
    }

    @Test
    void shouldSetAMessageAsideUntilItIsKicked() {
        final long message = publish("x");
        take();
        park(message, ",'attempt':1,'reason':'no such address'");
        assertThat(length().line()).isEqualTo("{\"confirmation\":\"Y\",\"length\":1,\"ready\":0,\"delayed\":0,\"leased\":0,\"parked\":1}");
        assertThat(confirm("{'operation':'take','queue':'$q'}").messages()).isEmpty();
        assertThat(ask("{'operation':'ack','queue':'$q','message':" + message + "}").code()).as("its lease is over").isEqualTo("not_leased");
        final Reply shown = peek("parked").get(0);
        assertThat(shown.members()).containsEntry("message", message).containsEntry("state", "parked").containsEntry("reason", "no such address");
        assertThat(shown.has("headers")).isFalse();
        assertThat(confirm("{'operation':'kick','queue':'$q'}").line()).isEqualTo("{\"confirmation\":\"Y\",\"kicked\":1}");
        assertThat(take()).isEqualTo(message);
    }

    @Test
    void shouldParkListsWithTheirMissingAndRefuseWhatIsNotLeased() {
        final long first = publish("a");
        final long second = publish("b");
        take();
        final Reply listed = confirm("{'operation':'park','queue':'$q','messages':[" + first + "," + second + "]}");
        assertThat(listed.number("parked")).isEqualTo(1);
        assertThat(listed.array("missing")).isEqualTo(List.of(second));
        assertThat(ask("{'operation':'park','queue':'$q','message':" + second + "}").code()).isEqualTo("not_leased");
        take();
        assertThat(ask("{'operation':'park','queue':'$q','message':" + second + ",'attempt':2}").code()).isEqualTo("not_leased");
        assertThat(length().number("parked")).isEqualTo(1);
    }

    @Test
    void shouldShowNoReasonWhereNoneWasGivenAndTakeOneOf255Bytes() {
        final List<Long> ids = parked("a");
        assertThat(peek("parked").get(0).has("reason")).isFalse();
        final long other = publish("b");
        take();
        final String longest = "é".repeat(127) + "x";
        assertThat(ask("{'operation':'park','queue':'$q','message':" + other + ",'reason':'" + longest + "x'}").error().members())
            .containsEntry("code", "bad_request").containsEntry("member", "reason");
        park(other, ",'reason':'" + longest + "'");
        assertThat(peek("parked")).extracting(message -> message.number("message")).containsExactly(ids.get(0), other);
        assertThat(peek("parked").get(1).string("reason")).isEqualTo(longest);
    }

    @Test
    void shouldKickTheOldestFirstAndCountTheirAttemptsAnew() {
        final List<Long> ids = parked("a", "b", "c");
        assertThat(confirm("{'operation':'kick','queue':'$q'}").number("kicked")).isEqualTo(1);
        final Reply first = confirm("{'operation':'take','queue':'$q','details':true}").messages().get(0);
        assertThat(first.members()).containsEntry("message", ids.get(0)).containsEntry("attempt", 1L);
        assertThat(confirm("{'operation':'kick','queue':'$q','max':1000}").number("kicked")).isEqualTo(2);
        assertThat(drain().ids()).containsExactly(ids.get(1), ids.get(2));
        assertThat(confirm("{'operation':'kick','queue':'$q'}").number("kicked")).isZero();
    }

    @Test
    void shouldGiveAKickedMessageToWhoWaits() {
        final List<Long> ids = parked("a");
        try (Wire other = connect()) {
            other.send(on("{'operation':'take','queue':'$q','wait_ms':20000}"));
            other.confirm("{'operation':'ping'}");
            confirm("{'operation':'kick','queue':'$q'}");
            assertThat(other.reply().ids()).isEqualTo(ids);
        }
    }

    @Test
    void shouldForgetTheTimeToLiveOfWhatWasKickedAndNotLetParkedOnesExpire() {
        wire.send(on("{'operation':'publish','queue':'$q','messages':[{'text':'parked','ttl_ms':100},{'text':'ready','ttl_ms':100}]}"),
            on("{'operation':'take','queue':'$q'}"));
        final long message = wire.reply().number("first");
        assertThat(wire.reply().ids()).containsExactly(message);
        park(message, "");
        awaitCount("expired", 1);
        assertThat(describe().number("parked")).isEqualTo(1);
        confirm("{'operation':'kick','queue':'$q'}");
        assertThat(drain().texts()).containsExactly("parked");
        assertThat(describe().number("expired")).isEqualTo(1);
    }

    @Test
    void shouldShowTheMessagesOfEachStateAndChangeNothing() {
        parked("parked");
        publish("leased");
        take();
        confirm("{'operation':'publish','queue':'$q','text':'delayed','delay_ms':600000,'priority':7,'headers':{'a':'b'}}");
        publish("ready");
        final Reply before = describe();
        for (final String state : new String[] {"parked", "leased", "delayed", "ready"}) {
            final List<Reply> shown = peek(state);
            assertThat(texts(shown)).containsExactly(state);
            assertThat(shown.get(0).string("state")).isEqualTo(state);
        }
        assertThat(peek("delayed").get(0).members()).containsEntry("priority", 7L);
        assertThat(peek("delayed").get(0).object("headers").string("a")).isEqualTo("b");
        final Reply after = describe();
        assertThat(after.number("delivered")).isEqualTo(before.number("delivered"));
        assertThat(after.number("leased")).isEqualTo(1);
        assertThat(confirm("{'operation':'take','queue':'$q','as':'text'}").messages().get(0).has("attempt")).as("peeked, not given out").isFalse();
    }

    @Test
    void shouldShowOneReadyMessageUnlessAskedForMore() {
        publish("a");
        publish("b");
        publish("c");
        assertThat(confirm("{'operation':'peek','queue':'$q'}").messages().get(0).string("payload")).isEqualTo("YQ==");
        assertThat(confirm("{'operation':'peek','queue':'$q'}").messages()).hasSize(1);
        assertThat(confirm("{'operation':'peek','queue':'$q','max':2,'as':'text'}").texts()).containsExactly("a", "b");
        assertThat(confirm("{'operation':'peek','queue':'$q','state':'parked'}").line()).isEqualTo("{\"confirmation\":\"Y\",\"messages\":[]}");
    }

    @Test
    void shouldShowReadyOnesAsTheyWouldBeGivenAndOthersById() {
        confirm("{'operation':'publish','queue':'$q','messages':[{'text':'a','priority':1},{'text':'b','priority':9},"
            + "{'text':'c','delay_ms':600000},{'text':'d','delay_ms':60000,'priority':9}]}");
        assertThat(texts(peek("ready"))).containsExactly("b", "a");
        assertThat(texts(peek("delayed"))).containsExactly("c", "d");
        final List<Long> ids = confirm("{'operation':'take','queue':'$q','max':2}").ids();
        assertThat(texts(peek("leased"))).containsExactly("a", "b");
        park(ids.get(0), "");
        park(ids.get(1), "");
        assertThat(texts(peek("parked"))).containsExactly("a", "b");
    }

    @Test
    void shouldShowTheAttemptThatTheNextDeliveryWillSay() {
        final long message = publish("x");
        assertThat(peek("ready").get(0).has("attempt")).isFalse();
        take();
        assertThat(peek("leased").get(0).has("attempt")).isFalse();
        confirm("{'operation':'nack','queue':'$q','message':" + message + "}");
        assertThat(peek("ready").get(0).number("attempt")).isEqualTo(2);
        take();
        park(message, "");
        assertThat(peek("parked").get(0).number("attempt")).isEqualTo(2);
        confirm("{'operation':'kick','queue':'$q'}");
        final long before = System.currentTimeMillis();
        final Reply detailed = confirm("{'operation':'peek','queue':'$q','details':true}").messages().get(0);
        assertThat(detailed.members()).containsEntry("attempt", 1L).containsEntry("priority", 4L).containsEntry("state", "ready");
        assertThat(detailed.number("published_ms")).isBetween(before - 20_000, before + 1);
    }

    @Test
    void shouldNeverShowMoreThanTheFrameLimit() {
        final String text = "x".repeat(40_000);
        for (int i = 0; i < 40; i++) {
            publish(text);
        }
        final Reply shown = confirm("{'operation':'peek','queue':'$q','max':1000,'as':'text'}");
        assertThat(shown.line().length()).isLessThanOrEqualTo(1 << 20);
        assertThat(shown.messages()).hasSizeBetween(1, 39);
    }
}
