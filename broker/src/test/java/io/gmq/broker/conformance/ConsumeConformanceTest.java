package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushed deliveries: {@code consume}, {@code credit} and {@code cancel} of section 5. */
class ConsumeConformanceTest extends ConformanceTest {
    private static final int MAX_FRAME_LENGTH = 1 << 20;

    private Mailbox box;

    @BeforeEach
    void openMailbox() {
        box = new Mailbox(connect());
    }

    @AfterEach
    void closeMailbox() {
        box.close();
    }

    private void publishAll(final int count) {
        final String messages = String.join(",", IntStream.range(0, count).mapToObj(i -> "{'text':'m" + i + "'}").toList());
        confirm("{'operation':'publish','queue':'$q','messages':[" + messages + "]}");
    }

    private static List<String> texts(final int from, final int to) {
        return IntStream.range(from, to).mapToObj(i -> "m" + i).toList();
    }

    private Reply settle(final String operation, final long message) {
        return confirm("{'operation':'" + operation + "','queue':'$q','message':" + message + "}");
    }

    @Test
    void shouldPushWhatComesWhileCreditLasts() {
        final long consumer = box.consume(q, "'credit':3,'as':'text'");
        publishAll(5);
        final Reply push = box.push();
        assertThat(push.members().keySet()).containsExactly("consumer", "queue", "messages");
        assertThat(push.members()).containsEntry("consumer", consumer).containsEntry("queue", q);
        assertThat(push.texts()).as("due at the same time, so pushed together").isEqualTo(texts(0, 3));
        assertThat(length().members()).containsEntry("leased", 3L).containsEntry("ready", 2L);
        assertThat(box.isQuiet()).isTrue();
        settle("ack", push.ids().get(1));
        assertThat(box.pushedTexts(1)).containsExactly("m3");
        assertThat(box.isQuiet()).isTrue();
    }

    /** The refusal of its frame is the last that a connection gets: nothing may be taken out of a queue for it any more. */
    @Test
    void shouldPushNothingToAConnectionThatIsRefused() {
        try (Wire refused = connect()) {
            refused.confirm("{'operation':'consume','queue':'" + q + "','credit':10,'lease_ms':0}");
            refused.sendRaw(" ".repeat(MAX_FRAME_LENGTH + 1));
            assertThat(refused.reply().code()).isEqualTo("frame_too_large");
            publishAll(3);
            assertThat(length().number("ready")).isEqualTo(3);
        }
    }

