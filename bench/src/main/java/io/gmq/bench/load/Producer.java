package io.gmq.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection that publishes, and knows when what is unconfirmed was due. */
final class Producer extends Link {
    private static final int QUEUE_WORD = 8;

    private final PublishSide side;
    private final FrameRing ring;
    private final Output opening;
    private final int batch;
    private final Schedule schedule;
    private final Latency confirms;
    /** When the frames under way were sent, in a closed loop. */
    private final long[] sentNs;
    private long sentFrames;
    private long scheduledFrom;
    private long confirmedFrames;

    /**
     * @param number   of all producers of the run; its stamps have it.
     * @param schedule when its frames are due; null in a closed loop.
     */
    Producer(
        final InetSocketAddress address,
        final Selector selector,
        final PublishSide side,
        final List<String> queues,
        final int number,
        final LoadPlan plan,
        final Schedule schedule) {
        super(address, selector, side);
        this.side = side;
        this.schedule = schedule;
        batch = side.frame().batch();
        final int framesMax = Math.max(1, plan.window() / batch);
        ring = new FrameRing(side.frame(), words(queues), number, schedule == null ? framesMax : Integer.MAX_VALUE);
        sentNs = new long[BitUtil.findNextPositivePowerOfTwo(framesMax)];
        confirms = new Latency();
        opening = new Output(Math.max(1, side.opening().length));
        opening.put(side.opening());
    }

    private static long[] words(final List<String> queues) {
        final long[] words = new long[queues.size()];
        for (int i = 0; i < words.length; i++) {
            final byte[] name = queues.get(i).getBytes(StandardCharsets.US_ASCII);
            words[i] = new UnsafeBuffer(name).getLong(name.length - QUEUE_WORD, ByteOrder.nativeOrder());
        }
        return words;
    }

    /** In an open loop: its first frames are due from now on. */
    void start(final long beginNs) {
        if (schedule != null) {
            // What lay in the queues before was not on the schedule.
            scheduledFrom = sentFrames;
            schedule.start(beginNs);
        }
    }

    /** In a closed loop: as many frames as window and ring allow, but not more than these; says how many. */
    int fill(final long nowNs, final int window, final long framesMax) {
        final long unconfirmed = side.isConfirming() ? sentFrames - confirmedFrames : 0;
        final int frames = (int) Math.min(Math.min(window / batch - unconfirmed, framesMax), ring.room());
        for (int i = 0; i < frames; i++) {
            sentNs[(int) sentFrames & sentNs.length - 1] = nowNs;
            ring.add((int) (sentFrames * batch), nowNs);
            sentFrames++;
        }
        return Math.max(0, frames);
    }

    /** In an open loop: the frames that are due, even if long ago, but not more than these; says how many. */
    int fillDue(final long nowNs, final long framesMax) {
        final int most = (int) Math.min(framesMax, ring.room());
        int frames = 0;
        while (frames < most && schedule.isDue(sentFrames - scheduledFrom, nowNs)) {
            ring.add((int) (sentFrames * batch), schedule.dueNs(sentFrames - scheduledFrom));
            sentFrames++;
            frames++;
        }
        return frames;
    }

    /** Nothing that was due by then waits to be sent. */
    boolean hasSentDue(final long untilNs) {
        return schedule.dueNs(sentFrames - scheduledFrom) >= untilNs;
    }

    long nextDueNs() {
        return schedule.dueNs(sentFrames - scheduledFrom);
    }

    @Override
    void onRead(final Tally tally) {
        final int frames = tally.takeConfirmed();
        if (confirmedFrames + frames > sentFrames) {
            throw new LoadException("the broker has confirmed more than was sent");
        }
        final long nowNs = tally.nowNs();
        for (int i = 0; i < frames; i++) {
            final long dueNs = schedule == null ? sentNs[(int) confirmedFrames & sentNs.length - 1] : schedule.dueNs(confirmedFrames - scheduledFrom);
            if (tally.counts(dueNs)) {
                confirms.record(nowNs - dueNs, batch);
            }
            confirmedFrames++;
        }
    }

    @Override
    int write(final SocketChannel to) throws IOException {
        if (opening.length() > 0) {
            final int written = opening.flush(to);
            if (opening.length() > 0) {
                return written;
            }
        }
        return ring.flush(to);
    }

    @Override
    boolean hasOutput() {
        return opening.length() + ring.held() > 0;
    }

    PublishSide side() {
        return side;
    }

    long sent() {
        return sentFrames * batch;
    }

    long confirmed() {
        return side.isConfirming() ? confirmedFrames * batch : sentFrames * batch;
    }

    Latency confirms() {
        return confirms;
    }
}
