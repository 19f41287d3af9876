package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Output;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * {@code reserve-with-timeout 0}, once for each message that is known to be there, so that none holds up the {@code delete} behind it; an
 * answer without a job is counted, and asked for again.
 *
 * <pre>
 *   RESERVED 17 200 CR LF aaabbb… CR LF   or   TIMED_OUT CR LF
 *   DELETED CR LF
 * </pre>
 */
final class BeanstalkConsumeSide implements ConsumeSide {
    private static final long RESERVED = Scan.word("RESERVED");
    private static final long TIMED_OUT = Scan.word("TIMED_OU");
    private static final long DELETED = Scan.word("DELETED\r");
    private static final long WATCHING = Scan.word("WATCHING");
    private static final byte[] RESERVE = Scan.ascii("reserve-with-timeout 0\r\n");
    private static final byte[] DELETE = Scan.ascii("delete ");
    private static final byte[] END = Scan.ascii("\r\n");
    private static final int ID_AT = "RESERVED ".length();

    private final byte[] opening;
    private final int payloadLength;
    private final int stampChars;
    private final int window;
    private final LongArrayList toDelete = new LongArrayList();
    private int answersMissing;
    private int asked;
    /** Bytes of a message that have not come yet. */
    private int skip;

    BeanstalkConsumeSide(final LoadPlan plan, final List<String> queues) {
        final StringBuilder all = new StringBuilder();
        queues.forEach(queue -> all.append("watch ").append(queue).append("\r\n"));
        opening = Scan.ascii(all.append("ignore default\r\n").toString());
        answersMissing = queues.size() + 1;
        payloadLength = plan.bytes();
        stampChars = Stamp.charsIn(plan.bytes());
        window = plan.window();
    }

    @Override
    public byte[] opening() {
        return opening;
    }

    @Override
    public boolean isOpen() {
        return answersMissing == 0;
    }

    @Override
    public boolean isSettling() {
        return true;
    }

    @Override
    public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        int deleted = 0;
        while (at < to) {
            if (skip > 0) {
                final int step = Math.min(skip, to - at);
                skip -= step;
                at += step;
                continue;
            }
            final int end = to - at <= Long.BYTES ? to : Scan.indexOfLf(in, at, to);
            if (end == to) {
                break;
            }
            final long word = Scan.word(in, at);
            if (word == DELETED) {
                deleted++;
            } else if (word == RESERVED) {
                if (to - end <= stampChars) {
                    break;
                }
                onMessage(in, at, end, tally);
            } else if (word == TIMED_OUT) {
                asked--;
                tally.empty(1);
            } else if (word == WATCHING) {
                answersMissing--;
            } else {
                throw Scan.unexpected("the server says", in, at, to);
            }
            at = end + 1;
        }
        tally.settled(deleted);
        return at;
    }

    private void onMessage(final DirectBuffer in, final int at, final int end, final Tally tally) {
        asked--;
        toDelete.addLong(Scan.number(in, at + ID_AT, end));
        tally.delivered(in, end + 1);
        skip = payloadLength + 2;
    }

    @Override
    public void write(final Output out, final long available) {
        for (int i = 0; i < toDelete.size(); i++) {
            out.put(DELETE).putNumber(toDelete.getLong(i)).put(END);
        }
        toDelete.clear();
        final long wanted = Math.min(window, available);
        for (; asked < wanted; asked++) {
            out.put(RESERVE);
        }
    }
}
