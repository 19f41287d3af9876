package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.PublishSide;
import io.gmq.bench.load.Wire;
import java.util.List;

/** Redis's protocol, with a list for a queue: LPUSH puts in, RPOP takes out for good. */
public final class RespWire implements Wire {
    private final boolean popsMany;

    /** RPOP once for each message. */
    public RespWire() {
        this(false);
    }

    /** @param popsMany RPOP with a count, for all that are there. */
    public RespWire(final boolean popsMany) {
        this.popsMany = popsMany;
    }

    @Override
    public String name() {
        return "resp";
    }

    @Override
    public PublishSide publisher(final LoadPlan plan, final List<String> queues) {
        return new RespPublishSide(plan, queues);
    }

    @Override
    public ConsumeSide consumer(final LoadPlan plan, final List<String> queues) {
        return popsMany ? new RespPopManySide(plan, queues) : new RespConsumeSide(plan, queues);
    }

    @Override
    public byte[] idle() {
        return command("PING");
    }

    @Override
    public byte[] cleanUp(final List<String> queues) {
        final StringBuilder all = new StringBuilder();
        queues.forEach(queue -> all.append(text("DEL", queue)));
        return Scan.ascii(all.toString());
    }

    /** A command as an array of strings. */
    static byte[] command(final String... words) {
        return Scan.ascii(text(words));
    }

    static String text(final String... words) {
        final StringBuilder all = new StringBuilder("*" + words.length + "\r\n");
        for (final String word : words) {
            all.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return all.toString();
    }
}
