package io.gmq.bench.wire;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishFrame;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** PUB, once for each message of a batch. Its PINGs stay unanswered: the server minds only after minutes. */
final class NatsPublishSide implements PublishSide {
    private final PublishFrame frame;
    private final NatsLines lines = new NatsLines();

    NatsPublishSide(final LoadPlan plan, final List<String> queues) {
        if (plan.batch() > 1 && queues.size() > 1) {
            throw new IllegalArgumentException("NATS has no batches: with several queues each message is a frame of its own");
        }
        final String queue = queues.get(0);
        final String head = "PUB " + queue + " " + plan.bytes() + "\r\n";
        final String one = head + new String(Filler.letters(plan.bytes()), StandardCharsets.US_ASCII) + "\r\n";
        frame = new PublishFrame(Scan.ascii(one.repeat(plan.batch())), plan.batch(), head.length(), one.length(),
            Stamp.charsIn(plan.bytes()),
            queues.size() == 1 ? -1 : head.indexOf(queue) + queue.length() - Long.BYTES);
    }

    @Override
    public byte[] opening() {
        return Scan.ascii(NatsWire.CONNECT + NatsWire.PING);
    }

    @Override
    public boolean isOpen() {
        return lines.isOpen();
    }

    @Override
    public PublishFrame frame() {
        return frame;
    }

    @Override
    public boolean isConfirming() {
        return false;
    }

    @Override
    public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        for (int next = lines.read(in, at, to); next != at; next = lines.read(in, at, to)) {
            at = next;
        }
        return at;
    }
}
