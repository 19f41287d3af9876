package io.gmq.bench.wire;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishFrame;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/** LPUSH, of one or several values; answered with {@code :N} and CR LF. */
final class RespPublishSide implements PublishSide {
    private static final int REPLY_MIN = 4;

    private final PublishFrame frame;

    RespPublishSide(final LoadPlan plan, final List<String> queues) {
        final String queue = queues.get(0);
        final String value = new String(Filler.letters(plan.bytes()), StandardCharsets.US_ASCII);
        final String[] words = new String[2 + plan.batch()];
        Arrays.fill(words, value);
        words[0] = "LPUSH";
        words[1] = queue;
        final String text = RespWire.text(words);
        final String prefix = "$" + value.length() + "\r\n";
        final int queueEnd = text.indexOf(queue) + queue.length();
        frame = new PublishFrame(Scan.ascii(text), plan.batch(), text.indexOf(prefix, queueEnd) + prefix.length(),
            prefix.length() + value.length() + 2, Stamp.charsIn(plan.bytes()), queues.size() == 1 ? -1 : queueEnd - Long.BYTES);
    }

    @Override
    public PublishFrame frame() {
        return frame;
    }

    @Override
    public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        int frames = 0;
        while (to - at >= REPLY_MIN) {
            if (in.getByte(at) != ':') {
                throw Scan.unexpected("the server has refused a message", in, at, to);
            }
            final int end = Scan.indexOfLf(in, at + REPLY_MIN - 1, to);
            if (end == to) {
                break;
            }
            at = end + 1;
            frames++;
        }
        tally.confirmed(frames);
        return at;
    }
}
