package io.gmq.bench.wire;

import io.gmq.bench.load.ChildProcess;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.LoadResult;
import io.gmq.bench.load.LoadRun;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.Topology;
import io.gmq.bench.load.Wire;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The generator by hand: {@code gmq|resp|nats|beanstalk|echo HOST:PORT|null key=value...}. */
public final class Drive {
    private Drive() {
    }

    public static void main(final String[] args) throws Exception {
        final Map<String, String> given = new HashMap<>();
        for (int i = 2; i < args.length; i++) {
            final String[] pair = args[i].split("=", 2);
            given.put(pair[0], pair[1]);
        }
        final int producers = number(given, "producers", 1);
        final int consumers = number(given, "consumers", args[0].equals("echo") ? 0 : 1);
        final Topology topology = new Topology(producers, consumers, number(given, "queues", 1), number(given, "threads", 1), 0);
        final Duration warmup = Duration.ofMillis(number(given, "warmup_ms", 2000));
        final Duration duration = Duration.ofMillis(number(given, "duration_ms", 5000));
        final Pace pace = new Pace(number(given, "rate", 0), warmup, duration, 0);
        final LoadPlan plan = new LoadPlan(topology, number(given, "bytes", 200), number(given, "batch", 1), number(given, "window", 1024),
            number(given, "backlog", 0), pace, given.getOrDefault("prefix", "bench"));
        final Wire wire = switch (args[0]) {
            case "gmq" -> new GmqWire(new GmqOptions(given.getOrDefault("durability", ""),
                GmqOptions.Form.valueOf(given.getOrDefault("as", "text").toUpperCase(Locale.ROOT)),
                GmqOptions.Way.valueOf(given.getOrDefault("consume", "push").toUpperCase(Locale.ROOT)), number(given, "take_max", 256)));
            case "resp" -> new RespWire();
            case "resp-many" -> new RespWire(true);
            case "nats" -> new NatsWire();
            case "beanstalk" -> new BeanstalkWire();
            default -> new EchoWire();
        };
        if (args[1].equals("null")) {
            try (ChildProcess server = args[0].equals("echo") ? EchoServer.start() : NullServer.start(args[0])) {
                run(wire, new InetSocketAddress("127.0.0.1", server.port()), plan);
            }
        } else {
            final String[] address = args[1].split(":");
            run(wire, new InetSocketAddress(address[0], Integer.parseInt(address[1])), plan);
        }
    }

    private static int number(final Map<String, String> given, final String name, final int otherwise) {
        return Integer.parseInt(given.getOrDefault(name, String.valueOf(otherwise)));
    }

    private static void run(final Wire wire, final InetSocketAddress address, final LoadPlan plan) throws InterruptedException {
        final LoadResult result = new LoadRun(wire, address, plan).run();
        System.out.printf(Locale.ROOT, "%s: %,.0f messages/s, confirm p50 %.0f p99 %.0f p99.9 %.0f us, delivery p50 %.0f p99 %.0f p99.9 %.0f us, "
            + "generator busy %.2f, empty %d, missing %d, repeats %d%n", wire.name(), result.perSecond(),
            result.confirmNs().getValueAtPercentile(50) / 1e3, result.confirmNs().getValueAtPercentile(99) / 1e3,
            result.confirmNs().getValueAtPercentile(99.9) / 1e3, result.deliveryNs().getValueAtPercentile(50) / 1e3,
            result.deliveryNs().getValueAtPercentile(99) / 1e3, result.deliveryNs().getValueAtPercentile(99.9) / 1e3,
            result.generatorShare(plan.topology().threads()), result.counts().empty(), result.errors().missing(), result.errors().repeats());
    }
}
