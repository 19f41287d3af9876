package io.gmq.bench.load;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Selector;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection that publishes. */
final class Producer extends Link {
    private static final int QUEUE_WORD = 8;

    private final PublishSide side;
    private final FrameRing ring;
    private final Output opening;
    private final int batch;
    private final Outstanding outstanding;

    /**
     * @param number   of all producers of the run; its stamps have it.
     * @param schedule when its frames are due; null in a closed loop.
     */
    Producer(
        final Endpoint endpoint,
        final Selector selector,
        final PublishSide side,
        final List<String> queues,
        final int number,
        final LoadPlan plan,
        final Schedule schedule) {
        super(endpoint, selector, side);
        this.side = side;
        batch = side.frame().batch();
        outstanding = new Outstanding(plan.window(), batch, side.isConfirming(), schedule);
        ring = new FrameRing(side.frame(), words(queues), number, schedule == null ? plan.window() / batch : Integer.MAX_VALUE);
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
        outstanding.start(beginNs);
    }

    /** In a closed loop: as many frames as window and ring allow, but not more than these; says how many. */
    int fill(final long nowNs, final long framesMax) {
        final int frames = (int) Math.max(0, Math.min(Math.min(outstanding.room(), framesMax), ring.room()));
        for (int i = 0; i < frames; i++) {
            add(nowNs);
        }
        return frames;
    }

    /** In an open loop: the frames that are due, even if long ago, but not more than these; says how many. */
    int fillDue(final long nowNs, final long framesMax) {
        final int most = (int) Math.min(framesMax, ring.room());
        int frames = 0;
        while (frames < most && outstanding.nextDueNs() <= nowNs) {
            add(nowNs);
            frames++;
        }
        return frames;
    }

    private void add(final long nowNs) {
        final int sequence = (int) (outstanding.sent() * batch);
        ring.add(sequence, outstanding.send(nowNs));
    }

    /** Nothing that was due before waits to be sent. */
    boolean hasSentDue(final long beforeNs) {
        return outstanding.nextDueNs() >= beforeNs;
    }

    long nextDueNs() {
        return outstanding.nextDueNs();
    }

    @Override
    void onRead(final Tally tally) {
        outstanding.confirm(tally.takeConfirmed(), tally);
    }

    @Override
    int write(final WritableByteChannel to) throws IOException {
        int written = 0;
        if (opening.length() > 0) {
            written = opening.flush(to);
            if (opening.length() > 0) {
                return written;
            }
        }
        return written + ring.flush(to);
    }

    @Override
    boolean hasOutput() {
        return opening.length() + ring.held() > 0;
    }

    PublishSide side() {
        return side;
    }

    /** Messages. */
    long sent() {
        return outstanding.sent() * batch;
    }
}
