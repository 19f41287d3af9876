package io.gmq.broker.history;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.QueueCounts;
import java.util.EnumMap;
import java.util.Map;

/**
 * A queue at a point of the past.
 *
 * @param name   of it.
 * @param counts what was counted; {@link Count#NONE} for what was not there.
 */
public record QueueThen(String name, Map<Count, Long> counts) {
    static QueueThen of(final String name, final QueueCounts its) {
        final Map<Count, Long> counts = new EnumMap<>(Count.class);
        for (final Count count : Count.values()) {
            counts.put(count, its.get(count));
        }
        return new QueueThen(name, counts);
    }

    public long count(final Count count) {
        return counts.get(count);
    }
}
