package io.gmq.broker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever way a message has come into a queue. */
class ArrivalsTest {
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

    private List<Arrival> arrivals(final String queue) {
        final List<Arrival> all = new ArrayList<>();
        final History history = past.history();
        final Arrivals arrivals = new Arrivals(history.engineAt(Base.BEGINNING), queue);
        assertThat(history.walk(0, 0, (sequence, timeMs, buffer, offset, length) -> {
            arrivals.apply(timeMs, buffer, offset, length, all::add);
            return true;
        })).isEmpty();
        return all;
    }

    private List<String> payloads(final String queue) {
        return arrivals(queue).stream().map(arrival -> new String(arrival.payload(), StandardCharsets.UTF_8)).toList();
    }

    @Test
    void shouldFindWhatCameByNameByTopicAndInSteps() {
        past.apply(past.by(1).bind("t.*", "other")).apply(past.by(1).bind("t.>", "q"));
        past.apply(past.by(3).publish("q", Draft.of("a"), Draft.of("b")));
        past.apply(past.by(3).publish("other", Draft.of("no")));
        past.apply(past.by(3).publish(Publish.toTopic("t.x", Draft.of("c"), Draft.of("d"))));
        past.apply(past.by(3).publish(Publish.toTopic("t.x.y", "e"))).apply(past.by(3).publish(Publish.toTopic("u", "no")));
        final byte[] one = past.by(3).publish("q", Draft.of("f"));
        final byte[] two = past.by(3).publish(Publish.toTopic("t.z", "g"));
        past.apply(past.by(3).atomic(one, two));
        past.apply(past.by(1).unbind("t.>", "q")).apply(past.by(3).publish(Publish.toTopic("t.x", "no")));
        assertThat(payloads("q")).containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(payloads("none")).isEmpty();
    }

    @Test
    void shouldFindWhatWasGivenOutForGoodInTheSameStep() {
        past.apply(past.by(1).bind("t", "other")).apply(past.by(1).bind("t", "q"));
        past.apply(past.by(4).consume(Consume.from("q").credit(100).leaseMs(0))).apply(past.by(4).consume(Consume.from("other").credit(100).leaseMs(0)));
        past.apply(past.by(3).publish(Publish.toTopic("t", Draft.of("a"), Draft.of("b"))));
        past.apply(past.by(5).take(Take.from("late").waitMs(1000).leaseMs(0))).apply(past.by(1).bind("u", "late"));
        past.apply(past.by(3).publish(Publish.toTopic("u", "c")));
        assertThat(payloads("q")).containsExactly("a", "b");
        assertThat(payloads("late")).containsExactly("c");
    }

    @Test
    void shouldNotTakeADuplicateForAnArrival() {
        past.apply(past.by(3).publish(Publish.toQueue("q", "a").by("till", 5)));
        past.apply(past.by(3).publish(Publish.toQueue("q", "a").by("till", 5)));
        final byte[] duplicate = past.by(3).publish(Publish.toQueue("q", "a").by("till", 4));
        final byte[] other = past.by(3).publish("p", Draft.of("b"));
        past.apply(past.by(3).atomic(duplicate, other));
        assertThat(payloads("q")).containsExactly("a");
        assertThat(payloads("p")).containsExactly("b");
    }

    @Test
    void shouldFindDeadLettersAndKeepWhatMessagesCarry() {
        past.apply(past.by(1).configure(Configure.of("q").maxAttempts(1).deadLetter("dead")));
        past.apply(past.by(4).consume(Consume.from("dead").leaseMs(0)));
        past.apply(past.by(3).publish("q", Draft.of("a").header("h", "v").priority(8).delayMs(10).ttlMs(5000))).tick(10);
        past.apply(past.by(4).take(Take.from("q"))).apply(past.by(4).settle(Settle.nack("q", 1)));
        assertThat(arrivals("q")).singleElement().satisfies(arrival -> {
            assertThat(arrival.headers()).containsExactly(Map.entry("h", "v"));
            assertThat(arrival.priority()).isEqualTo(8);
            assertThat(arrival.delayMs()).isEqualTo(10);
            assertThat(arrival.ttlMs()).isEqualTo(5000);
        });
        assertThat(arrivals("dead")).singleElement().satisfies(arrival -> {
            assertThat(arrival.headers()).containsEntry("gmq-origin-message", "1").containsEntry("h", "v");
            assertThat(arrival.priority()).isEqualTo(8);
            assertThat(arrival.payload()).asString().isEqualTo("a");
        });
    }
}
