package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Output;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * RPOP, once for each message that is known to be there; an answer without a value is counted, and asked for again.
 *
 * <pre>
 *   $200 CR LF aaabbb… CR LF   or   $-1 CR LF
 * </pre>
 */
final class RespConsumeSide implements ConsumeSide {
    private static final int NIL_LENGTH = 5;

    private final byte[][] pops;
    private final byte[] head;
    private final long headWord;
    private final int headLength;
    private final int valueLength;
    private final int stampChars;
    private final int window;
    private int asked;
    private int nextQueue;
    /** Bytes of a value that have not come yet. */
    private int skip;

    RespConsumeSide(final LoadPlan plan, final List<String> queues) {
        pops = queues.stream().map(queue -> RespWire.command("RPOP", queue)).toArray(byte[][]::new);
        head = Scan.ascii("$" + plan.bytes() + "\r\n");
        headLength = head.length;
        headWord = headLength <= Long.BYTES ? Scan.word((new String(head, java.nio.charset.StandardCharsets.US_ASCII) + "        ").substring(0, 8)) : 0;
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
            if (to - at < NIL_LENGTH) {
                break;
            }
            if (in.getByte(at) == '$' && in.getByte(at + 1) == '-') {
                asked--;
                tally.empty(1);
                at += NIL_LENGTH;
                continue;
            }
            if (to - at < headLength + stampChars) {
                break;
            }
            checkHead(in, at, to);
            asked--;
            tally.delivered(in, at + headLength);
            skip = headLength + valueLength + 2;
        }
        return at;
    }

    private void checkHead(final DirectBuffer in, final int at, final int to) {
        final int shift = Long.SIZE - Math.min(Long.SIZE, headLength * Byte.SIZE);
        if (headWord != 0 ? (Scan.word(in, at) ^ headWord) << shift != 0 : in.getByte(at) != '$') {
            throw Scan.unexpected("the server says", in, at, to);
        }
    }

    @Override
    public void write(final Output out, final long available) {
        final long wanted = Math.min(window, available);
        while (asked < wanted) {
            out.put(pops[nextQueue]);
            nextQueue = nextQueue + 1 == pops.length ? 0 : nextQueue + 1;
            asked++;
        }
    }
}
