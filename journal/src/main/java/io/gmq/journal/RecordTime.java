package io.gmq.journal;

import io.gmq.engine.api.CommandHeader;
import org.agrona.DirectBuffer;

/** When a record was made. Public for the storage kinds in the packages below. */
public final class RecordTime {
    private RecordTime() {
    }

    /** Milliseconds since 1970; of a record that is no command, the time of the one before. */
    public static long of(final DirectBuffer buffer, final int offset, final int length, final long before) {
        return length < CommandHeader.LENGTH ? before : CommandHeader.timestampMs(buffer, offset);
    }
}
