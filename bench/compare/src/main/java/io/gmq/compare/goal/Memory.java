package io.gmq.compare.goal;

import io.gmq.bench.load.Wire;
import io.gmq.bench.wire.GmqOptions.Way;
import io.gmq.bench.wire.NatsWire;
import io.gmq.bench.wire.RespWire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Publish, take and acknowledge at level {@code memory}, against Redis and NATS core, all driven by the same generator. */
final class Memory extends Experiment {
    private static final int BYTES = 200;
    private static final int WINDOW = 1024;
    private static final double OF_REDIS = 1.2;
    private static final double OF_NATS = 1.0;
    private static final double CEILING = 2.0;

    private static final String SET = "set";
    private static final String PLAIN = "gmq";
    private static final String FILES = "gmq-files";
    private static final Goal.Side REDIS_COUNT = side("redis-count", "Redis, RPOP with a count");
    private static final Goal.Side REDIS_ONE = side("redis-one", "Redis, RPOP one by one");
    private static final Goal.Side NATS = side("nats", "NATS core, which confirms nothing");
    private static final Goal.Side FASTEST = side("fastest", "the faster of GMQ and Redis");
    private static final String CEILING_GMQ = "ceiling-gmq";
    private static final String CEILING_RESP = "ceiling-resp";

    private final Map<String, Step> steps = new LinkedHashMap<>();

    Memory(final Lab lab) {
        super(lab);
    }

    @Override
    String id() {
        return "memory";
    }

    private List<String> variants() {
        return lab().setting().sets().isEmpty() ? List.of(PLAIN) : List.of(PLAIN, PLAIN + "-" + SET);
    }

    private String words(final String variant) {
        return variant.equals(PLAIN) ? "" : ", with " + String.join(" ", lab().setting().sets());
    }

    private static String key(final String variant, final Way way) {
        return variant + "-" + way.name().toLowerCase(Locale.ROOT);
    }

    @Override
    List<Goal> goals() {
        final List<Goal> goals = new ArrayList<>();
        for (final String variant : variants()) {
            final String with = words(variant);
            final Goal.Side push = side(key(variant, Way.PUSH), "GMQ, pushed, settled in ranges" + with);
            final Goal.Side take = side(key(variant, Way.TAKE), "GMQ, taken by 256, settled in ranges" + with);
            final Goal.Side single = side(key(variant, Way.SINGLE), "GMQ, each taken and settled by requests of its own" + with);
            goals.add(ofRedis(push, REDIS_COUNT));
            goals.add(ofRedis(push, REDIS_ONE));
            goals.add(ofRedis(take, REDIS_COUNT));
            goals.add(ofRedis(single, REDIS_ONE));
            goals.add(goal(OF_NATS, push, NATS));
            goals.add(Goal.known("memory-cpu-" + variant, "processor time of the broker", Unit.CPU, side(push.key() + Values.CPU, push.name()),
                side(REDIS_COUNT.key() + Values.CPU, REDIS_COUNT.name())));
        }
        goals.add(ofRedis(side(key(FILES, Way.PUSH), "GMQ, pushed, storage `filesystem`"), REDIS_COUNT));
        goals.add(goal(CEILING, side(CEILING_GMQ, "generator against a null server, GMQ's protocol"), FASTEST));
        goals.add(goal(CEILING, side(CEILING_RESP, "generator against a null server, Redis's protocol"), FASTEST));
        return goals;
    }

    private static Goal ofRedis(final Goal.Side ours, final Goal.Side redis) {
        return goal(OF_REDIS, ours, redis);
    }

    private static Goal goal(final double target, final Goal.Side ours, final Goal.Side other) {
        return Goal.atLeast(target, "memory-" + ours.key() + "-" + other.key(), "memory: 200 B, 1 producer, 1 consumer, window 1,024", Unit.PER_SECOND,
            ours, other);
    }

    @Override
    void open() throws Exception {
        for (final String variant : variants()) {
            final List<String> settings = new ArrayList<>(variant.equals(PLAIN) ? List.of() : lab().setting().sets());
            settings.addAll(List.of("queue.queue_type=memory", "queue.max_queue_capacity=1000000"));
            final Driven broker = keep(lab().gmqWith(settings));
            for (final Way way : Way.values()) {
                add(key(variant, way), broker, Wires.gmq("memory", way));
            }
        }
        add(key(FILES, Way.PUSH), keep(lab().gmq("queue.max_queue_capacity=1000000")), Wires.gmq("memory"));
        final var redis = lab().peer("redis-none");
        if (redis.isPresent()) {
            final Driven server = keep(redis.get());
            add(REDIS_COUNT.key(), server, new RespWire(true));
            add(REDIS_ONE.key(), server, new RespWire());
        }
        final var nats = lab().peer("nats");
        if (nats.isPresent()) {
            add(NATS.key(), keep(nats.get()), new NatsWire());
        }
        add(CEILING_GMQ, keep(lab().nullServer("gmq")), Wires.gmq("memory"));
        add(CEILING_RESP, keep(lab().nullServer("resp")), new RespWire());
    }

    private void add(final String key, final Driven server, final Wire wire) throws InterruptedException {
        lab().warm(server, wire, lab().pair(BYTES, WINDOW));
        steps.put(key, values -> values.rate(key, lab().load(key, server, wire, lab().pair(BYTES, WINDOW))));
    }

    @Override
    void round(final int round, final Values values) throws Exception {
        byTurns(round, values, List.copyOf(steps.values()));
        if (values.has(REDIS_COUNT.key())) {
            values.put(FASTEST.key(), Math.max(values.get(key(PLAIN, Way.PUSH)), Math.max(values.get(REDIS_COUNT.key()), values.get(REDIS_ONE.key()))));
        }
    }
}
