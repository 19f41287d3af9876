package io.gmq.transport.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.tcp.ByteHandler;
import io.gmq.transport.tcp.Connection;
import io.gmq.transport.tcp.TestConnections;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestReaderTest {
    private static final CodecSettings SETTINGS = new CodecSettings(new Limits(100, 1000, 2000, 5000, 1 << 26, 1000), 64 << 10, Durability.MEMORY,
        Durability.SYNCED, "filesystem", "GMQ test");
    private static final int MAX_OUTBOUND_BYTES = 1 << 20;

    private final TestConnections connections = new TestConnections();
    private RecordedCommands commands;
    private Connection connection;
    private ByteHandler reader;

    @AfterEach
    void close() throws IOException {
        connections.close();
    }

    private void open() {
        commands = new RecordedCommands();
        connection = connections.open(1);
        reader = new Ingress(SETTINGS, MAX_OUTBOUND_BYTES, commands, () -> 1234, null).newHandler(connection);
    }

    /** Has bytes arrive in pieces that end at these places; what is left of one stands before the next. */
    private List<String> arrive(final byte[] bytes, final int... ends) {
        open();
        byte[] pending = new byte[0];
        int from = 0;
        for (final int end : ends) {
            final byte[] all = Arrays.copyOf(pending, pending.length + end - from);
            System.arraycopy(bytes, from, all, pending.length, end - from);
            final int taken = reader.onBytes(all, 0, all.length);
            pending = Arrays.copyOfRange(all, taken, all.length);
            from = end;
        }
        return commands.texts();
    }

    @Test
    void shouldPutALongFrameTogetherOnlyWhenItIsWhole() {
        final byte[] bytes = ("{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"" + "x".repeat(900) + "\"}\n{\"operation\":\"ping\"}\n")
            .getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        open();
        assertThat(reader.onBytes(bytes, 0, 100)).isZero();
        for (int at = 100; at < 900; at += 50) {
            assertThat(reader.isOfUse(buffer, at, at + 50, at)).as("at %d", at).isFalse();
        }
        assertThat(reader.isOfUse(buffer, 900, bytes.length, 900)).isTrue();
        assertThat(reader.onBytes(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(commands.texts()).isEqualTo(arrive(bytes, bytes.length)).hasSize(2);
    }

    @Test
    void shouldSeeTheEndOfAOneShotRequestAndOfAFrameThatIsTooLongWhereTheyStand() {
        final byte[] oneShot = ("{\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"" + "YWFh".repeat(100) + "\"}").getBytes(StandardCharsets.UTF_8);
        open();
        assertThat(reader.onBytes(oneShot, 0, 60)).isZero();
        assertThat(reader.isOfUse(new UnsafeBuffer(oneShot), 60, oneShot.length - 1, 60)).isFalse();
        assertThat(reader.isOfUse(new UnsafeBuffer(oneShot), oneShot.length - 1, oneShot.length, oneShot.length - 1)).isTrue();
        final byte[] endless = new byte[SETTINGS.maxFrameLength() + 1];
        Arrays.fill(endless, (byte) 'x');
        open();
        assertThat(reader.onBytes(endless, 0, 100)).isZero();
        assertThat(reader.isOfUse(new UnsafeBuffer(endless), 100, endless.length - 1, 100)).isFalse();
        assertThat(reader.isOfUse(new UnsafeBuffer(endless), endless.length - 1, endless.length, endless.length - 1)).isTrue();
    }

    @Test
    void shouldTakeNothingForARequestBehindTheLast() {
        final byte[] oneShot = "{\"operation\":\"L\",\"queue\":\"q\"}".getBytes(StandardCharsets.UTF_8);
        open();
        assertThat(reader.onBytes(oneShot, 0, oneShot.length)).isEqualTo(oneShot.length);
        final byte[] more = "\n{\"operation\":\"ping\"}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.onBytes(more, 0, 1)).as("shorter than what was looked at").isEqualTo(1);
        assertThat(reader.onBytes(more, 0, more.length)).isEqualTo(more.length);
        assertThat(commands.commands).hasSize(1);
    }

    @Test
    void shouldWantAllThatWaitedForRoomToBeOfferedAgain() {
        final byte[] bytes = "{\"operation\":\"ping\"}\n{\"operation\":\"ping\"}\n{".getBytes(StandardCharsets.UTF_8);
        open();
        commands.room = 1;
        final int taken = reader.onBytes(bytes, 0, bytes.length - 1);
        assertThat(taken).isEqualTo((bytes.length - 1) / 2);
        assertThat(reader.isOfUse(new UnsafeBuffer(bytes), bytes.length - 1, bytes.length, bytes.length - 1 - taken)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"operation\":\"publish\",\"queue\":\"qé\",\"payload\":\"aGVsbG8=\",\"priority\":3,\"ttl_ms\":9,\"headers\":{\"a\":\"b\"},\"id\":1}",
        "{\"operation\":\"publish\",\"topic\":\"a.b\",\"messages\":[{\"text\":\"h\\u00e9\\\"\"},{\"payload\":\"/w==\",\"delay_ms\":4}],\"durability\":\"synced\"}",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\",\"producer\":\"p\",\"sequence\":12,\"confirm\":\"last\"}",
        "{\"operation\":\"take\",\"queue\":\"q\",\"max\":10,\"wait_ms\":5,\"lease_ms\":900,\"as\":\"text\",\"details\":true,\"keep\":true}",
        "{\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[1,2,3,9223372036854775807],\"id\":12}",
        "{\"operation\":\"nack\",\"queue\":\"q\",\"from\":1,\"to\":900,\"delay_ms\":1,\"priority\":9}",
        "{\"operation\":\"extend\",\"queue\":\"q\",\"message\":3,\"attempt\":1,\"lease_ms\":5}",
        "{\"operation\":\"park\",\"queue\":\"q\",\"message\":3,\"reason\":\"because\"}",
        "{\"operation\":\"kick\",\"queue\":\"q\",\"max\":3}",
        "{\"operation\":\"peek\",\"queue\":\"q\",\"state\":\"parked\",\"max\":3,\"as\":\"text\"}",
        "{\"operation\":\"atomic\",\"steps\":[{\"operation\":\"ack\",\"queue\":\"q\",\"message\":1},{\"operation\":\"publish\",\"queue\":\"r\",\"text\":\"t\"}]}",
        "{\"operation\":\"consume\",\"queue\":\"q\",\"credit\":10,\"lease_ms\":5,\"as\":\"text\",\"keep\":true}",
        "{\"operation\":\"credit\",\"consumer\":1,\"credit\":10}",
        "{\"operation\":\"cancel\",\"consumer\":1}",
        "{\"operation\":\"bind\",\"topic\":\"a.*.>\",\"queue\":\"q\"}",
        "{\"operation\":\"unbind\",\"topic\":\"a.*.>\",\"queue\":\"q\"}",
        "{\"operation\":\"configure\",\"queue\":\"q\",\"capacity\":5,\"on_full\":\"drop_oldest\",\"paused\":true,\"dead_letter\":\"d\",\"ttl_ms\":3}",
        "{\"operation\":\"describe\",\"queue\":\"q\"}",
        "{\"operation\":\"queues\",\"prefix\":\"q\",\"after\":\"a\",\"max\":3}",
        "{\"operation\":\"length\",\"queue\":\"q\"}",
        "{\"operation\":\"purge\",\"queue\":\"q\",\"state\":\"leased\"}",
        "{\"operation\":\"delete\",\"queue\":\"q\",\"if_empty\":true}",
        "{\"operation\":\"hello\",\"version\":1,\"name\":\"n\",\"auth\":{\"user\":\"u\",\"password\":\"p\"}}",
        "{\"operation\":\"ping\"}",
        "{\"id\":3,\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"\",\"confirmation\":null,\"error\":{\"a\":[1]},\"auth\":{}}",
        "{\"id\":3,\"operation\":\"S\",\"queue\":\"q\"}",
        "{\"id\":3,\"operation\":\"L\",\"queue\":\"q\\u20ac\\ud83d\\ude00\"}",
        "{\"operation\":\"nope\"}",
        "{\"operation\":\"atomic\",\"steps\":[{\"operation\":\"ack\"}]}",
        "{\"operation\":"
    })
    void shouldReadTheSameWhereverAFrameIsSplit(final String frame) {
        final byte[] bytes = (frame + "\r\n \n" + frame + "\n{\"operation\":\"ping\",\"id\":77}\n").getBytes(StandardCharsets.UTF_8);
        final List<String> whole = arrive(bytes, bytes.length);
        assertThat(whole).hasSize(3);
        assertThat(whole.get(1)).isEqualTo(whole.get(0));
        for (int at = 1; at < bytes.length; at++) {
            assertThat(arrive(bytes, at, bytes.length)).as("split at %d", at).isEqualTo(whole);
        }
        final int[] each = new int[bytes.length];
        Arrays.setAll(each, i -> i + 1);
        assertThat(arrive(bytes, each)).as("byte by byte").isEqualTo(whole);
        final SplittableRandom random = new SplittableRandom(frame.hashCode());
        for (int i = 0; i < 50; i++) {
            final int[] ends = random.ints(6, 1, bytes.length).sorted().toArray();
            ends[5] = bytes.length;
            assertThat(arrive(bytes, ends)).as("split at %s", Arrays.toString(ends)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"SU5T\",\"auth\":{\"user\":\"\",\"password\":\"}\"}}",
        "{\"operation\":\"S\",\"queue\":\"q\\\"\"}", "{\"operation\":\"L\",\"queue\":\"q\"}"})
    void shouldReadAOneShotRequestInAnyPieces(final String object) {
        final byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
        final List<String> whole = arrive(bytes, bytes.length);
        assertThat(whole).hasSize(1);
        for (int at = 1; at < bytes.length; at++) {
            assertThat(arrive(bytes, at, bytes.length)).as("split at %d", at).isEqualTo(whole);
        }
    }

    @Test
    void shouldGoOnWhereTheRingWasFull() {
        open();
        commands.room = 1;
        final byte[] bytes = "{\"operation\":\"ping\",\"id\":1}\n{\"operation\":\"ping\",\"id\":2}\n".getBytes(StandardCharsets.UTF_8);
        final int taken = reader.onBytes(bytes, 0, bytes.length);
        assertThat(taken).isEqualTo(bytes.length / 2);
        commands.room = 9;
        assertThat(reader.onBytes(bytes, taken, bytes.length)).isEqualTo(bytes.length / 2);
        assertThat(commands.types()).containsExactly(CommandType.PING, CommandType.PING);
    }

    private void push(final int bytes) {
        connection.push(new byte[bytes], bytes, bytes);
    }

    private List<Long> reports() {
        return commands.commands.stream().map(command -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(command);
            assertThat(CommandHeader.type(buffer, 0)).isEqualTo(CommandType.DRAINED);
            assertThat(CommandHeader.connection(buffer, 0)).isEqualTo(connection.id());
            assertThat(CommandHeader.timestampMs(buffer, 0)).isEqualTo(1234);
            assertThat(buffer.capacity()).isEqualTo(DrainedCommand.LENGTH);
            return DrainedCommand.bytes(buffer, 0);
        }).toList();
    }

    @Test
    void shouldReportWhatHasGoneOutInPortions() {
        open();
        final int portion = DrainedCommand.WINDOW / 4;
        push(portion - 1);
        TestConnections.read(connection);
        assertThat(reader.onFlushed()).isTrue();
        assertThat(reports()).isEmpty();
        push(1);
        assertThat(reader.onFlushed()).as("nothing new is out").isTrue();
        assertThat(reports()).isEmpty();
        TestConnections.read(connection);
        assertThat(reader.onFlushed()).isTrue();
        assertThat(reader.onFlushed()).isTrue();
        assertThat(reports()).containsExactly((long) portion);
        assertThat(commands.flushes).isPositive();
    }

    @Test
    void shouldReportAllAtLastWhereTheRingWasFull() {
        open();
        commands.room = 0;
        push(DrainedCommand.WINDOW);
        TestConnections.read(connection);
        assertThat(reader.onFlushed()).isFalse();
        push(DrainedCommand.WINDOW);
        TestConnections.read(connection);
        assertThat(reader.onFlushed()).isFalse();
        commands.room = 1;
        assertThat(reader.onFlushed()).isTrue();
        assertThat(reports()).containsExactly(2L * DrainedCommand.WINDOW);
    }

    @Test
    void shouldReportWheneverAWindowIsUsedUpAndRead() {
        open();
        final SplittableRandom random = new SplittableRandom(7);
        long window = 0;
        for (int i = 0; i < 20_000; i++) {
            if (window < DrainedCommand.WINDOW) {
                final int bytes = 1 + random.nextInt(40_000);
                push(bytes);
                window += bytes;
                connection.reply(new byte[100], 100, 0, false);
            }
            TestConnections.read(connection, random.nextInt(60_000));
            reader.onFlushed();
            window -= reports().stream().mapToLong(Long::longValue).sum();
            commands.commands.clear();
            if (connection.outbound().size() == 0) {
                assertThat(window).as("round %d", i).isLessThan(DrainedCommand.WINDOW);
            }
        }
        TestConnections.read(connection);
        reader.onFlushed();
        window -= reports().stream().mapToLong(Long::longValue).sum();
        assertThat(window).isBetween(0L, DrainedCommand.WINDOW / 4L);
    }

    @Test
    void shouldReadAcknowledgementsThoughPushesWait() {
        open();
        for (int i = 0; i < 3; i++) {
            push(MAX_OUTBOUND_BYTES);
        }
        final byte[] ack = "{\"operation\":\"ack\",\"queue\":\"q\",\"message\":1}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.onBytes(ack, 0, ack.length)).isEqualTo(ack.length);
        connection.reply(new byte[MAX_OUTBOUND_BYTES + 1], MAX_OUTBOUND_BYTES + 1, 0, false);
        assertThat(reader.onBytes(ack, 0, ack.length)).as("replies wait").isZero();
        assertThat(commands.types()).containsExactly(CommandType.ACK);
    }
}
