package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadException;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishFrame;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Stamp;
import io.gmq.bench.load.Tally;
import io.gmq.bench.load.Wire;
import java.util.List;
import org.agrona.DirectBuffer;

/** No protocol at all: a message is its bytes, and is confirmed when they have all come back. There are no consumers. */
public final class EchoWire implements Wire {
    @Override
    public String name() {
        return "echo";
    }

    @Override
    public PublishSide publisher(final LoadPlan plan, final List<String> queues) {
        return new Echoed(plan);
    }

    @Override
    public ConsumeSide consumer(final LoadPlan plan, final List<String> queues) {
        throw new LoadException("nothing can be consumed from an echo");
    }

    private static final class Echoed implements PublishSide {
        private final PublishFrame frame;
        private int got;

        Echoed(final LoadPlan plan) {
            frame = new PublishFrame(Filler.letters(Math.max(1, plan.bytes() * plan.batch())), plan.batch(), 0, plan.bytes(),
                Stamp.charsIn(plan.bytes()), -1);
        }

        @Override
        public byte[] opening() {
            return new byte[0];
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public PublishFrame frame() {
            return frame;
        }

        @Override
        public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
            got += to - from;
            tally.confirmed(got / frame.bytes().length);
            got %= frame.bytes().length;
            return to;
        }
    }
}
