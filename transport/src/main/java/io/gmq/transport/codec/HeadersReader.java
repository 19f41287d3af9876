package io.gmq.transport.codec;

import io.gmq.engine.api.Headers;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the headers of a message, an object of strings, into the form of {@link Headers}. */
final class HeadersReader {
    private final JsonReader reader;
    private final Refusal refusal;
    private final int[] nameOffsets = new int[Limits.HEADERS_MAX];
    private byte[] part = new byte[256];
    private byte[] out;
    private int at;
    private int count;
    private int bytes;

    HeadersReader(final JsonReader reader, final Refusal refusal) {
        this.reader = reader;
        this.refusal = refusal;
    }

    /** Reads the object that stands at the reader; says whether it is good, with the refusal set where it is not. */
    boolean read(final CommandScratch messages) {
        if (!reader.skip('{')) {
            return wrong("must be an object of strings");
        }
        out = messages.headers();
        at = 0;
        count = 0;
        bytes = 0;
        reader.skipSpace();
        if (reader.skip('}')) {
            return true;
        }
        do {
            if (!readHeader()) {
                return false;
            }
            reader.skipSpace();
        } while (reader.skip(','));
        reader.require('}');
        messages.headersLength(at);
        return true;
    }

    private boolean readHeader() {
        reader.skipSpace();
        if (count == Limits.HEADERS_MAX) {
            return tooMany();
        }
        final int nameFrom = at;
        if (!readPart()) {
            return false;
        }
        if (isGivenTwice(nameFrom)) {
            return wrong("gives a header twice: '" + new String(out, nameFrom + 2, at - nameFrom - 2, StandardCharsets.UTF_8) + "'");
        }
        nameOffsets[count++] = nameFrom;
        reader.skipSpace();
        reader.require(':');
        reader.skipSpace();
        return !reader.hasFailed() && readPart();
    }

    /** Reads a name or a value and puts it behind what there is. */
    private boolean readPart() {
        if (reader.peek() != '"') {
            return wrong("must be an object of strings");
        }
        final int room = reader.to() - reader.at();
        if (part.length < room) {
            part = new byte[room];
        }
        final int length = reader.readString(part, 0);
        if (length < 0) {
            return !reader.hasFailed() && wrong(reader.problem());
        }
        bytes += length;
        if (bytes > Limits.HEADERS_LENGTH_MAX) {
            return tooMany();
        }
        out[at] = (byte) length;
        out[at + 1] = (byte) (length >> 8);
        System.arraycopy(part, 0, out, at + 2, length);
        at += 2 + length;
        return true;
    }

    private boolean isGivenTwice(final int nameFrom) {
        for (int i = 0; i < count; i++) {
            final int other = nameOffsets[i] + 2;
            final int otherLength = (out[other - 2] & 0xFF) | (out[other - 1] & 0xFF) << 8;
            if (Arrays.equals(out, other, other + otherLength, out, nameFrom + 2, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean tooMany() {
        return wrong("holds more than " + Limits.HEADERS_MAX + " headers or more than " + Limits.HEADERS_LENGTH_MAX
            + " bytes of names and values");
    }

    private boolean wrong(final String what) {
        refusal.set(RefusalCode.BAD_REQUEST, Member.HEADERS, "'headers' " + what);
        return false;
    }
}
