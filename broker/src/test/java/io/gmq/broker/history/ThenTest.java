package io.gmq.broker.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import io.gmq.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues as they were. */
class ThenTest {
    private static final long END = Long.MAX_VALUE;

    @TempDir
    private Path data;

    private PastKit past;

    @BeforeEach
    void begin() {
        past = new PastKit(data);
    }

    @AfterEach
    void end() {
        past.close();
    }

    private Then at(final long sequence, final long timeMs) {
        return Then.at(past.history(), sequence, timeMs);
    }

    private static List<MessageThen> messages(final Then then, final String queue, final MessageState state) {
        final List<MessageThen> messages = new ArrayList<>();
        then.messages(queue, state, messages::add);
        return messages;
    }

    @Test
    void shouldShowEachStateWithWhatBelongsToIt() {
        past.apply(past.by(3).publish("q", Draft.of("leased"), Draft.of("parked"), Draft.of("ready").header("a", "b").priority(1).ttlMs(900),
            Draft.of("delayed").delayMs(70)));
        final long publishedMs = past.nowMs();
        past.apply(past.by(4).take(Take.from("q").max(2).kept())).apply(past.by(4).settle(Settle.park("q", 2).reason("why")));
        final Then then = at(END, END);
        assertThat(then.sequence()).isEqualTo(past.sequence());
        assertThat(then.timeMs()).isEqualTo(past.nowMs());
        assertThat(then.queues()).extracting(QueueThen::name).containsExactly("q");
        assertThat(then.queue("q").orElseThrow().count(Count.LEASED)).isEqualTo(1);
        assertThat(messages(then, "q", MessageState.LEASED)).singleElement().satisfies(message -> {
            assertThat(message.connection()).isEqualTo(4);
            assertThat(message.deadlineMs()).isEqualTo(publishedMs + 1 + 5000);
            assertThat(message.keep()).isTrue();
            assertThat(message.attempt()).isEqualTo(1);
            assertThat(message.publishedMs()).isEqualTo(publishedMs);
            assertThat(message.payload()).asString().isEqualTo("leased");
        });
        assertThat(messages(then, "q", MessageState.PARKED)).singleElement().satisfies(message -> {
            assertThat(message.reason()).isEqualTo("why");
            assertThat(message.attempt()).isEqualTo(1);
        });
        assertThat(messages(then, "q", MessageState.READY)).singleElement().satisfies(message -> {
            assertThat(message.headers()).containsEntry("a", "b");
            assertThat(message.attempt()).as("of the next delivery").isEqualTo(1);
            assertThat(message.expiryMs()).isEqualTo(publishedMs + 900);
        });
        assertThat(messages(then, "q", MessageState.DELAYED)).singleElement()
            .satisfies(message -> assertThat(message.deadlineMs()).isEqualTo(publishedMs + 70));
    }

    @Test
    void shouldGoBackToASequenceAndToATime() throws IOException {
        past.apply(past.by(3).publish("q", Draft.of("one")));
        final long sequence = past.sequence();
        final long timeMs = past.nowMs();
        past.snapshot().advance(1000).apply(past.by(3).publish("q", Draft.of("two"))).apply(past.by(3).publish("p", Draft.of("three")));
        assertThat(at(sequence, END).queues()).hasSize(1);
        assertThat(at(sequence, END).queue("q").orElseThrow().count(Count.READY)).isEqualTo(1);
        assertThat(at(END, timeMs).sequence()).isEqualTo(sequence);
        assertThat(at(END, timeMs + 500).queue("q").orElseThrow().count(Count.READY)).isEqualTo(1);
        assertThat(at(END, past.nowMs() - 1).queue("q").orElseThrow().count(Count.READY)).isEqualTo(2);
        assertThat(at(END, past.nowMs() - 1).queue("p")).isEmpty();
        assertThat(at(0, END).sequence()).isZero();
        assertThat(at(0, END).queues()).isEmpty();
    }

    @Test
    void shouldBeginWithTheNewestSnapshotBeforeThePoint() throws IOException {
        past.apply(past.by(3).publish("q", Draft.of("one"))).snapshot();
        past.restart().apply(past.by(3).publish("q", Draft.of("two"))).snapshot();
        final long covered = past.sequence() - 1;
        past.apply(past.by(3).publish("q", Draft.of("three")));
        assertThat(past.history().newest(info -> info.sequence() <= past.sequence()).sequence()).isEqualTo(covered);
        PastKit.delete(PastKit.files(data).get(0).getParent());
        assertThat(at(END, END).queue("q").orElseThrow().count(Count.READY)).isEqualTo(3);
        assertThat(at(covered, END).queue("q").orElseThrow().count(Count.READY)).isEqualTo(2);
        assertThatThrownBy(() -> at(1, END)).isInstanceOf(JournalException.class)
            .hasMessageContaining("before the history that is kept: it begins with sequence 3");
    }

    @Test
    void shouldNotGuessBeyondDamage() throws IOException {
        past.apply(past.by(3).publish("q", Draft.of("one"))).apply(past.by(3).publish("q", Draft.of("two")));
        past.apply(past.by(3).publish("q", Draft.of("three")));
        past.close();
        PastKit.spoil(PastKit.files(data).get(0), "two");
        assertThat(at(2, END).queue("q").orElseThrow().count(Count.READY)).isEqualTo(1);
        assertThatThrownBy(() -> at(END, END)).isInstanceOf(JournalException.class)
            .hasMessageContaining("how it was then is not known beyond sequence 2").hasMessageContaining(PastKit.files(data).get(0).toString());
    }

    @Test
    void shouldSayThatThereIsNothingToBeginFrom() throws IOException {
        past.apply(past.by(3).publish("q", Draft.of("one"))).restart().apply(past.by(3).publish("q", Draft.of("two")));
        past.close();
        PastKit.delete(PastKit.files(data).get(0).getParent());
        assertThatThrownBy(() -> at(END, END)).isInstanceOf(JournalException.class).hasMessageContaining("there is no whole snapshot");
    }
}
