package io.gmq.engine.core;

import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.TakeCommand;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What has been set for a queue; never changes. A value of 0 was never set: then the broker's limit holds, or none. All queues for
 * which nothing was set share {@link #NOTHING}, which so is always in the cache.
 */
final class QueueConfig {
    private static final Setting[] SETTINGS = Setting.values();
    /** Of a queue for which nothing has been set. */
    static final QueueConfig NOTHING = new QueueConfig(new long[SETTINGS.length], new UnsafeBuffer(new byte[0]));

    private final long[] values;
    private final UnsafeBuffer deadLetter;

    private QueueConfig(final long[] values, final UnsafeBuffer deadLetter) {
        this.values = values;
        this.deadLetter = deadLetter;
    }

    /** With these values in the order of {@link Setting}, and this name for dead letters. */
    static QueueConfig of(final long[] values, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] name = new byte[length];
        buffer.getBytes(offset, name);
        return length == 0 && Arrays.equals(values, NOTHING.values) ? NOTHING : new QueueConfig(values.clone(), new UnsafeBuffer(name));
    }

    /** What was set; 0 for nothing. */
    long get(final Setting setting) {
        return values[setting.ordinal()];
    }

    int capacity(final Limits limits) {
        return (int) orLimit(Setting.CAPACITY, limits.maxQueueCapacity());
    }

    int maxMessageLength(final Limits limits) {
        return (int) orLimit(Setting.MAX_MESSAGE_LENGTH, limits.maxMessageLength());
    }

    private long orLimit(final Setting setting, final long limit) {
        final long set = get(setting);
        return set == 0 ? limit : Math.min(set, limit);
    }

    /** How long a lease lasts, for what was asked. */
    long leaseMs(final long asked, final Limits limits) {
        return asked == TakeCommand.DEFAULT_LEASE ? leaseMs(limits) : asked;
    }

    private long leaseMs(final Limits limits) {
        final long set = get(Setting.LEASE_MS);
        return set == 0 ? limits.leaseMs() : set;
    }

    /** 0 for no end. */
    long maxAttempts() {
        return get(Setting.MAX_ATTEMPTS);
    }

    /** 0 for ever. */
    long ttlMs() {
        return get(Setting.TTL_MS);
    }

    OnFull onFull() {
        return OnFull.of(get(Setting.ON_FULL));
    }

    boolean isPaused() {
        return get(Setting.PAUSED) != 0;
    }

    /** The name of the dead letter queue; empty for none. */
    DirectBuffer deadLetter() {
        return deadLetter;
    }

    boolean hasDeadLetter() {
        return deadLetter.capacity() > 0;
    }

    /** This with what is given in its place; the same object where nothing is different then. */
    QueueConfig with(final ConfigureCommand given, final DirectBuffer buffer) {
        final long[] changed = values.clone();
        for (final Setting setting : SETTINGS) {
            if ((given.given() & setting.bit()) != 0) {
                changed[setting.ordinal()] = given.value(setting);
            }
        }
        UnsafeBuffer name = deadLetter;
        if ((given.given() & ConfigureCommand.DEAD_LETTER) != 0
            && !QueueTable.equal(deadLetter, buffer, given.deadLetterOffset(), given.deadLetterLength())) {
            final byte[] copy = new byte[given.deadLetterLength()];
            buffer.getBytes(given.deadLetterOffset(), copy);
            name = new UnsafeBuffer(copy);
        }
        return name == deadLetter && Arrays.equals(changed, values) ? this : new QueueConfig(changed, name);
    }

    /** Tells what is in force under these limits. */
    void tell(final QueueSettings settings, final Limits limits) {
        for (final Setting setting : SETTINGS) {
            settings.set(setting, get(setting));
        }
        settings.set(Setting.CAPACITY, capacity(limits)).set(Setting.MAX_MESSAGE_LENGTH, maxMessageLength(limits))
            .set(Setting.LEASE_MS, leaseMs(limits)).deadLetter(deadLetter, 0, deadLetter.capacity());
    }

    long digest(final long seed) {
        long hash = seed;
        for (final Setting setting : SETTINGS) {
            hash = Digest.chain(hash, get(setting));
        }
        return Digest.ofBytes(hash, deadLetter, 0, deadLetter.capacity());
    }
}
