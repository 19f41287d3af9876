package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Wire;
import java.util.List;

/** GMQ's own protocol, version 1. */
public final class GmqWire implements Wire {
    private final GmqOptions options;

    /** With what the protocol leaves open. */
    public GmqWire(final GmqOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "gmq";
    }

    @Override
    public PublishSide publisher(final LoadPlan plan, final List<String> queues) {
        return new GmqPublishSide(plan, options, queues);
    }

    @Override
    public ConsumeSide consumer(final LoadPlan plan, final List<String> queues) {
        return new GmqConsumeSide(plan, options, queues);
    }

    @Override
    public byte[] idle() {
        return options.greeting().followedBy("");
    }

    @Override
    public byte[] cleanUp(final List<String> queues) {
        final StringBuilder frames = new StringBuilder();
        queues.forEach(queue -> frames.append("{\"operation\":\"delete\",\"queue\":\"").append(queue).append("\"}\n"));
        return options.greeting().followedBy(frames.toString());
    }

    /** The member that names the level, where one is asked for. */
    static String level(final GmqOptions options) {
        return options.durability().isEmpty() ? "" : ",\"durability\":\"" + options.durability() + "\"";
    }
}
