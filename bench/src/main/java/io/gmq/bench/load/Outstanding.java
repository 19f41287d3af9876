package io.gmq.bench.load;

import org.agrona.BitUtil;

/**
 * What one producer has under way, by frames: how many more the window lets out or the schedule asks for, and how late each was when it
 * was confirmed. Has no clock and no socket. Belongs to one thread.
 */
final class Outstanding {
    private final int batch;
    private final int windowFrames;
    private final boolean isConfirming;
    private final Schedule schedule;
    /** When the frames under way were sent, in a closed loop. */
    private final long[] sentNs;
    private long sent;
    private long confirmed;
    private long scheduledFrom;

    /**
     * @param window   messages that may be under way in a closed loop.
     * @param batch    messages of a frame.
     * @param schedule when frames are due; null in a closed loop.
     */
    Outstanding(final int window, final int batch, final boolean isConfirming, final Schedule schedule) {
        this.batch = batch;
        this.isConfirming = isConfirming;
        this.schedule = schedule;
        windowFrames = Math.max(1, window / batch);
        sentNs = new long[BitUtil.findNextPositivePowerOfTwo(windowFrames)];
    }

    /** From now on frames are due; those sent before were not on the schedule. */
    void start(final long beginNs) {
        if (schedule != null) {
            scheduledFrom = sent;
            schedule.start(beginNs);
        }
    }

    /** In a closed loop: frames that the window has room for. */
    long room() {
        return isConfirming ? windowFrames - (sent - confirmed) : Long.MAX_VALUE;
    }

    /** In an open loop: when the next frame is due, be it long ago. */
    long nextDueNs() {
        return schedule.dueNs(sent - scheduledFrom);
    }

    /** A frame goes out now; returns when it was due. */
    long send(final long nowNs) {
        final long dueNs = schedule == null || nextDueNs() == Long.MAX_VALUE ? nowNs : nextDueNs();
        sentNs[(int) sent & sentNs.length - 1] = dueNs;
        sent++;
        return dueNs;
    }

    /** The oldest so many frames are confirmed now. */
    void confirm(final int frames, final Tally tally) {
        if (confirmed + frames > sent) {
            throw new LoadException("the broker has confirmed more than was sent");
        }
        for (int i = 0; i < frames; i++) {
            final long dueNs = schedule == null || confirmed < scheduledFrom ? sentNs[(int) confirmed & sentNs.length - 1]
                : schedule.dueNs(confirmed - scheduledFrom);
            tally.confirmedSince(dueNs, batch);
            confirmed++;
        }
    }

    /** Frames since the beginning. */
    long sent() {
        return sent;
    }
}
