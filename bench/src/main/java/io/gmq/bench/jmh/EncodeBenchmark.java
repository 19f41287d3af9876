package io.gmq.bench.jmh;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import com.dslplatform.json.runtime.Settings;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.gmq.bench.jmh.PublishFrame.Content;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.ReplyTo;
import io.gmq.transport.codec.FrameSink;
import io.gmq.transport.codec.JsonEffectEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From effects to the bytes of a reply: a confirmation, and a reply with one message; and the latter written by two libraries. All are
 * given the message as bytes and leave an array with the whole frame in it; before anything is measured, it is checked that they are
 * the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g"})
public class EncodeBenchmark {
    private static final long MESSAGE = 1_234_567;
    private static final int REST_BYTES = 1024;
    /** What DSL-JSON wants to have room for. */
    private static final int WRITER_EXPANSION = 7;

    /** Bytes of the message. */
    @Param({"200", "1024", "16384"})
    int payloadBytes;

    /** Any bytes as base64; letters as a string; letters that must be escaped, or are no ASCII, as a string. */
    @Param({"payload", "text", "escaped"})
    String content;

    private final ReplyTo to = new ReplyTo();
    private final LastFrame last = new LastFrame();
    private byte[] payload;
    private boolean isText;
    private JsonEffectEncoder encoder;
    private DslJson<Object> dslJson;
    private JsonWriter dslWriter;
    private JsonFactory jackson;
    private ByteArrayBuilder jacksonBytes;

    @Setup(Level.Trial)
    public void setUp() throws IOException {
        payload = Content.of(content).bytes(payloadBytes);
        isText = Content.of(content) != Content.PAYLOAD;
        // where the engine keeps messages: outside of the heap
        final UnsafeBuffer kept = new UnsafeBuffer(ByteBuffer.allocateDirect(payloadBytes));
        kept.putBytes(0, payload);
        encoder = new JsonEffectEncoder(DecodeBenchmark.settings(), (handle, view) -> view.wrap(kept, 0, kept.capacity(), 0, 0), last);
        to.set(1, CommandHeader.NO_CORRELATION, isText ? Presentation.TEXT : 0, Durability.MEMORY);
        dslJson = new DslJson<>(Settings.withRuntime().skipDefaultValues(true).includeServiceLoader());
        dslWriter = dslJson.newWriter(WRITER_EXPANSION * payloadBytes + REST_BYTES);
        jackson = new JsonFactory();
        jacksonBytes = new ByteArrayBuilder(2 * payloadBytes + REST_BYTES);
        messageReply();
        final String expected = new String(last.bytes, 0, last.length - 1, StandardCharsets.UTF_8);
        jackson();
        check("Jackson", jacksonBytes.toByteArray(), expected);
        dslJson();
        check("DSL-JSON", dslWriter.toByteArray(), expected);
    }

    private static void check(final String who, final byte[] is, final String expected) {
        final String its = new String(is, StandardCharsets.UTF_8);
        if (!its.equals(expected)) {
            throw new IllegalStateException(who + " writes " + its + " and not " + expected);
        }
    }

    /** The reply to a publish. */
    @Benchmark
    public int confirmation() {
        encoder.published(to, MESSAGE, 1);
        return last.length;
    }

    /** The reply to a take. */
    @Benchmark
    public int messageReply() {
        encoder.beginMessages(to);
        encoder.message(MESSAGE, 1, Limits.PRIORITY_DEFAULT, 0);
        encoder.endMessages();
        return last.length;
    }

    /** The same by DSL-JSON's data binding. */
    @Benchmark
    public int dslJson() {
        final TakeReply.Taken taken = new TakeReply.Taken();
        taken.message = MESSAGE;
        if (isText) {
            taken.text = new String(payload, StandardCharsets.UTF_8);
        } else {
            taken.payload = payload;
        }
        final TakeReply reply = new TakeReply();
        reply.messages = List.of(taken);
        dslWriter.reset();
        dslJson.serialize(dslWriter, TakeReply.class, reply);
        return dslWriter.size();
    }

    /** The same by Jackson's streaming generator. */
    @Benchmark
    public int jackson() throws IOException {
        jacksonBytes.reset();
        try (JsonGenerator generator = jackson.createGenerator(jacksonBytes)) {
            generator.writeStartObject();
            generator.writeStringField("confirmation", "Y");
            generator.writeArrayFieldStart("messages");
            generator.writeStartObject();
            generator.writeNumberField("message", MESSAGE);
            if (isText) {
                generator.writeFieldName("text");
                generator.writeUTF8String(payload, 0, payload.length);
            } else {
                generator.writeBinaryField("payload", payload);
            }
            generator.writeEndObject();
            generator.writeEndArray();
            generator.writeEndObject();
        }
        return jacksonBytes.getCurrentSegmentLength();
    }

    /** Where a frame would go on to its connection. */
    private static final class LastFrame implements FrameSink {
        private byte[] bytes;
        private int length;

        @Override
        public void onReply(final ReplyTo its, final byte[] frame, final int frameLength) {
            bytes = frame;
            length = frameLength;
        }

        @Override
        public void onPublished(final ReplyTo its, final byte[] frame, final int frameLength) {
            onReply(its, frame, frameLength);
        }

        @Override
        public void onQuiet(final ReplyTo its) {
            throw new IllegalStateException("every publish is answered");
        }

        @Override
        public long takeConfirmed(final ReplyTo its) {
            return 0;
        }

        @Override
        public void onPush(final ReplyTo its, final byte[] frame, final int frameLength, final long reckonedBytes) {
            onReply(its, frame, frameLength);
        }
    }
}
