package io.gmq.transport.codec;

import java.util.Arrays;

/**
 * Walks strictly over JSON (RFC 8259) in an array, one token at a time. What it cannot walk over makes it {@link #fail}, after
 * which every step fails too, so that callers may check once. Expects valid UTF-8.
 */
final class JsonReader {
    private static final int FAILED = Integer.MAX_VALUE - 64;
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private byte[] in;
    private int to;
    private int at;
    /** One bit a level of nesting: whether it is an object. */
    private long[] nesting = new long[4];

    /** How the last string or number went wrong, or {@code null}. */
    private String problem;
    private long number;

    void wrap(final byte[] bytes, final int from, final int end) {
        in = bytes;
        at = from;
        to = end;
        problem = null;
    }

    byte[] bytes() {
        return in;
    }

    int at() {
        return at;
    }

    void at(final int place) {
        if (!hasFailed()) {
            at = place;
        }
    }

    int to() {
        return to;
    }

    boolean hasFailed() {
        return at >= FAILED;
    }

    void fail() {
        at = FAILED;
    }

    void skipSpace() {
        while (at < to && in[at] <= ' ' && isSpace(in[at])) {
            at++;
        }
    }

    private static boolean isSpace(final byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** The next byte, or -1 at the end. */
    int peek() {
        return at < to ? in[at] : -1;
    }

    /** Steps over a byte if it is next. */
    boolean skip(final char expected) {
        if (at < to && in[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    void require(final char expected) {
        if (!skip(expected)) {
            fail();
        }
    }

    /**
     * Reads a string into an array that is large enough; escapes only ever shrink it.
     *
     * @return the place behind what was written; -1 if the string holds a lone surrogate (see {@link #problem}), with the
     *     reader behind the string all the same.
     */
    int readString(final byte[] out, final int outFrom) {
        problem = null;
        if (at >= to || in[at] != '"') {
            fail();
            return -1;
        }
        int outAt = outFrom;
        int runFrom = at + 1;
        while (true) {
            final int runTo = Swar.indexOfSpecialFar(in, runFrom, to);
            if (runTo == to || (in[runTo] & 0xFF) < ' ') {
                fail();
                return -1;
            }
            System.arraycopy(in, runFrom, out, outAt, runTo - runFrom);
            outAt += runTo - runFrom;
            at = runTo + 1;
            if (in[runTo] == '"') {
                return problem == null ? outAt : -1;
            }
            outAt = readEscape(out, outAt);
            if (hasFailed()) {
                return -1;
            }
            runFrom = at;
        }
    }

    /**
     * Steps over a string that has no escapes.
     *
     * @return the place of its closing quote, or -1 if it is something else, with the reader where it was.
     */
    int skipPlainString() {
        if (peek() != '"') {
            return -1;
        }
        final int end = Swar.indexOfSpecial(in, at + 1, to);
        if (end == to || in[end] != '"') {
            return -1;
        }
        at = end + 1;
        return end;
    }

    private int readEscape(final byte[] out, final int outAt) {
        final int escape = peek();
        at++;
        final int plain = switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> -1;
        };
        if (plain >= 0) {
            out[outAt] = (byte) plain;
            return outAt + 1;
        }
        if (escape != 'u') {
            fail();
            return outAt;
        }
        final int unit = readHex();
        if (unit < 0) {
            fail();
            return outAt;
        }
        if (unit < 0xD800 || unit > 0xDFFF) {
            return Utf8.put(out, outAt, unit);
        }
        if (unit < 0xDC00 && at + 1 < to && in[at] == '\\' && in[at + 1] == 'u') {
            final int before = at;
            at += 2;
            final int low = readHex();
            if (low >= 0xDC00 && low <= 0xDFFF) {
                return Utf8.put(out, outAt, Character.toCodePoint((char) unit, (char) low));
            }
            at = before;
        }
        problem = "holds a lone surrogate";
        return outAt;
    }

    private int readHex() {
        if (at + 4 > to) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            final int digit = Character.digit(in[at + i], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        at += 4;
        return value;
    }

    /**
     * Reads a number; {@link #number} has it.
     *
     * @return whether it is a 64-bit integer; if not, the reader is behind it all the same and {@link #problem} says why.
     */
    boolean readLong() {
        problem = null;
        final int start = at;
        final boolean isNegative = skip('-');
        final int digits = at;
        long value = 0;
        boolean isTooLarge = false;
        while (at < to && in[at] >= '0' && in[at] <= '9') {
            final int digit = in[at++] - '0';
            isTooLarge |= value < Long.MIN_VALUE / 10 || value == Long.MIN_VALUE / 10 && digit > 8;
            value = value * 10 - digit;
        }
        if (at == digits || in[digits] == '0' && at > digits + 1) {
            fail();
            return false;
        }
        final boolean isFraction = skipFraction();
        if (hasFailed()) {
            return false;
        }
        if (isFraction || isNegative && value == 0) {
            problem = "must be a whole number without fraction, exponent or negative zero";
        } else if (isTooLarge || !isNegative && value == Long.MIN_VALUE) {
            problem = "does not fit 64 bits";
        }
        number = isNegative ? value : -value;
        return problem == null && at > start;
    }

    private boolean skipFraction() {
        boolean isFraction = false;
        if (skip('.')) {
            isFraction = true;
            skipDigits();
        }
        if (skip('e') || skip('E')) {
            isFraction = true;
            if (!skip('+')) {
                skip('-');
            }
            skipDigits();
        }
        return isFraction;
    }

    private void skipDigits() {
        final int start = at;
        while (at < to && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == start) {
            fail();
        }
    }

    long number() {
        return number;
    }

    String problem() {
        return problem;
    }

    boolean skipTrue() {
        return skipWord(TRUE);
    }

    boolean skipFalse() {
        return skipWord(FALSE);
    }

    private boolean skipWord(final byte[] word) {
        if (at + word.length <= to && Arrays.equals(in, at, at + word.length, word, 0, word.length)) {
            at += word.length;
            return true;
        }
        return false;
    }

    /** Steps over any value, however deep, and fails if it is not well-formed. */
    void skipValue() {
        int depth = 0;
        do {
            skipSpace();
            final int next = peek();
            if (next == '{' || next == '[') {
                at++;
                depth = enter(depth, next == '{');
                skipSpace();
                if (skip(next == '{' ? '}' : ']')) {
                    depth--;
                } else {
                    skipNameIfObject(depth);
                    continue;
                }
            } else {
                skipScalar(next);
            }
            depth = leaveOrGoOn(depth);
        } while (depth > 0 && !hasFailed());
    }

    /** Behind a value: steps over closing brackets, or a comma (and the next name) to the next value. */
    private int leaveOrGoOn(final int from) {
        int depth = from;
        while (depth > 0 && !hasFailed()) {
            skipSpace();
            if (skip(',')) {
                skipSpace();
                skipNameIfObject(depth);
                return depth;
            }
            require(isObject(depth) ? '}' : ']');
            depth--;
        }
        return depth;
    }

    private void skipNameIfObject(final int depth) {
        if (isObject(depth)) {
            skipString();
            skipSpace();
            require(':');
        }
    }

    private int enter(final int depth, final boolean isObject) {
        if (depth >> 6 == nesting.length) {
            nesting = Arrays.copyOf(nesting, nesting.length * 2);
        }
        final long bit = 1L << (depth & 63);
        nesting[depth >> 6] = isObject ? nesting[depth >> 6] | bit : nesting[depth >> 6] & ~bit;
        return depth + 1;
    }

    private boolean isObject(final int depth) {
        final int level = depth - 1;
        return (nesting[level >> 6] >> (level & 63) & 1) != 0;
    }

    private void skipScalar(final int next) {
        if (next == '"') {
            skipString();
        } else if (next == '-' || next >= '0' && next <= '9') {
            readLong();
        } else if (!skipWord(TRUE) && !skipWord(FALSE) && !skipWord(NULL)) {
            fail();
        }
    }

    private void skipString() {
        if (!skip('"')) {
            fail();
            return;
        }
        while (true) {
            final int special = Swar.indexOfSpecial(in, at, to);
            if (special == to || (in[special] & 0xFF) < ' ') {
                fail();
                return;
            }
            at = special + 1;
            if (in[special] == '"') {
                return;
            }
            final int escape = peek();
            at++;
            if (escape == 'u' ? readHex() < 0 : "\"\\/bfnrt".indexOf(escape) < 0) {
                fail();
                return;
            }
        }
    }
}
