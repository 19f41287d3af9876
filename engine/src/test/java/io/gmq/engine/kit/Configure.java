package io.gmq.engine.kit;

import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Setting;
import java.util.EnumMap;
import java.util.Map;

/**
 * Settings to be given to a queue.
 *
 * @param deadLetter {@code null} to leave it as it is, empty for none.
 */
public record Configure(String queue, Map<Setting, Long> values, String deadLetter) {
    public static Configure of(final String queue) {
        return new Configure(queue, Map.of(), null);
    }

    public Configure set(final Setting setting, final long value) {
        final Map<Setting, Long> more = new EnumMap<>(Setting.class);
        more.putAll(values);
        more.put(setting, value);
        return new Configure(queue, more, deadLetter);
    }

    public Configure capacity(final long its) {
        return set(Setting.CAPACITY, its);
    }

    public Configure maxAttempts(final long its) {
        return set(Setting.MAX_ATTEMPTS, its);
    }

    public Configure ttlMs(final long its) {
        return set(Setting.TTL_MS, its);
    }

    public Configure onFull(final OnFull its) {
        return set(Setting.ON_FULL, its.code());
    }

    public Configure paused(final boolean its) {
        return set(Setting.PAUSED, its ? 1 : 0);
    }

    public Configure deadLetter(final String its) {
        return new Configure(queue, values, its);
    }
}
