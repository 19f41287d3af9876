package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class InspectorTest {
    private final EngineKit kit = new EngineKit();
    private final Inspector inspector = kit.engine().inspector();
    private final MessageView view = new MessageView();

    private static String text(final DirectBuffer buffer) {
        return buffer.getStringWithoutLengthUtf8(0, buffer.capacity());
    }

    private String bytes(final long handle) {
        final Payloads.View its = new Payloads.View();
        kit.engine().payloads().view(handle, its);
        return its.buffer().getStringWithoutLengthUtf8(its.payloadOffset(), its.payloadLength());
    }

    private List<Long> ids(final MessageState state) {
        final List<Long> ids = new ArrayList<>();
        final UnsafeBuffer name = new UnsafeBuffer("q".getBytes(StandardCharsets.US_ASCII));
        inspector.messages(name, 0, 1, state, message -> ids.add(message.message));
        return ids;
    }

    @Test
    void shouldShowWhoHasLeasedAMessageUntilWhen() {
        kit.publish(1, "q", "a", "b");
        kit.take(7, Take.from("q").leaseMs(300).kept());
        kit.consume(8, Consume.from("q").credit(5));

        assertThat(inspector.message(1, view)).isTrue();
        assertThat(text(view.queue)).isEqualTo("q");
        assertThat(view.state).isEqualTo(MessageState.LEASED);
        assertThat(view.connection).isEqualTo(7);
        assertThat(view.consumer).isZero();
        assertThat(view.keep).isTrue();
        assertThat(view.attempt).isEqualTo(1);
        assertThat(view.deadlineMs).isEqualTo(kit.nowMs() + 300);
        assertThat(bytes(view.payload)).isEqualTo("a");

        assertThat(inspector.message(2, view)).isTrue();
        assertThat(view.connection).isEqualTo(8);
        assertThat(view.consumer).isEqualTo(1);
        assertThat(view.keep).isFalse();
    }

    @Test
    void shouldShowWhyAMessageIsParkedAndUntilWhenOneIsDelayed() {
        kit.publish(1, "q", Draft.of("a"), Draft.of("b").delayMs(50), Draft.of("c").ttlMs(900));
        kit.take(7, "q");
        kit.settle(7, Settle.park("q", 1).reason("broken"));

        inspector.message(1, view);
        assertThat(view.state).isEqualTo(MessageState.PARKED);
        assertThat(bytes(view.reason)).isEqualTo("broken");
        assertThat(view.deadlineMs).isZero();
        inspector.message(2, view);
        assertThat(view.state).isEqualTo(MessageState.DELAYED);
        assertThat(view.deadlineMs).isEqualTo(kit.nowMs() + 50);
        assertThat(view.reason).isEqualTo(Payloads.NONE);
        inspector.message(3, view);
        assertThat(view.expiryMs).isEqualTo(kit.nowMs() + 900);
        assertThat(view.deadlineMs).isZero();
    }

    @Test
    void shouldShowTheMessagesOfAStateInTheOrderInWhichTheyWouldBeGiven() {
        kit.publish(1, "q", Draft.of("a").priority(1), Draft.of("b").priority(9), Draft.of("c").priority(1), Draft.of("d").delayMs(5));
        assertThat(ids(MessageState.READY)).containsExactly(2L, 1L, 3L);
        assertThat(ids(MessageState.DELAYED)).containsExactly(4L);
        assertThat(ids(MessageState.LEASED)).isEmpty();
    }

    @Test
    void shouldNotShowWhatIsGone() {
        kit.publish(1, "q", "a", "b");
        kit.take(1, Take.from("q").leaseMs(0));
        assertThat(inspector.message(1, view)).isFalse();
        kit.delete("q");
        assertThat(inspector.message(2, view)).isFalse();
        assertThat(ids(MessageState.READY)).isEmpty();
        assertThat(inspector.nextMessage()).isEqualTo(3);
    }

    @Test
    void shouldNameAllQueuesInTheirOrder() {
        kit.publish(1, "b", "x");
        kit.publish(1, "a", "x");
        final List<String> names = new ArrayList<>();
        inspector.queues(name -> names.add(text(name)));
        assertThat(names).containsExactly("a", "b");
    }
}
