package io.gmq.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One frame, many times in a row in direct memory: to send it again means to patch its stamp and to write it from where it lies. Belongs
 * to one thread.
 *
 * <pre>
 *   | frame | frame | frame | frame | frame | frame |
 *               ^ from            ^ to (frames)
 * </pre>
 */
final class FrameRing {
    private static final int BYTES = 256 << 10;
    private static final int BYTES_MAX = 64 << 20;
    private static final int FRAMES_MIN = 4;

    private final ByteBuffer bytes;
    private final UnsafeBuffer view;
    private final PublishFrame frame;
    private final int frameLength;
    private final int capacity;
    private final long[] queues;

    /** Frames since the beginning. */
    private int fromFrame;
    private int toFrame;
    private int held;
    /** What has gone of the first frame. */
    private int fromByte;
    private int queue;
    private boolean isDueKnown;
    private long dueNs;
    private int producer;
    private long middle;
    private long due;

    /**
     * @param queueWords the last 8 bytes of the queues' names, as words.
     * @param framesMax  frames that may be under way at all.
     */
    FrameRing(final PublishFrame frame, final long[] queueWords, final int producer, final int framesMax) {
        this.frame = frame;
        this.producer = producer;
        queues = queueWords;
        frameLength = frame.bytes().length;
        final long framesWanted = Math.max(FRAMES_MIN, BYTES / frameLength);
        capacity = (int) Math.max(1, Math.min(Math.min(framesWanted, framesMax), BYTES_MAX / frameLength));
        bytes = ByteBuffer.allocateDirect(capacity * frameLength);
        for (int i = 0; i < capacity; i++) {
            bytes.put(frame.bytes());
        }
        view = new UnsafeBuffer(bytes);
    }

    int room() {
        return capacity - held;
    }

    int held() {
        return held;
    }

    /** Appends a frame, whose messages are counted on from this sequence. There must be room. */
    void add(final int sequence, final long itsDueNs) {
        if (!isDueKnown || itsDueNs != dueNs) {
            isDueKnown = true;
            dueNs = itsDueNs;
            middle = Stamp.middle(producer, itsDueNs);
            due = Stamp.letters((int) itsDueNs);
        }
        final int at = toFrame * frameLength;
        if (frame.queueAt() >= 0) {
            view.putLong(at + frame.queueAt(), queues[queue]);
            queue = queue + 1 == queues.length ? 0 : queue + 1;
        }
        int stampAt = at + frame.stampAt();
        for (int i = 0; i < frame.batch(); i++) {
            if (frame.stampChars() == Stamp.CHARS) {
                Stamp.putSequence(view, stampAt, sequence + i);
                Stamp.putMiddle(view, stampAt, middle);
                Stamp.putDue(view, stampAt, due);
            } else if (frame.stampChars() == Stamp.SEQUENCE_CHARS) {
                Stamp.putSequence(view, stampAt, sequence + i);
            }
            stampAt += frame.stampStride();
        }
        toFrame = toFrame + 1 == capacity ? 0 : toFrame + 1;
        held++;
    }

    /** Writes what the socket takes, and says how much that was. */
    int flush(final WritableByteChannel channel) throws IOException {
        int all = 0;
        while (held > 0) {
            final int start = fromFrame * frameLength + fromByte;
            final int end = toFrame > fromFrame ? toFrame * frameLength : capacity * frameLength;
            bytes.limit(end).position(start);
            final int written = channel.write(bytes);
            bytes.clear();
            all += written;
            forget(written);
            if (start + written < end) {
                break;
            }
        }
        return all;
    }

    private void forget(final int written) {
        fromByte += written;
        final int frames = fromByte / frameLength;
        fromByte -= frames * frameLength;
        held -= frames;
        fromFrame += frames;
        if (fromFrame >= capacity) {
            fromFrame -= capacity;
        }
        if (held == 0) {
            // The beginning is what the caches have.
            fromFrame = 0;
            toFrame = 0;
        }
    }
}
