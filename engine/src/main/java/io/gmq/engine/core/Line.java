package io.gmq.engine.core;

/** Those who want messages of one queue, and may be given some, in the order of their turns. */
final class Line {
    private Taker first;
    private Taker last;
    private int length;

    boolean isEmpty() {
        return first == null;
    }

    int length() {
        return length;
    }

    /** Whose turn it is, or {@code null}. */
    Taker first() {
        return first;
    }

    void join(final Taker taker) {
        taker.isInLine = true;
        taker.linePrev = last;
        taker.lineNext = null;
        if (last == null) {
            first = taker;
        } else {
            last.lineNext = taker;
        }
        last = taker;
        length++;
    }

    /** Takes somebody out, who may not be in it. */
    void leave(final Taker taker) {
        if (!taker.isInLine) {
            return;
        }
        if (taker.linePrev == null) {
            first = taker.lineNext;
        } else {
            taker.linePrev.lineNext = taker.lineNext;
        }
        if (taker.lineNext == null) {
            last = taker.linePrev;
        } else {
            taker.lineNext.linePrev = taker.linePrev;
        }
        taker.isInLine = false;
        taker.lineNext = null;
        taker.linePrev = null;
        length--;
    }
}
