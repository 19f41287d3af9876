package io.gmq.broker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
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

/** Each way of a message from one state to another, as it is told afterwards. */
class TracerTest {
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

    private List<String> trace(final long message) {
        final List<String> events = new ArrayList<>();
        final History history = past.history();
        final Base base = history.oldest();
        final Tracer tracer = new Tracer(history.engineAt(base), message, event -> events.add(text(event)));
        assertThat(history.walk(base.sequence(), 0, tracer)).isEmpty();
        return events;
    }

    private static String text(final TraceEvent event) {
        final StringBuilder text = new StringBuilder().append(event.message()).append(' ').append(event.what());
        for (final Map.Entry<String, Object> member : event.members().entrySet()) {
            final Object value = member.getValue() instanceof final byte[] bytes ? new String(bytes, StandardCharsets.UTF_8)
                : member.getKey().equals("until_ms") ? "+" + ((Long) member.getValue() - event.timeMs()) : member.getValue();
            text.append(' ').append(member.getKey()).append('=').append(value);
        }
        return text.toString();
    }

    @Test
    void shouldTellALifeThatGoesWell() {
        past.apply(past.by(3).publish(Publish.toQueue("q", Draft.of("m").priority(7).ttlMs(60_000).header("a", "b")).by("till", 12)));
        past.apply(past.by(4).take(Take.from("q"))).advance(1000).apply(past.by(4).settle(Settle.extend("q", 1).forMs(9000)));
        past.apply(past.by(4).settle(Settle.ack("q", 1)));
        assertThat(trace(1)).containsExactly(
            "1 published queue=q connection=3 producer=till producer_sequence=12 priority=7 ttl_ms=60000 headers={a=b} payload=m",
            "1 delivered attempt=1 connection=4 until_ms=+5000",
            "1 extended until_ms=+9000",
            "1 acked connection=4");
    }

    @Test
    void shouldTellWhyALeaseHasEnded() {
        past.apply(past.by(3).publish("q", Draft.of("m").delayMs(50))).tick(50);
        past.apply(past.by(4).take(Take.from("q"))).apply(past.by(4).settle(Settle.nack("q", 1).priority(2)));
        past.apply(past.by(4).take(Take.from("q"))).apply(past.by(4).plain(CommandType.CLOSE));
        past.apply(past.by(5).take(Take.from("q"))).tick(5000);
        past.apply(past.by(5).take(Take.from("q"))).apply(past.by(5).settle(Settle.nack("q", 1).forMs(70)));
        past.tick(70);
        past.apply(past.by(5).take(Take.from("q"))).restart();
        past.apply(past.by(9).take(Take.from("q").kept())).apply(past.by(9).plain(CommandType.CLOSE)).tick(5000);
        assertThat(trace(1)).containsExactly(
            "1 published queue=q connection=3 priority=4 delay_ms=50 payload=m",
            "1 ready cause=delay_over",
            "1 delivered attempt=1 connection=4 until_ms=+5000",
            "1 released cause=nack priority=2",
            "1 delivered attempt=2 connection=4 until_ms=+5000",
            "1 released cause=connection_closed",
            "1 delivered attempt=3 connection=5 until_ms=+5000",
            "1 released cause=lease_ended",
            "1 delivered attempt=4 connection=5 until_ms=+5000",
            "1 released cause=nack until_ms=+70",
            "1 ready cause=delay_over",
            "1 delivered attempt=5 connection=5 until_ms=+5000",
            "1 released cause=restart",
            "1 delivered attempt=6 connection=9 until_ms=+5000 keep=true",
            "1 kept cause=connection_closed",
            "1 released cause=lease_ended");
    }

    @Test
    void shouldTellOfPushesAlsoThoseOfTheSameStep() {
        past.apply(past.by(4).consume(Consume.from("q").credit(2)));
        past.apply(past.by(3).publish("q", Draft.of("m"), Draft.of("n")));
        past.apply(past.by(4).settle(Settle.nack("q", 2)));
        past.apply(past.by(5).consume(Consume.from("once").credit(1).leaseMs(0))).apply(past.by(3).publish("once", Draft.of("o")));
        assertThat(trace(2)).containsExactly(
            "2 published queue=q connection=3 priority=4 payload=n",
            "2 delivered attempt=1 connection=4 consumer=1 until_ms=+5000",
            "2 released cause=nack",
            "2 delivered attempt=2 connection=4 consumer=1 until_ms=+5000");
        assertThat(trace(3)).containsExactly(
            "3 published queue=once connection=3 priority=4 payload=o",
            "3 delivered attempt=1 connection=5 consumer=1 settled=true");
    }