    @Test
    void shouldAnswerBeforeItPushesWithAndWithoutId() {
        publishAll(3);
        box.wire().send(on("{'operation':'ping'}"), on("{'operation':'consume','queue':'$q','credit':1,'as':'text'}"),
            on("{'id':7,'operation':'consume','queue':'$q','credit':1,'as':'text'}"));
        assertThat(box.wire().line()).isEqualTo("{\"confirmation\":\"Y\"}");
        final List<Reply> frames = box.wire().replies(4);
        for (final Reply push : frames.stream().filter(Reply::isPush).toList()) {
            final long consumer = push.number("consumer");
            assertThat(frames.subList(0, frames.indexOf(push))).as("before the push of consumer %d", consumer)
                .anyMatch(frame -> !frame.isPush() && frame.number("consumer") == consumer);
        }
        assertThat(frames.stream().filter(Reply::isPush).map(Reply::texts).toList()).containsExactlyInAnyOrder(List.of("m0"), List.of("m1"));
        assertThat(frames.stream().filter(frame -> !frame.isPush()).map(frame -> frame.number("consumer")).toList())
            .containsExactlyInAnyOrder(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nack", "park", "purge", "timeout"})
    void shouldGetItsCreditBackHoweverALeaseEnds(final String end) {
        box.consume(q, "'credit':1,'as':'text','lease_ms':" + (end.equals("timeout") ? 50 : 600_000));
        publishAll(2);
        final long first = box.pushedIds(1).get(0);
        switch (end) {
            case "nack" -> confirm("{'operation':'nack','queue':'$q','message':" + first + ",'priority':0}");
            case "park" -> settle("park", first);
            case "purge" -> confirm("{'operation':'purge','queue':'$q','state':'leased'}");
            default -> {
                final Reply again = box.pushed(1).get(0);
                assertThat(again.members()).containsEntry("message", first).containsEntry("attempt", 2L);
                return;
            }
        }
        assertThat(box.pushedTexts(1)).containsExactly("m1");
    }

    @Test
    void shouldSettleEachAsItIsSentWithoutALease() {
        final long consumer = box.consume(q, "'credit':2,'lease_ms':0,'as':'text'");
        publishAll(5);
        assertThat(box.pushedTexts(2)).containsExactly("m0", "m1");
        assertThat(box.isQuiet()).isTrue();
        assertThat(describe().members()).containsEntry("leased", 0L).containsEntry("ready", 3L).containsEntry("acked", 2L)
            .containsEntry("delivered", 2L);
        box.confirm("{'operation':'credit','consumer':" + consumer + ",'credit':2}");
        assertThat(box.pushedTexts(2)).containsExactly("m2", "m3");
        assertThat(box.isQuiet()).isTrue();
    }

    @Test
    void shouldTakeMoreCreditAtAnyTime() {
        final long consumer = box.consume(q, "'credit':1,'as':'text'");
        publishAll(4);
        assertThat(box.pushedTexts(1)).containsExactly("m0");
        assertThat(box.confirm("{'id':1,'operation':'credit','consumer':" + consumer + ",'credit':2}").line())
            .isEqualTo("{\"id\":1,\"confirmation\":\"Y\"}");
        assertThat(box.pushedTexts(2)).containsExactly("m1", "m2");
        assertThat(box.isQuiet()).isTrue();
        assertThat(length().number("leased")).isEqualTo(3);
    }

    @Test
    void shouldSayOfAMessageWhatATakeSays() {
        box.consume(q, "'credit':10");
        confirm("{'operation':'publish','queue':'$q','payload':'/w==','priority':7,'headers':{'a':'b'}}");
        final Reply message = box.pushed(1).get(0);
        assertThat(message.members()).containsEntry("payload", "/w==").containsEntry("priority", 7L).doesNotContainKey("attempt");
        assertThat(message.object("headers").string("a")).isEqualTo("b");
        try (Mailbox detailed = new Mailbox(connect())) {
            detailed.consume(q + "-d", "'credit':1,'details':true,'as':'text'");
            confirm("{'operation':'publish','queue':'$q-d','text':'t'}");
            assertThat(detailed.pushed(1).get(0).members()).containsEntry("text", "t").containsEntry("attempt", 1L).containsEntry("priority", 4L)
                .containsKey("published_ms");
        }
    }

    @Test
    void shouldPushEachMessageWithoutWaitingForOthers() {
        box.consume(q, "'credit':100,'as':'text'");
        for (int i = 0; i < 20; i++) {
            publish("m" + i);
            assertThat(box.push().texts()).containsExactly("m" + i);
        }
    }

    @Test
    void shouldNeverPushAFrameBeyondTheLimitAndLoseNothing() {
        final int count = 60;
        for (int i = 0; i < count; i++) {
            publish(i + "x".repeat(40_000));
        }
        box.consume(q, "'credit':1000,'as':'text'");
        final List<String> numbers = new ArrayList<>();
        while (numbers.size() < count) {
            final Reply push = box.push();
            assertThat(push.line().length()).isLessThanOrEqualTo(MAX_FRAME_LENGTH);
            push.texts().forEach(text -> numbers.add(text.substring(0, text.indexOf('x'))));
        }
        assertThat(numbers).isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    @Test
    void shouldShareWhatIsReadyAmongConsumers() {
        try (Mailbox other = new Mailbox(connect())) {
            box.consume(q, "'credit':100,'as':'text'");
            other.consume(q, "'credit':100,'as':'text'");
            publishAll(10);
            awaitCount("leased", 10);
            final List<String> mine = box.pushedSoFar();
            final List<String> others = other.pushedSoFar();
            assertThat(mine).hasSizeBetween(4, 6).isSorted();
            assertThat(others).hasSize(10 - mine.size()).isSorted().doesNotContainAnyElementsOf(mine);
        }
    }

    @Test
    void shouldServeConsumersInTurn() {
        try (Mailbox other = new Mailbox(connect())) {
            box.consume(q, "'credit':100,'as':'text'");
            other.consume(q, "'credit':100,'as':'text'");
            for (int i = 0; i < 10; i++) {
                publish("m" + i);
            }
            assertThat(box.pushedTexts(5)).containsExactly("m0", "m2", "m4", "m6", "m8");
            assertThat(other.pushedTexts(5)).containsExactly("m1", "m3", "m5", "m7", "m9");
        }
    }

    @Test
    void shouldServeTakesThatWaitAndConsumersInOneLine() {
        try (Mailbox taker = new Mailbox(connect())) {
            box.consume(q, "'credit':100,'as':'text'");
            taker.send(on("{'id':1,'operation':'take','queue':'$q','wait_ms':20000,'as':'text'}")).confirm("{'operation':'ping'}");
            publish("a");
            publish("b");
            publish("c");
            assertThat(taker.reply().texts()).containsExactly("b");
            assertThat(box.pushedTexts(2)).containsExactly("a", "c");
        }
    }

    @Test
    void shouldServeOthersWhileOneHasNoCredit() {
        try (Mailbox other = new Mailbox(connect())) {
            box.consume(q, "'credit':1,'as':'text'");
            other.consume(q, "'credit':100,'as':'text'");
            publishAll(6);
            assertThat(box.pushedTexts(1)).containsExactly("m0");
            assertThat(other.pushedTexts(5)).isEqualTo(texts(1, 6));
        }
    }

    @Test
    void shouldDeliverNothingAfterItIsCancelledAndLeaveLeasesStanding() {
        final long consumer = box.consume(q, "'credit':2,'as':'text'");
        publishAll(3);
        final List<Long> leased = box.pushedIds(2);
        assertThat(box.confirm("{'operation':'cancel','consumer':" + consumer + "}").line()).isEqualTo("{\"confirmation\":\"Y\"}");
        assertThat(describe().members()).containsEntry("consumers", 0L).containsEntry("leased", 2L).containsEntry("ready", 1L);
        settle("ack", leased.get(0));
        settle("nack", leased.get(1));
        assertThat(box.isQuiet()).isTrue();
        assertThat(length().number("ready")).isEqualTo(2);
    }

    @Test
    void shouldNumberTheConsumersOfAConnectionAndRefuseOthers() {
        final long first = box.consume(q, "'credit':1");
        final long second = box.consume(q + "-2", "'credit':1");
        assertThat(List.of(first, second)).containsExactly(1L, 2L);
        assertThat(describe().number("consumers")).isEqualTo(1);
        box.confirm("{'operation':'cancel','consumer':1}");
        for (final String request : new String[] {"{'operation':'cancel','consumer':1}", "{'operation':'credit','consumer':1,'credit':1}",
            "{'operation':'cancel','consumer':77}", "{'operation':'credit','consumer':0,'credit':1}"}) {
            assertThat(box.send(request).reply().error().members()).as(request).containsEntry("code", "bad_request").containsEntry("member", "consumer");
        }
        assertThat(ask("{'operation':'cancel','consumer':2}").code()).as("of another connection").isEqualTo("bad_request");
        assertThat(box.consume(q, "'credit':1")).as("numbers are not used again").isEqualTo(3);
    }

    @Test
    void shouldSettleARangeOfWhatWasPushed() {
        box.consume(q, "'credit':10");
        publishAll(4);
        final List<Long> ids = box.pushedIds(4);
        assertThat(ask("{'operation':'ack','queue':'$q','from':" + ids.get(0) + ",'to':" + ids.get(3) + "}").number("acked")).isZero();
        assertThat(box.confirm(on("{'operation':'ack','queue':'$q','from':" + ids.get(0) + ",'to':" + ids.get(3) + "}")).number("acked")).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWithItsConnectionAndKeepLeasesOnlyWhereAsked(final boolean isKept) {
        box.consume(q, "'credit':2,'keep':" + isKept);
        publishAll(3);
        box.pushed(2);
        box.wire().reset();
        awaitCount("consumers", 0);
        awaitCount("ready", isKept ? 1 : 3);
        assertThat(length().number("leased")).isEqualTo(isKept ? 2 : 0);
    }

    @Test
    void shouldEndWhenItsClientClosesItsHalf() {
        box.consume(q, "'credit':5");
        publishAll(1);
        box.pushed(1);
        assertThat(box.wire().endOutput().rest()).isEmpty();
        awaitCount("consumers", 0);
        awaitCount("ready", 1);
    }

    @Test
    void shouldPushWhatADelayOrALeaseOfTheQueuesLengthLetsGo() {
        configure("'lease_ms':60");
        box.consume(q, "'credit':10,'as':'text'");
        confirm("{'operation':'publish','queue':'$q','text':'late','delay_ms':50}");
        assertThat(box.pushedTexts(1)).containsExactly("late");
        assertThat(box.pushed(1).get(0).number("attempt")).as("after the queue's lease").isEqualTo(2);
    }

    @Test
    void shouldEndWithItsQueue() {
        final long consumer = box.consume(q, "'credit':1,'as':'text'");
        publishAll(2);
        box.pushed(1);
        confirm("{'operation':'delete','queue':'$q'}");
        final Reply end = box.push();
        assertThat(end.line()).isEqualTo("{\"consumer\":" + consumer + ",\"ended\":\"deleted\"}");
        assertThat(box.send("{'operation':'cancel','consumer':" + consumer + "}").reply().code()).isEqualTo("bad_request");
        publish("new");
        assertThat(box.isQuiet()).isTrue();
    }

    @Test
    void shouldGiveNothingWhileItsQueueIsPaused() {
        configure("'paused':true");
        box.consume(q, "'credit':10,'as':'text'");
        publishAll(3);
        assertThat(box.isQuiet()).isTrue();
        configure("'paused':false");
        assertThat(box.pushedTexts(3)).isEqualTo(texts(0, 3));
    }
}
