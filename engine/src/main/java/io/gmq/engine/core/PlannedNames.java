package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import org.agrona.DirectBuffer;

/** Names that the steps of one request bring up, where they stand in its command, with a number each. Few: searched one by one. */
final class PlannedNames {
    private final int[] offsets = new int[Limits.STEPS_MAX];
    private final int[] lengths = new int[Limits.STEPS_MAX];
    private final long[] numbers = new long[Limits.STEPS_MAX];
    private int count;

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** Which one a name is, or -1. */
    int find(final DirectBuffer command, final int offset, final int length) {
        for (int i = 0; i < count; i++) {
            if (lengths[i] == length && isSame(command, offsets[i], offset, length)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSame(final DirectBuffer command, final int one, final int other, final int length) {
        int i = 0;
        while (i < length && command.getByte(one + i) == command.getByte(other + i)) {
            i++;
        }
        return i == length;
    }

    void add(final int offset, final int length, final long number) {
        offsets[count] = offset;
        lengths[count] = length;
        numbers[count++] = number;
    }

    long number(final int i) {
        return numbers[i];
    }

    void number(final int i, final long number) {
        numbers[i] = number;
    }
}
