package io.gmq.bench.wire;

import io.gmq.bench.load.LoadException;
import io.gmq.bench.load.Stamp;
import org.agrona.DirectBuffer;

/** Redis's protocol with nothing behind it: LPUSH and RPOP, told apart by their first bytes. All lists are one. */
final class NullResp extends NullSession {
    private static final long PUSH = Scan.word("LPUSH\r\n$");
    private static final int NAME_AT = 8;
    private static final int SHORTEST = 16;
    private static final byte[] PUSHED = Scan.ascii(":1000001\r\n");
    private static final byte[] NIL = Scan.ascii("$-1\r\n");

    private final Stamps stamps;
    private int pushLength;
    private int stampAt;
    private int stampStride;
    private int batch;
    private int popLength;
    private int at;

    NullResp(final Stamps stamps) {
        this.stamps = stamps;
    }

    @Override
    int read(final DirectBuffer in, final int from, final int to) {
        at = from;
        while (to - at >= SHORTEST) {
            final boolean isPush = Scan.word(in, at + NAME_AT) == PUSH;
            final int known = isPush ? pushLength : popLength;
            final int length = known > 0 ? known : learn(in, to, isPush);
            if (length == 0 || to - at < length) {
                break;
            }
            if (in.getByte(at + length - 1) != '\n') {
                throw new LoadException("a command of another length has come");
            }
            if (isPush) {
                for (int i = 0; i < batch; i++) {
                    stamps.add(in, at + stampAt + i * stampStride);
                }
                out().put(PUSHED);
            } else if (stamps.size() > 0) {
                stamps.write(out(), 1);
            } else {
                out().put(NIL);
            }
            at += length;
        }
        return at;
    }

    /** The length of the command here, or 0 where it has not come to its end. */
    private int learn(final DirectBuffer in, final int to, final boolean isPush) {
        int end = Scan.indexOfLf(in, at, to) + 1;
        final int words = (int) Scan.number(in, at + 1, end);
        int valueAt = 0;
        int length = 0;
        int first = 0;
        for (int i = 0; i < words; i++) {
            final int lineEnd = Scan.indexOfLf(in, Math.min(end, to), to) + 1;
            if (lineEnd > to) {
                return 0;
            }
            length = (int) Scan.number(in, end + 1, lineEnd);
            valueAt = lineEnd;
            first = i == 2 ? lineEnd : first;
            end = lineEnd + length + 2;
        }
        if (end > to) {
            return 0;
        }
        if (isPush) {
            batch = words - 2;
            stampAt = first - at;
            stampStride = batch == 1 ? 0 : (valueAt - first) / (batch - 1);
            pushLength = end - at;
            if (!stamps.hasTemplate()) {
                final String begin = "$" + length + "\r\n";
                stamps.stampChars(Stamp.charsIn(length));
                stamps.template(Scan.ascii(begin + in.getStringWithoutLengthAscii(valueAt, length) + "\r\n"), begin.length());
            }
        } else {
            popLength = end - at;
        }
        return end - at;
    }
}
