package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.ring.EffectReader;
import io.gmq.engine.ring.EffectWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * From effects to frames without an engine: effects are told to an encoder twice, by the call and through their binary form,
 * which must come to the same.
 */
final class EffectKit implements Payloads {
    static final long PUBLISHED_MS = 1_700_000_000_005L;

    /** What the encoder gave out, as {@code kind>level frame}. */
    private final List<String> frames = new ArrayList<>();
    private final Map<Long, byte[][]> payloads = new HashMap<>();
    private final JsonEffectEncoder encoder;
    private final JsonCommandDecoder decoder;
    private final ExpandableArrayBuffer effects = new ExpandableArrayBuffer(4096);
    private long confirmed;

    EffectKit() {
        this(CodecKit.SETTINGS);
    }

    EffectKit(final CodecSettings settings) {
        encoder = new JsonEffectEncoder(settings, this, new Frames());
        decoder = new JsonCommandDecoder(settings);
        command("{\"operation\":\"ping\"}");
    }

    /** Where the encoder's frames go. */
    private final class Frames implements FrameSink {
        @Override
        public void onReply(final ReplyTo to, final byte[] bytes, final int length) {
            add("reply", to, bytes, length);
        }

        @Override
        public void onPublished(final ReplyTo to, final byte[] bytes, final int length) {
            add("published", to, bytes, length);
        }

        @Override
        public void onQuiet(final ReplyTo to) {
            frames.add("quiet>" + to.level().level());
        }

        @Override
        public long takeConfirmed(final ReplyTo to) {
            return confirmed;
        }

        @Override
        public void onPush(final ReplyTo to, final byte[] bytes, final int length, final long reckonedBytes) {
            add("push " + reckonedBytes, to, bytes, length);
        }

        private void add(final String kind, final ReplyTo to, final byte[] bytes, final int length) {
            final String frame = new String(bytes, 0, length, StandardCharsets.UTF_8);
            frames.add(kind + ">" + to.level().level() + " " + frame);
            CodecKit.assertIsJson(frame);
        }
    }

    /** The next answers to publishes find so many unanswered ones before them. */
    EffectKit confirmed(final long count) {
        confirmed = count;
        return this;
    }

    /** The effects that follow are those of this request. */
    EffectKit command(final String json) {
        final byte[] frame = json.getBytes(StandardCharsets.UTF_8);
        decoder.decode(frame, 0, frame.length, 0, 7);
        return onCommand();
    }

    EffectKit oneShot(final String json) {
        final byte[] object = json.getBytes(StandardCharsets.UTF_8);
        assertThat(decoder.decodeOneShot(object, 0, object.length, 0, 7, Permission.ALL)).isTrue();
        return onCommand();
    }

    private EffectKit onCommand() {
        final byte[] copy = new byte[decoder.length()];
        decoder.buffer().getBytes(decoder.offset(), copy);
        encoder.onCommand(new UnsafeBuffer(copy), 0);
        return this;
    }

    /** A handle for a payload and headers (name and value, and so on). */
    long payload(final String text, final String... headers) {
        return payload(text.getBytes(StandardCharsets.UTF_8), headers);
    }

    long payload(final byte[] bytes, final String... headers) {
        final ExpandableArrayBuffer encoded = new ExpandableArrayBuffer();
        int at = 0;
        for (final String part : headers) {
            final byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
            encoded.putShort(at, (short) utf8.length);
            encoded.putBytes(at + 2, utf8);
            at += 2 + utf8.length;
        }
        final byte[] copy = new byte[at];
        encoded.getBytes(0, copy);
        final long handle = payloads.size();
        payloads.put(handle, new byte[][] {bytes, copy});
        return handle;
    }

    @Override
    public void view(final long payload, final View view) {
        final byte[] bytes = payloads.get(payload)[0];
        final byte[] headers = payloads.get(payload)[1];
        final UnsafeBuffer both = new UnsafeBuffer(new byte[3 + bytes.length + headers.length]);
        both.putBytes(3, bytes);
        both.putBytes(3 + bytes.length, headers);
        view.wrap(both, 3, bytes.length, headers.length, PUBLISHED_MS);
    }

    /** What effects become; the frames without their LFs, one behind the other. */
    String tell(final Consumer<EffectSink> told) {
        frames.clear();
        told.accept(encoder);
        final String directly = String.join("", frames);
        frames.clear();
        final EffectWriter writer = new EffectWriter(effects);
        writer.begin(8);
        told.accept(writer);
        new EffectReader().read(effects, 8, writer.length(), encoder);
        assertThat(String.join("", frames)).isEqualTo(directly);
        return directly.endsWith("\n") ? directly.substring(0, directly.length() - 1) : directly;
    }

    static DirectBuffer name(final String name) {
        return new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8));
    }

    static ReplyTo to(final int presentation) {
        return to(CommandHeader.NO_CORRELATION, presentation, Durability.SYNCED);
    }

    static ReplyTo to(final long id, final int presentation, final Durability level) {
        return new ReplyTo().set(7, id, presentation, level);
    }
}
