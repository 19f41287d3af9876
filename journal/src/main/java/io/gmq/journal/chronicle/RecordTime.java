package io.gmq.journal.chronicle;

import io.gmq.engine.api.CommandHeader;
import org.agrona.DirectBuffer;

/** When a record was made. */
final class RecordTime {
    private RecordTime() {
    }

    /** Milliseconds since 1970; of a record that is no command, the time of the one before. */
    static long of(final DirectBuffer buffer, final int offset, final int length, final long before) {
        return length < CommandHeader.LENGTH ? before : CommandHeader.timestampMs(buffer, offset);
    }
}
