package io.gmq.bench.wire;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Tally;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Reads the array of messages in a delivery or in the reply to a take. All messages of a run look alike, so most of a message is stepped
 * over; what its length says must be there is looked at.
 *
 * <pre>
 *   {"message":1041,"text":"aaabbb…"},{"message":1042,…}]
 *   ^ at       ^ id         ^ stamp ^ skipped to here
 * </pre>
 */
final class GmqMessages {
    private static final long BEGIN = Scan.word("{\"messag");
    private static final long BEGIN_END = Scan.word("essage\":");
    private static final int ID_AT = 11;
    private static final int ID_DIGITS_MAX = 19;

    private final byte[] member;
    private final long memberBegin;
    private final long memberEnd;
    private final int valueLength;
    private final int stampChars;
    private int idDigits = 1;
    /** Bytes of a message's value, and its quote, that have not come yet. */
    private int skip;
    private boolean isBehindValue;
    private boolean isFirst;
    private boolean isAtEnd;
    private int lastIdAt;

    GmqMessages(final LoadPlan plan, final GmqOptions options) {
        member = Scan.ascii(",\"" + options.form().member() + "\":\"");
        memberBegin = Scan.word(new String(member, 0, Long.BYTES, StandardCharsets.US_ASCII));
        memberEnd = Scan.word(new String(member, member.length - Long.BYTES, Long.BYTES, StandardCharsets.US_ASCII));
        valueLength = GmqPublishSide.value(plan, options).length();
        stampChars = GmqPublishSide.stampChars(plan, options);
    }

    /** The next byte is the first of the array. */
    void begin() {
        isFirst = true;
        isAtEnd = false;
        isBehindValue = false;
        skip = 0;
    }

    /** The array's bracket has been read. */
    boolean isAtEnd() {
        return isAtEnd;
    }

    /**
     * Reads a message, or what there is of it, and returns where to go on; {@code at} where more bytes are needed. After a message was
     * reported, {@link #lastIdAt} says where its id is.
     */
    int read(final DirectBuffer in, final int at, final int to, final Tally tally) {
        lastIdAt = -1;
        if (skip > 0 || isBehindValue) {
            return readRest(in, at, to);
        }
        if (isFirst && in.getByte(at) == ']') {
            isAtEnd = true;
            return at + 1;
        }
        final int needed = ID_AT + idDigits + member.length + stampChars;
        if (to - at < needed) {
            return at;
        }
        if (Scan.word(in, at) != BEGIN || Scan.word(in, at + 3) != BEGIN_END) {
            throw Scan.unexpected("no message where one should be", in, at, to);
        }
        final int idEnd = at + ID_AT + idDigits;
        if (in.getByte(idEnd) != ',') {
            idDigits = digits(in, at + ID_AT, to);
            return at + ID_AT + idDigits >= to ? at : read(in, at, to, tally);
        }
        if (Scan.word(in, idEnd) != memberBegin || Scan.word(in, idEnd + member.length - Long.BYTES) != memberEnd) {
            throw Scan.unexpected("no payload where one should be", in, at, to);
        }
        isFirst = false;
        final int valueAt = idEnd + member.length;
        tally.delivered(in, valueAt);
        lastIdAt = at + ID_AT;
        final int end = valueAt + valueLength;
        if (to - end >= 3 && in.getByte(end) == '"' && in.getByte(end + 1) == '}' && in.getByte(end + 2) == ',') {
            return end + 3;
        }
        skip = valueLength + 1;
        isBehindValue = true;
        return readRest(in, valueAt, to);
    }

    private int readRest(final DirectBuffer in, final int from, final int to) {
        final int step = Math.min(skip, to - from);
        int at = from + step;
        skip -= step;
        if (skip > 0) {
            return at;
        }
        if (step > 0 && in.getByte(at - 1) != '"') {
            throw Scan.unexpected("a message of another length has come", in, from, to);
        }
        // There may be members behind it, like the number of attempts.
        int brace = at;
        while (brace < to && in.getByte(brace) != '}') {
            brace++;
        }
        if (to - brace < 2) {
            return at;
        }
        at = brace + 2;
        isBehindValue = false;
        isAtEnd = in.getByte(brace + 1) == ']';
        return at;
    }

    /** Where the id of the message is that the last call has reported; -1 if it has reported none. */
    int lastIdAt() {
        return lastIdAt;
    }

    private static int digits(final DirectBuffer in, final int from, final int to) {
        int at = from;
        while (at < to && in.getByte(at) >= '0' && in.getByte(at) <= '9') {
            at++;
        }
        if (at == from && at < to || at - from > ID_DIGITS_MAX) {
            throw Scan.unexpected("no id where one should be", in, from, to);
        }
        return at - from;
    }
}
