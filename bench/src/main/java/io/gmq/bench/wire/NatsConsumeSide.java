package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Output;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * SUB, in a queue group where consumers share a queue.
 *
 * <pre>
 *   MSG bench-0000001 1 200 CR LF aaabbb… CR LF
 * </pre>
 */
final class NatsConsumeSide implements ConsumeSide {
    private static final byte[] PONG = Scan.ascii("PONG\r\n");
    private static final int SHORTEST = 6;

    private final String opening;
    private final NatsLines lines = new NatsLines();
    private final int payloadLength;
    private final int stampChars;
    /** Bytes of a message that have not come yet. */
    private int skip;

    NatsConsumeSide(final LoadPlan plan, final List<String> queues) {
        final String group = plan.topology().consumers() > plan.topology().queues() ? " bench" : "";
        final StringBuilder all = new StringBuilder(NatsWire.CONNECT);
        for (int i = 0; i < queues.size(); i++) {
            all.append("SUB ").append(queues.get(i)).append(group).append(' ').append(i + 1).append("\r\n");
        }
        opening = all.append(NatsWire.PING).toString();
        payloadLength = plan.bytes();
        stampChars = Stamp.charsIn(plan.bytes());
    }

    @Override
    public byte[] opening() {
        return Scan.ascii(opening);
    }

    @Override
    public boolean isOpen() {
        return lines.isOpen();
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
            if (to - at < SHORTEST) {
                break;
            }
            final int next = in.getByte(at) == 'M' ? readMessage(in, at, to, tally) : lines.read(in, at, to);
            if (next == at) {
                break;
            }
            at = next;
        }
        return at;
    }

    private int readMessage(final DirectBuffer in, final int from, final int to, final Tally tally) {
        final int end = Scan.indexOfLf(in, from, to);
        if (to - end <= stampChars) {
            return from;
        }
        tally.delivered(in, end + 1);
        skip = payloadLength + 2;
        return end + 1;
    }

    @Override
    public void write(final Output out, final long available) {
        for (int pings = lines.takePings(); pings > 0; pings--) {
            out.put(PONG);
        }
    }
}
