package io.gmq.bench.wire;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishFrame;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** {@code put}, into the one tube that a connection uses at a time; answered with {@code INSERTED 1} and CR LF. */
final class BeanstalkPublishSide implements PublishSide {
    private static final long INSERTED = Scan.word("INSERTED");
    /** No job runs longer. */
    private static final int SECONDS_TO_RUN = 3600;

    private final PublishFrame frame;
    private final byte[] opening;
    private boolean isOpen;

    BeanstalkPublishSide(final LoadPlan plan, final List<String> queues) {
        if (plan.batch() > 1 || queues.size() > 1) {
            throw new IllegalArgumentException("a producer of beanstalkd publishes one message at a time, to one queue");
        }
        final String head = "put 1 0 " + SECONDS_TO_RUN + " " + plan.bytes() + "\r\n";
        final String text = head + new String(Filler.letters(plan.bytes()), StandardCharsets.US_ASCII) + "\r\n";
        frame = new PublishFrame(Scan.ascii(text), 1, head.length(), text.length(), Stamp.charsIn(plan.bytes()), -1);
        opening = Scan.ascii("use " + queues.get(0) + "\r\n");
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
    public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        int inserted = 0;
        while (to - at > Long.BYTES) {
            final int end = Scan.indexOfLf(in, at, to);
            if (end == to) {
                break;
            }
            if (Scan.word(in, at) == INSERTED) {
                inserted++;
            } else if (!isOpen && in.getByte(at) == 'U') {
                isOpen = true;
            } else {
                throw Scan.unexpected("the server has refused a message", in, at, to);
            }
            at = end + 1;
        }
        tally.confirmed(inserted);
        return at;
    }
}
