package io.gmq.bench.jmh;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.runtime.Settings;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gmq.bench.jmh.PublishFrame.Content;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.codec.FrameScanner;
import io.gmq.transport.codec.JsonCommandDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
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
 * From the bytes of a request to publish to the command that goes into the ring; and the same bytes read by two libraries, each used
 * in the fastest way that was found. All are given the same array and the frame's bounds in it, and all give operation, queue and
 * message; before anything is measured, it is checked that it is the same message.
 *
 * <p>The libraries look at less: they do not refuse members that are there twice, nor all that is no UTF-8 or no canonical base64.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g"})
public class DecodeBenchmark {
    private static final int LENGTH_MAX = 16 << 20;
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final long CONNECTION = 7;

    /** Bytes of a frame, its LF included. */
    @Param({"256", "1024", "16384"})
    int frameBytes;

    /** Base64; a string of ASCII; a string with escapes and other letters. */
    @Param({"payload", "text", "escaped"})
    String content;

    private byte[] frame;
    private FrameScanner scanner;
    private JsonCommandDecoder decoder;
    private DslJson<Object> dslJson;
    private JsonReader<Object> dslReader;
    private JsonFactory jackson;

    static CodecSettings settings() {
        return new CodecSettings(new Limits(4096, LENGTH_MAX, 4096, 30_000, Long.MAX_VALUE, 1000), 2 * LENGTH_MAX, Durability.MEMORY,
            Durability.SYNCED, "filesystem", "GMQ");
    }

    @Setup(Level.Trial)
    public void setUp() throws IOException {
        final PublishFrame its = PublishFrame.of(Content.of(content), frameBytes);
        frame = its.bytes;
        scanner = new FrameScanner();
        decoder = new JsonCommandDecoder(settings());
        dslJson = new DslJson<>(Settings.withRuntime().includeServiceLoader());
        dslReader = dslJson.newReader();
        jackson = new JsonFactory();
        gmqWithScan();
        check("gmq", commandPayload(), its.payload);
        check("DSL-JSON", payload(dslJson()), its.payload);
        check("Jackson", payload(jackson()), its.payload);
    }

    private byte[] commandPayload() {
        if (CommandHeader.type(decoder.buffer(), decoder.offset()) != CommandType.PUBLISH) {
            throw new IllegalStateException("the frame was refused");
        }
        final PublishCommand command = new PublishCommand().wrap(decoder.buffer(), decoder.offset());
        command.next();
        final byte[] payload = new byte[command.payloadLength()];
        decoder.buffer().getBytes(command.payloadOffset(), payload);
        return payload;
    }

    private static byte[] payload(final PublishRequest request) {
        return request.payload != null ? request.payload : request.text.getBytes(StandardCharsets.UTF_8);
    }

    private static void check(final String who, final byte[] is, final byte[] expected) {
        if (!Arrays.equals(is, expected)) {
            throw new IllegalStateException(who + " decodes another message");
        }
    }

    /** The decoder alone, as the others: the end of the frame is known. */
    @Benchmark
    public int gmq() {
        decoder.decode(frame, 0, frame.length - 1, NOW_MS, CONNECTION);
        return decoder.length();
    }

    /** With the search for the end of the frame. */
    @Benchmark
    public int gmqWithScan() {
        final int end = scanner.frameEnd(frame, 0, frame.length);
        decoder.decode(frame, 0, end, NOW_MS, CONNECTION);
        scanner.next();
        return decoder.length();
    }

    /** DSL-JSON's data binding, with code that was generated when this was compiled, and a reader that is used again. */
    @Benchmark
    public PublishRequest dslJson() throws IOException {
        return dslReader.process(frame, frame.length - 1).next(PublishRequest.class);
    }

    /** DSL-JSON's data binding, with what it finds out about the class when it runs. */
    @Benchmark
    public PlainRequest dslJsonRuntime() throws IOException {
        return dslJson.deserialize(PlainRequest.class, frame, frame.length - 1);
    }

    /** Jackson's streaming parser. */
    @Benchmark
    public PublishRequest jackson() throws IOException {
        final PublishRequest request = new PublishRequest();
        try (JsonParser parser = jackson.createParser(frame, 0, frame.length - 1)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "operation" -> request.operation = parser.getText();
                    case "queue" -> request.queue = parser.getText();
                    case "payload" -> request.payload = parser.getBinaryValue();
                    case "text" -> request.text = parser.getText();
                    default -> throw new IllegalStateException(name);
                }
            }
        }
        return request;
    }
}
