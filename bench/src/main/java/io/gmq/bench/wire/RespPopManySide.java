package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Output;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.IntArrayQueue;

/**
 * RPOP with a count: as many at a time as are known to be there. An answer with fewer is no error, what is missing is asked for again.
 *
 * <pre>
 *   *256 CR LF $200 CR LF aaabbb… CR LF …   or   *-1 CR LF
 * </pre>
 */
final class RespPopManySide implements ConsumeSide {
    private static final byte[] END = Scan.ascii("\r\n");
    private static final int SHORTEST = 4;
    private static final int TEN = 10;

    private final byte[] pop;
    private final int headLength;
    private final int valueLength;
    private final int stampChars;
    private final int window;
    /** How many each unanswered request has asked for. */
    private final IntArrayQueue requests = new IntArrayQueue(0);
    private int asked;
    /** Values of the present answer that have not come yet. */
    private int valuesLeft;
    /** Bytes of a value that have not come yet. */
    private int skip;

    RespPopManySide(final LoadPlan plan, final List<String> queues) {
        if (queues.size() > 1) {
            throw new IllegalArgumentException("RPOP with a count takes from one queue");
        }
        pop = Scan.ascii("*3\r\n$4\r\nRPOP\r\n$" + queues.get(0).length() + "\r\n" + queues.get(0) + "\r\n$");
        headLength = ("$" + plan.bytes() + "\r\n").length();
        valueLength = plan.bytes();
        stampChars = Stamp.charsIn(plan.bytes());
        window = plan.window();
    }

    @Override
    public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        while (at < to) {
            if (skip > 0) {
                final int step = Math.min(skip, to - at);
                skip -= step;
                at += step;
                continue;
            }
            if (valuesLeft > 0) {
                if (to - at < headLength + stampChars) {
                    break;
                }
                if (in.getByte(at) != '$' || in.getByte(at + headLength - 1) != '\n') {
                    throw Scan.unexpected("the server says", in, at, to);
                }
                tally.delivered(in, at + headLength);
                skip = headLength + valueLength + 2;
                valuesLeft--;
                continue;
            }
            final int end = to - at < SHORTEST ? to : Scan.indexOfLf(in, at, to);
            if (end == to) {
                break;
            }
            onAnswer(in, at, end, tally);
            at = end + 1;
        }
        return at;
    }

    private void onAnswer(final DirectBuffer in, final int at, final int end, final Tally tally) {
        if (in.getByte(at) != '*') {
            throw Scan.unexpected("the server says", in, at, end);
        }
        asked -= requests.pollInt();
        if (in.getByte(at + 1) == '-') {
            tally.empty(1);
        } else {
            valuesLeft = (int) Scan.number(in, at + 1, end);
        }
    }

    /** What has been asked for and answered counts as asked until its values have come, or it would be asked for twice. */
    @Override
    public void write(final Output out, final long available) {
        final int count = (int) Math.min(window, available) - asked - valuesLeft;
        if (count > 0) {
            out.put(pop).putNumber(digits(count)).put(END).putNumber(count).put(END);
            requests.addInt(count);
            asked += count;
        }
    }

    private static int digits(final int count) {
        int digits = 1;
        for (int rest = count / TEN; rest > 0; rest /= TEN) {
            digits++;
        }
        return digits;
    }
}
