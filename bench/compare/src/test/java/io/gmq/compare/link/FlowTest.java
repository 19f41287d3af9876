package io.gmq.compare.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FlowTest {
    private static final int WINDOW = 16;

    private final Flow flow = new Flow(WINDOW);
    private final Payloads payloads = new Payloads(200);

    private void publishAll() {
        while (flow.hasRoom()) {
            flow.next();
        }
    }

    @Test
    void shouldHaveRoomOnlyForWhatIsBothConfirmedAndSettled() {
        publishAll();
        assertThat(flow.next()).isEqualTo(WINDOW);
        flow.confirmed(WINDOW);
        assertThat(flow.hasRoom()).isFalse();
        flow.settled(3);
        assertThat(flow.room()).isEqualTo(2);
        flow.settled(WINDOW - 3);
        assertThat(flow.room()).isEqualTo(WINDOW - 1);
    }

    @Test
    @Timeout(20)
    void shouldWakeTheProducerWhenAPartOfTheWindowIsFree() throws InterruptedException {
        publishAll();
        final Thread producer = new Thread(flow::awaitRoom);
        producer.start();
        flow.confirmed(WINDOW);
        flow.settled(1);
        producer.join(100);
        assertThat(producer.isAlive()).as("one free place is too few").isTrue();
        flow.settled(1);
        producer.join();
        assertThat(flow.room()).isEqualTo(2);
    }

    @Test
    @Timeout(20)
    void shouldLetNobodyWaitWhenItIsOver() throws InterruptedException {
        publishAll();
        final Thread producer = new Thread(flow::awaitRoom);
        producer.start();
        flow.end();
        producer.join();
        assertThat(flow.isOver()).isTrue();
    }

    @Test
    void shouldTakeMessagesInTheirOrder() {
        flow.received(payloads.of(0));
        flow.received(payloads.of(1));
        assertThatCode(flow::check).doesNotThrowAnyException();
    }

    @Test
    void shouldFailOnAGap() {
        flow.received(payloads.of(0));
        flow.received(payloads.of(2));
        assertThatThrownBy(flow::check).hasMessage("message 2 came where 1 was due");
        assertThat(flow.isOver()).isTrue();
    }

    @Test
    void shouldFailOnARepeat() {
        flow.received(payloads.of(0));
        flow.received(payloads.of(0));
        assertThatThrownBy(flow::check).hasMessage("message 0 came where 1 was due");
    }

    @Test
    void shouldKeepTheFirstFailureAndNoneFromAfterTheEnd() {
        flow.fail(new IllegalStateException("first"));
        flow.fail(new IllegalStateException("second"));
        assertThatThrownBy(flow::check).hasMessage("first");
        final Flow ended = new Flow(WINDOW);
        ended.end();
        ended.fail(new IllegalStateException("too late"));
        assertThatCode(ended::check).doesNotThrowAnyException();
    }
}
