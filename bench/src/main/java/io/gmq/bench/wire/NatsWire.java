package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Wire;
import java.util.List;

/** The protocol of NATS core: PUB and SUB. Nothing is confirmed and nothing settled; the window is bounded by what has been delivered. */
public final class NatsWire implements Wire {
    /** The server speaks first, with INFO; the answer to PING tells that all before it has been understood. */
    static final String CONNECT = "CONNECT {\"verbose\":false,\"pedantic\":false,\"echo\":false}\r\n";
    static final String PING = "PING\r\n";

    @Override
    public String name() {
        return "nats";
    }

    @Override
    public PublishSide publisher(final LoadPlan plan, final List<String> queues) {
        return new NatsPublishSide(plan, queues);
    }

    @Override
    public ConsumeSide consumer(final LoadPlan plan, final List<String> queues) {
        return new NatsConsumeSide(plan, queues);
    }

    @Override
    public byte[] idle() {
        return Scan.ascii(CONNECT + PING);
    }
}
