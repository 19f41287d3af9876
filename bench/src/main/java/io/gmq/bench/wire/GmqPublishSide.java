package io.gmq.bench.wire;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishFrame;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Publishes without {@code id}: confirmations come in order, and look all alike but for the message's id.
 *
 * <pre>
 *   {"confirmation":"Y","message":1041,"durability":"synced"}   or   {"confirmation":"Y","first":1041,"count":16}
 *   |       |       |       |
 *   first   second  third   the rest is not looked at
 * </pre>
 */
final class GmqPublishSide implements PublishSide {
    private static final long FIRST = Scan.word("{\"confir");
    private static final long SECOND = Scan.word("mation\":");
    private static final long THIRD_OF_ONE = Scan.word("\"Y\",\"mes");
    private static final long THIRD_OF_BATCH = Scan.word("\"Y\",\"fir");
    /** A reply that confirms has this and more. */
    private static final int LENGTH_MIN = 32;
    private static final String CAPACITY = "\"max_queue_capacity\":";

    private final byte[] opening;
    private final PublishFrame frame;
    private final long third;
    private long capacity = Long.MAX_VALUE;
    private boolean isOpen;
    /** The last reply's length, which the next one most likely has too. */
    private int length = LENGTH_MIN;

    GmqPublishSide(final LoadPlan plan, final GmqOptions options, final List<String> queues) {
        opening = options.greeting().followedBy("");
        frame = frame(plan, options, queues);
        third = plan.batch() == 1 ? THIRD_OF_ONE : THIRD_OF_BATCH;
    }

    private static PublishFrame frame(final LoadPlan plan, final GmqOptions options, final List<String> queues) {
        final String queue = queues.get(0);
        final String begin = "{\"operation\":\"publish\",\"queue\":\"" + queue + "\",";
        final String value = value(plan, options);
        final String message = "\"" + options.form().member() + "\":\"" + value + "\"";
        final StringBuilder text = new StringBuilder(begin);
        if (plan.batch() == 1) {
            text.append(message);
        } else {
            text.append("\"messages\":[{").append(message);
            for (int i = 1; i < plan.batch(); i++) {
                text.append("},{").append(message);
            }
            text.append("}]");
        }
        text.append(GmqWire.level(options)).append("}\n");
        final int stampAt = text.indexOf("\":\"" + value, begin.length()) + 3;
        return new PublishFrame(Scan.ascii(text.toString()), plan.batch(), stampAt, message.length() + 3, stampChars(plan, options),
            queues.size() == 1 ? -1 : begin.length() - 2 - Long.BYTES);
    }

    /** A message as it is written. */
    static String value(final LoadPlan plan, final GmqOptions options) {
        final byte[] letters = Filler.letters(plan.bytes());
        if (options.form() == GmqOptions.Form.TEXT) {
            return new String(letters, StandardCharsets.US_ASCII);
        }
        // A stamp takes the place of whole groups of it: its letters are base64, too.
        return Base64.getEncoder().encodeToString(letters);
    }

    /** How much of a stamp there is room for; in base64 only in groups of four characters that are all of a message. */
    static int stampChars(final LoadPlan plan, final GmqOptions options) {
        return Stamp.charsIn(options.form() == GmqOptions.Form.TEXT ? plan.bytes() : plan.bytes() / 3 * 4);
    }

    @Override
    public byte[] opening() {
        return opening;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public PublishFrame frame() {
        return frame;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        int frames = 0;
        if (!isOpen) {
            at = open(in, from, to);
            if (!isOpen) {
                return at;
            }
        }
        while (at < to) {
            // No shorter reply hides before that LF: the next one would have its first 31 bytes there, which are no LF.
            if (to - at < length || in.getByte(at + length - 1) != '\n') {
                final int end = Scan.indexOfLf(in, at, to);
                if (end == to) {
                    break;
                }
                length = end + 1 - at;
            }
            if (length < LENGTH_MIN || Scan.word(in, at) != FIRST || Scan.word(in, at + 8) != SECOND || Scan.word(in, at + 16) != third) {
                throw Scan.unexpected("the broker has refused a message", in, at, to);
            }
            at += length;
            frames++;
        }
        tally.confirmed(frames);
        return at;
    }

    private int open(final DirectBuffer in, final int from, final int to) {
        final int end = Scan.indexOfLf(in, from, to);
        if (end == to) {
            return from;
        }
        final String reply = in.getStringWithoutLengthAscii(from, end - from);
        if (!reply.startsWith("{\"confirmation\":\"Y\"")) {
            throw Scan.unexpected("the broker has not welcomed a connection", in, from, to);
        }
        final int limit = reply.indexOf(CAPACITY);
        if (limit >= 0) {
            capacity = Scan.number(in, from + limit + CAPACITY.length(), end);
        }
        isOpen = true;
        return end + 1;
    }
}
