package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Durability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerivedDefaultsTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    private static long heldBytes(final long memoryBytes) {
        return new ConfigLoader(new Machine(1, memoryBytes)).load().get(Keys.QUEUE_MAX_HELD_BYTES);
    }

    @Test
    void shouldHoldHalfOfTheMemoryAndNoMoreThanSixtyFourGibibytes() {
        assertThat(heldBytes(8 * GIB)).isEqualTo(4 * GIB);
        assertThat(heldBytes(8 * GIB + 12_345)).isEqualTo(4 * GIB);
        assertThat(heldBytes(128 * GIB)).isEqualTo(64 * GIB);
        assertThat(heldBytes(1024 * GIB)).isEqualTo(64 * GIB);
        assertThat(heldBytes(0)).isEqualTo(MIB);
    }

    @Test
    void shouldReadTheMachine() {
        assertThat(Machine.current().cores()).isPositive();
        assertThat(Machine.current().memoryBytes()).isGreaterThan(64 * MIB);
        assertThat(Machine.current()).isEqualTo(Machine.current());
    }

    @Test
    void shouldMakeRepliesWaitForWhatTheStorageCanGive() {
        assertThat(Configs.of("queue.queue_type=memory").get(Keys.JOURNAL_DURABILITY)).isEqualTo(Durability.MEMORY);
        assertThat(Configs.of("queue.queue_type=filesystem").get(Keys.JOURNAL_DURABILITY)).isEqualTo(Durability.SYNCED);
        assertThat(Configs.of("queue.queue_type=database").get(Keys.JOURNAL_DURABILITY)).isEqualTo(Durability.SYNCED);
    }

    @ParameterizedTest
    @CsvSource({"1,1048576", "166000,1048576", "1MiB,6356992", "16MiB,100728832"})
    void shouldGrowTheFrameWithTheLongestMessage(final String messageLength, final int frameLength) {
        final Config config = Configs.of("queue.max_message_length=" + messageLength);
        assertThat(config.get(Keys.NETWORK_MAX_FRAME_LENGTH)).isEqualTo(frameLength);
        assertThat((long) frameLength).isGreaterThanOrEqualTo(Checks.frameLengthMin(config));
        assertThat(config.isDefault(Keys.NETWORK_MAX_FRAME_LENGTH)).isTrue();
    }

    @Test
    void shouldGrowTheBuffersWithTheFrame() {
        final Config config = Configs.of("network.max_frame_length=120MiB");
        assertThat(config.get(Keys.NETWORK_MAX_OUTBOUND_BYTES)).isEqualTo(120 << 20);
        assertThat(config.get(Keys.JOURNAL_SEGMENT_BYTES)).isEqualTo(240 << 20);
        assertThat(config.get(Keys.RING_INGRESS_BYTES)).isEqualTo(480 << 20);
    }

    @Test
    void shouldRefuseAFrameThatCannotHoldTheLongestMessage() {
        assertThat(Configs.refusalOf(() -> Configs.of("network.max_frame_length=64KiB"))).isEqualTo(
            "network.max_frame_length is '64KiB' (flag --set); it must be at least 275456 bytes to hold a message of "
                + "queue.max_message_length 40KiB (default) with every character escaped");
        assertThat(Configs.of("network.max_frame_length=275456").get(Keys.NETWORK_MAX_FRAME_LENGTH)).isEqualTo(275_456);
        assertThat(Configs.refusalOf(() -> Configs.of("network.max_frame_length=275455"))).contains("at least 275456");
    }

    @ParameterizedTest
    @CsvSource({
        "network.max_outbound_bytes,1048575,1048576",
        "journal.segment_bytes,2097151,2097152",
        "ring.ingress_bytes,4194303,4194304",
    })
    void shouldRefuseBuffersThatAreTooSmallForAFrame(final String key, final int tooSmall, final int enough) {
        assertThat(Configs.refusalOf(() -> Configs.of(key + "=" + tooSmall)))
            .startsWith(key + " is '" + tooSmall + "' (flag --set); it must be at least " + enough + " bytes")
            .endsWith("for a frame of network.max_frame_length 1MiB");
        assertThat(Configs.of(key + "=" + enough).isDefault(Keys.ofPath(key))).isFalse();
    }

    @Test
    void shouldRefuseMemoryForLessThanOneMessage() {
        assertThat(Configs.refusalOf(() -> Configs.of("queue.max_held_bytes=1MiB", "queue.max_message_length=1MiB")))
            .startsWith("queue.max_held_bytes is '1MiB' (flag --set); it must be at least 1052800 bytes");
        assertThat(Configs.of("queue.max_held_bytes=1052800", "queue.max_message_length=1MiB").limits().maxHeldBytes())
            .isEqualTo(1_052_800);
    }
}
