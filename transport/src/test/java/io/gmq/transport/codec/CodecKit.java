package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.core.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From a frame to its reply without sockets and threads: decoder, a real engine, encoder. Of every reply it checks that it is
 * one line of JSON, re-read by a parser that is not ours, and no longer than was said before.
 */
final class CodecKit implements FrameSink {
    static final long START_MS = 1_700_000_000_000L;
    static final Limits LIMITS = new Limits(100, 1000, 2000, 5000, 1 << 26, 1000);
    static final CodecSettings SETTINGS =
        new CodecSettings(LIMITS, 64 << 10, Durability.MEMORY, Durability.SYNCED, "filesystem", "GMQ test");

    private static final JsonFactory JSON = new JsonFactoryBuilder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final CodecSettings settings;
    private final Engine engine = new Engine();
    private final JsonCommandDecoder decoder;
    private final JsonEffectEncoder encoder;
    private final StringBuilder replies = new StringBuilder();
    private final UnsafeBuffer hostCommand = new UnsafeBuffer(new byte[CommandHeader.LENGTH + Limits.BODY_LENGTH]);
    private long nowMs = START_MS;
    private long sequence;
    private int longestReply;
    private long asker;
    private int replyBytesMax;
    private long quiet;

    CodecKit(final CodecSettings settings) {
        this.settings = settings;
        decoder = new JsonCommandDecoder(settings);
        encoder = new JsonEffectEncoder(settings, engine.payloads(), this);
        CommandHeader.write(hostCommand, 0, CommandType.START, nowMs, CommandHeader.HOST);
        settings.limits().write(hostCommand, CommandHeader.LENGTH);
        engine.apply(sequence++, hostCommand, 0, hostCommand.capacity(), encoder);
    }

    CodecKit() {
        this(SETTINGS);
    }

    @Override
    public void onPublished(final ReplyTo to, final byte[] bytes, final int length) {
        onReply(to, bytes, length);
    }

    @Override
    public void onQuiet(final ReplyTo to) {
        quiet++;
    }

    @Override
    public long takeConfirmed(final ReplyTo to) {
        final long count = quiet;
        quiet = 0;
        return count;
    }

    @Override
    public void onPush(final ReplyTo to, final byte[] bytes, final int length, final long reckonedBytes) {
        add(bytes, length);
    }

    @Override
    public void onReply(final ReplyTo to, final byte[] bytes, final int length) {
        if (to.connection() == asker) {
            // A reply that waited has its room from the request that it answers, not from the one that brought it about.
            assertThat(length).as("replyBytes, for %s", new String(bytes, 0, length, StandardCharsets.UTF_8))
                .isLessThanOrEqualTo(to.promised() > 0 ? to.promised() : replyBytesMax);
        }
        add(bytes, length);
    }

    private void add(final byte[] bytes, final int length) {
        final String frame = new String(bytes, 0, length, StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(bytes, 0, length)).as(frame).isTrue();
        assertIsJson(frame);
        longestReply = Math.max(longestReply, length);
        assertThat(length).as("maxFrameLength, for %s", frame).isLessThanOrEqualTo(settings.maxFrameLength());
        replies.append(frame);
    }

    static void assertIsJson(final String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            assertThat(parser.nextToken().isStructStart()).isTrue();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        } catch (final IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    CodecKit advance(final long ms) {
        nowMs += ms;
        return this;
    }

    /** The length of the longest reply so far. */
    int longestReply() {
        return longestReply;
    }

    /** Gives one request to the broker on connection 1; all frames that come of it, without the last LF. */
    String ask(final String frame) {
        return ask(1, frame.getBytes(StandardCharsets.UTF_8));
    }

    String ask(final long connection, final String frame) {
        return ask(connection, frame.getBytes(StandardCharsets.UTF_8));
    }

    String ask(final long connection, final byte[] frame) {
        decoder.decode(frame, 0, frame.length, nowMs, connection);
        return apply(connection);
    }

    /** As the original's clients ask; {@code null} if it is no such request. */
    String askOneShot(final String object) {
        return askOneShot(object.getBytes(StandardCharsets.UTF_8));
    }

    String askOneShot(final byte[] bytes) {
        return decoder.decodeOneShot(bytes, 0, bytes.length, nowMs, 1, Permission.ALL) ? apply(1) : null;
    }

    String rejectTooLarge() {
        decoder.rejectTooLarge(nowMs, 1);
        return apply(1);
    }

    private String apply(final long connection) {
        asker = connection;
        replyBytesMax = decoder.replyBytes();
        return apply(new UnsafeBuffer(decoder.buffer()), decoder.offset(), decoder.length());
    }

    private String apply(final UnsafeBuffer command, final int offset, final int length) {
        replies.setLength(0);
        encoder.onCommand(command, offset);
        engine.apply(sequence++, command, offset, length, encoder);
        engine.reclaim(sequence);
        final String all = replies.toString();
        return all.endsWith("\n") ? all.substring(0, all.length() - 1) : all;
    }

    String tick() {
        asker = CommandHeader.HOST;
        CommandHeader.write(hostCommand, 0, CommandType.TICK, nowMs, CommandHeader.HOST);
        return apply(hostCommand, 0, CommandHeader.LENGTH);
    }

    /** What the decoder makes of a frame: an operation, or a code with the member, offset and limit it names. */
    String verdict(final String frame) {
        return verdict(frame.getBytes(StandardCharsets.UTF_8));
    }

    String verdict(final byte[] frame) {
        decoder.decode(frame, 0, frame.length, nowMs, 1);
        return verdict();
    }

    String verdictOneShot(final String object) {
        final byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
        return decoder.decodeOneShot(bytes, 0, bytes.length, nowMs, 1, Permission.ALL) ? verdict() : "no one-shot";
    }

    private String verdict() {
        final CommandType type = CommandHeader.type(decoder.buffer(), decoder.offset());
        if (type != CommandType.REJECT) {
            return type.operation();
        }
        final RejectCommand reject = reject();
        return reject.code().word() + (reject.member().isEmpty() ? "" : " " + reject.member())
            + (reject.step() < 0 ? "" : " #" + reject.step()) + (reject.offset() < 0 ? "" : " @" + reject.offset()) + (reject.limit() < 0 ? "" : " <" + reject.limit());
    }

    boolean isRefused() {
        return CommandHeader.type(decoder.buffer(), decoder.offset()) == CommandType.REJECT;
    }

    /** The last frame's refusal. */
    RejectCommand reject() {
        return new RejectCommand().wrap(decoder.buffer(), decoder.offset());
    }

    /** The last frame's command. */
    JsonCommandDecoder decoder() {
        return decoder;
    }
}
