package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Payloads;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.HandleCatcher;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What whoever encodes replies may rely on while the engine runs ahead. */
final class EnginePayloadsTest {
    private final EngineKit kit = new EngineKit();
    private final HandleCatcher caught = new HandleCatcher();
    private final Commands commands = new Commands().at(EngineKit.START_MS).by(2);

    private String read(final long handle) {
        final Payloads.View view = new Payloads.View();
        kit.engine().payloads().view(handle, view);
        final byte[] bytes = new byte[view.payloadLength()];
        view.buffer().getBytes(view.payloadOffset(), bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private long take(final long sequence, final long leaseMs) {
        final byte[] take = commands.take(Take.from("q").leaseMs(leaseMs));
        kit.engine().apply(sequence, new UnsafeBuffer(take), 0, take.length, caught);
        return caught.handle();
    }

    private void overwrite() {
        for (int i = 0; i < 100; i++) {
            kit.publish(1, "other", Draft.of("overwritten"));
        }
    }

    @Test
    void shouldKeepThePayloadOfAMessageTakenWithoutALeaseUntilItsEffectsAreRead() {
        kit.publish(1, "q", "first bytes");
        final long handle = take(1000, 0);
        kit.engine().reclaim(999);
        overwrite();

        assertThat(read(handle)).isEqualTo("first bytes");
        kit.engine().reclaim(1000);
        overwrite();
        assertThat(read(handle)).isEqualTo("overwritten");
    }

    @Test
    void shouldKeepThePayloadOfAMessageThatWasAckedRightAfterItWasGiven() {
        kit.publish(1, "q", "first bytes");
        final long handle = take(2, 1000);
        kit.settle(2, Settle.ack("q", 1));
        kit.engine().reclaim(kit.sequence() - 1);
        overwrite();

        assertThat(read(handle)).isEqualTo("first bytes");
    }

    @Test
    void shouldUseBlocksAgainAfterRecovery() {
        // recovered commands stand before all others and are reclaimed one by one
        kit.publish(1, "q", "first bytes");
        final long handle = take(-1, 0);
        kit.engine().reclaim(-1);
        overwrite();

        assertThat(read(handle)).isEqualTo("overwritten");
    }
}
