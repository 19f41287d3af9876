package io.gmq.compare.goal;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Wire;
import io.gmq.bench.wire.GmqOptions;
import io.gmq.bench.wire.GmqWire;
import java.util.List;

/** How GMQ is spoken to. */
final class Wires {
    private static final int TAKE_MAX = 256;

    private Wires() {
    }

    /** At a level, consumed in a way. */
    static Wire gmq(final String durability, final GmqOptions.Way way) {
        return new GmqWire(new GmqOptions(durability, GmqOptions.Form.TEXT, way, TAKE_MAX));
    }

    /** At a level, pushed to its consumers. */
    static Wire gmq(final String durability) {
        return gmq(durability, GmqOptions.Way.PUSH);
    }

    /** What is published waits for one level, what is settled for another. */
    static Wire mixed(final String published, final String settled) {
        final Wire publishing = gmq(published);
        final Wire settling = gmq(settled);
        return new Wire() {
            @Override
            public String name() {
                return publishing.name();
            }

            @Override
            public PublishSide publisher(final LoadPlan plan, final List<String> queues) {
                return publishing.publisher(plan, queues);
            }

            @Override
            public ConsumeSide consumer(final LoadPlan plan, final List<String> queues) {
                return settling.consumer(plan, queues);
            }

            @Override
            public byte[] idle() {
                return publishing.idle();
            }

            @Override
            public byte[] cleanUp(final List<String> queues) {
                return publishing.cleanUp(queues);
            }
        };
    }
}
