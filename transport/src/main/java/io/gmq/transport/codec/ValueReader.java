package io.gmq.transport.codec;

import io.gmq.engine.api.RefusalCode;
import java.util.Arrays;

/**
 * Reads single values of members and says what is wrong with them: integers within bounds, truth values, strings, names and
 * words. Leaves what it has read in its fields until the next value.
 */
final class ValueReader {
    /** As for integers that bound nothing here. */
    static final long ANY_MAX = Long.MAX_VALUE;

    /** Where a string goes that has escapes. */
    byte[] scratch = new byte[1024];
    /** Holds the string read last, which begins at {@link #from}: the frame, or {@link #scratch}. */
    byte[] bytes = scratch;
    int from;
    boolean isTrue;

    private final JsonReader reader;
    private final Refusal refusal;

    ValueReader(final JsonReader reader, final Refusal refusal) {
        this.reader = reader;
        this.refusal = refusal;
    }

    /** Makes room for the strings of a frame of so many bytes. */
    void reserve(final int frameLength) {
        if (scratch.length < frameLength) {
            scratch = new byte[frameLength];
        }
    }

    boolean wrong(final Member member, final String what) {
        if (!refusal.isSet()) {
            refusal.set(RefusalCode.BAD_REQUEST, member, "'" + member.word() + "' " + what);
        }
        return false;
    }

    boolean readInteger(final Member member, final long least, final long most) {
        final int next = reader.peek();
        if (next != '-' && (next < '0' || next > '9')) {
            return wrong(member, "must be a whole number");
        }
        if (!reader.readLong()) {
            return !reader.hasFailed() && wrong(member, reader.problem());
        }
        if (reader.number() < least || reader.number() > most) {
            return wrong(member, "is " + reader.number() + ", must be " + (most == ANY_MAX ? "at least " + least : least + " to " + most));
        }
        return true;
    }

    /** Reads a truth value; {@link #isTrue} has it. */
    boolean readBoolean(final Member member) {
        isTrue = reader.skipTrue();
        return isTrue || reader.skipFalse() || wrong(member, "must be true or false");
    }

    /** Reads a string, which then lies in {@link #bytes}; its length, or -1 if there is none. */
    int readString(final Member member) {
        if (reader.peek() != '"') {
            wrong(member, "must be a string");
            return -1;
        }
        bytes = reader.bytes();
        from = reader.at() + 1;
        final int plainTo = reader.skipPlainString();
        if (plainTo >= 0) {
            return plainTo - from;
        }
        bytes = scratch;
        from = 0;
        final int length = reader.readString(scratch, 0);
        if (length < 0 && !reader.hasFailed()) {
            wrong(member, reader.problem());
        }
        return length;
    }

    /** Reads a name of a queue or the like, without control characters. */
    boolean readName(final Member member, final Name name, final int least) {
        if (!readText(member, name, least)) {
            return false;
        }
        if (Utf8.hasControl(name.bytes(), 0, name.length())) {
            name.clear();
            return wrong(member, "holds a control character");
        }
        return true;
    }

    /** Reads a string of any characters that is no longer than a name. */
    boolean readText(final Member member, final Name text, final int least) {
        final int length = readString(member);
        if (length < 0) {
            return false;
        }
        if (length < least || length > Name.LENGTH_MAX) {
            return wrong(member, "has " + length + " bytes, must have " + least + " to " + Name.LENGTH_MAX);
        }
        text.set(bytes, from, length);
        return true;
    }

    /** Reads one of some words; which one, or -1 if it is none of them. */
    int readWord(final Member member, final Words words) {
        final int length = readString(member);
        if (length < 0) {
            return -1;
        }
        final int index = words.find(bytes, from, from + length);
        if (index < 0) {
            wrong(member, "must be " + words.choice());
        }
        return index;
    }

    /** The string read last into {@link #scratch}, with a closing quote behind it. */
    byte[] quoted(final int length) {
        if (scratch.length == length) {
            scratch = Arrays.copyOf(scratch, length + 1);
        }
        scratch[length] = '"';
        return scratch;
    }
}
