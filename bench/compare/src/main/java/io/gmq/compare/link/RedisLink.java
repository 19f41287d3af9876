package io.gmq.compare.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.util.KeyValue;

/**
 * A Redis list, by Jedis: LPUSH in pipelines of a part of the window, BLMPOP with COUNT, which takes all there is, up to the window. What
 * is taken is gone: a list has nothing to settle.
 */
public final class RedisLink implements Link {
    private static final int PIPELINES_PER_WINDOW = 4;
    private static final double POLL_S = 0.1;

    private final Flow flow;
    private final byte[] key;
    private final int pipelineMax;
    private final Jedis producer;
    private final Jedis consumer;
    private final Pipeline pipeline;
    private int pipelined;

    public RedisLink(final String host, final int port, final String queue, final Flow flow) {
        this.flow = flow;
        key = queue.getBytes(StandardCharsets.UTF_8);
        pipelineMax = Math.max(1, flow.window() / PIPELINES_PER_WINDOW);
        producer = new Jedis(host, port);
        consumer = new Jedis(host, port);
        pipeline = producer.pipelined();
    }

    @Override
    public void publish(final byte[] payload) {
        pipeline.lpush(key, payload);
        if (++pipelined == pipelineMax) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (pipelined > 0) {
            pipeline.sync();
            flow.confirmed(pipelined);
            pipelined = 0;
        }
    }

    @Override
    public void poll() {
        while (!flow.isOver()) {
            final KeyValue<byte[], List<byte[]>> taken = consumer.blmpop(POLL_S, ListDirection.RIGHT, flow.window(), key);
            if (taken != null) {
                taken.getValue().forEach(flow::received);
                flow.settled(taken.getValue().size());
            }
        }
    }

    @Override
    public void publishAndWait(final byte[] payload) {
        pipeline.lpush(key, payload);
        pipeline.sync();
    }

    @Override
    public void close() {
        producer.del(key);
        producer.close();
        consumer.close();
    }
}