    @Test
    void shouldTellOfParkingAndKicking() {
        past.apply(past.by(3).publish("q", Draft.of("m"))).apply(past.by(4).take(Take.from("q")));
        past.apply(past.by(4).settle(Settle.park("q", 1).reason("why"))).apply(past.by(4).kick("q", 1));
        past.apply(past.by(4).configure(Configure.of("q").maxAttempts(1))).apply(past.by(4).take(Take.from("q")));
        past.apply(past.by(4).settle(Settle.nack("q", 1))).apply(past.by(4).purge("q", MessageState.PARKED.bit()));
        assertThat(trace(1)).containsExactly(
            "1 published queue=q connection=3 priority=4 payload=m",
            "1 delivered attempt=1 connection=4 until_ms=+5000",
            "1 parked reason=why",
            "1 kicked",
            "1 delivered attempt=1 connection=4 until_ms=+5000",
            "1 released cause=nack",
            "1 parked reason=max_attempts",
            "1 purged");
    }

    @Test
    void shouldFollowDeadLetters() {
        past.apply(past.by(1).configure(Configure.of("q").maxAttempts(1).deadLetter("dead")));
        past.apply(past.by(1).configure(Configure.of("dead").ttlMs(500).deadLetter("deader")));
        past.apply(past.by(3).publish("q", Draft.of("m"))).apply(past.by(4).take(Take.from("q")));
        past.apply(past.by(4).settle(Settle.nack("q", 1))).tick(500);
        past.apply(past.by(4).delete("deader", false));
        assertThat(trace(1)).containsExactly(
            "1 published queue=q connection=3 priority=4 payload=m",
            "1 delivered attempt=1 connection=4 until_ms=+5000",
            "1 released cause=nack",
            "1 dead_lettered reason=max_attempts queue=dead became=2",
            "2 published queue=dead priority=4 headers={gmq-origin-queue=q, gmq-origin-message=1, gmq-reason=max_attempts} payload=m",
            "2 dead_lettered reason=expired queue=deader became=3",
            "3 published queue=deader priority=4 headers={gmq-origin-queue=dead, gmq-origin-message=2, gmq-reason=expired} payload=m",
            "3 deleted queue=deader");
    }

    @Test
    void shouldTellWhatExpiredAndWhatWasDropped() {
        past.apply(past.by(1).configure(Configure.of("q").capacity(1).onFull(OnFull.DROP_OLDEST)));
        past.apply(past.by(3).publish("q", Draft.of("m"))).apply(past.by(3).publish("q", Draft.of("n").ttlMs(10))).tick(10);
        assertThat(trace(1)).containsExactly("1 published queue=q connection=3 priority=4 payload=m", "1 dropped");
        assertThat(trace(2)).containsExactly("2 published queue=q connection=3 priority=4 ttl_ms=10 payload=n", "2 expired");
    }

    @Test
    void shouldTellWhatAnAtomicRequestDid() {
        past.apply(past.by(1).bind("t.*", "a")).apply(past.by(1).bind("t.*", "b"));
        past.apply(past.by(3).publish("q", Draft.of("m"))).apply(past.by(4).take(Take.from("q")));
        final byte[] ack = past.by(4).settle(Settle.ack("q", 1));
        final byte[] publish = past.by(4).publish(Publish.toTopic("t.x", Draft.of("n"), Draft.of("o")));
        past.apply(past.by(4).atomic(ack, publish));
        assertThat(trace(1)).last().isEqualTo("1 acked connection=4");
        assertThat(trace(3)).containsExactly("3 published queue=b connection=4 topic=t.x priority=4 payload=n");
        assertThat(trace(4)).containsExactly("4 published queue=a connection=4 topic=t.x priority=4 payload=o");
    }

    @Test
    void shouldTellNothingOfWhatNeverWas() {
        past.apply(past.by(3).publish("q", Draft.of("m")));
        assertThat(trace(2)).isEmpty();
    }
}
