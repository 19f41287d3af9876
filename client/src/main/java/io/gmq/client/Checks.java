package io.gmq.client;

import java.time.Duration;

/** What is refused here, before it is sent, because the client itself depends on it or the type makes it cheap to say. */
final class Checks {
    private Checks() {
    }

    static long millis(final String name, final Duration duration) {
        final long ms;
        try {
            ms = duration.toMillis();
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException(name + " is too long: " + duration, e);
        }
        if (ms < 0 || duration.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + duration);
        }
        return ms;
    }

    static int priority(final int priority) {
        return range("priority", priority, 0, 9);
    }

    static int range(final String name, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + value + ", must be " + min + " to " + max);
        }
        return value;
    }
}
