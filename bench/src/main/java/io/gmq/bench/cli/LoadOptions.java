package io.gmq.bench.cli;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Pace;
import io.gmq.bench.load.Topology;
import io.gmq.bench.wire.GmqOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the load is. */
@Command
final class LoadOptions {
    private static final int SIZE_DEFAULT = 200;

    @Option(names = "--producers", paramLabel = "N", description = "Connections that publish (default: 1).")
    private int producers = 1;

    @Option(names = "--consumers", paramLabel = "N", description = "Connections that consume (default: 1); with 0, messages pile up.")
    private int consumers = 1;

    @Option(names = "--queues", paramLabel = "N", description = "Queues, used by turns (default: 1).")
    private int queues = 1;

    @Option(names = "--connections", paramLabel = "N",
        description = "Connections in all; those that neither publish nor consume are open and idle, and their memory in the broker is measured.")
    private int connections;

    @Option(names = "--size", paramLabel = "SIZE", split = ",", converter = Size.Converter.class,
        description = "Length of a message, like 200 or 16KiB (default: 200); several, with commas, are measured one after the other.")
    private List<Size> sizes = List.of(new Size(SIZE_DEFAULT));

    @Option(names = "--window", paramLabel = "N",
        description = "Messages that a producer may have unconfirmed, and so many for each that may be published and not yet delivered (default: 1024).")
    private int window = 1024;

    @Option(names = "--batch", paramLabel = "N", description = "Messages in each publish (default: 1).")
    private int batch = 1;

    @Option(names = "--durability", paramLabel = "LEVEL",
        description = "Level that publishes and settlements wait for: memory, written, synced (default: as the broker is configured).")
    private String durability = "";

    @Option(names = "--consume", paramLabel = "WAY", converter = WayConverter.class,
        description = "push: pushed, and settled as they come together; take: by --take-max at a time; single: each taken and settled by "
            + "requests of its own (default: push).")
    private GmqOptions.Way way = GmqOptions.Way.PUSH;

    @Option(names = "--take-max", paramLabel = "N", description = "Messages that a take asks for with --consume take (default: 256).")
    private int takeMax = 256;

    @Option(names = "--as", paramLabel = "FORM", converter = FormConverter.class,
        description = "Payloads as text, or as payload, which is base64 (default: text).")
    private GmqOptions.Form form = GmqOptions.Form.TEXT;

    @Option(names = "--backlog", paramLabel = "N", description = "Messages that lie in the queues before it begins, and all through it.")
    private long backlog;

    @Option(names = "--threads", paramLabel = "N",
        description = "Threads of the generator, each with producers, consumers and queues of its own (default: 1).")
    private int threads = 1;

    @Option(names = "--duration", paramLabel = "TIME", description = "How long each round is measured (default: 5s).")
    private Duration duration = Duration.ofSeconds(5);

    @Option(names = "--messages", paramLabel = "N", description = "Measure so many messages in each round, instead of a time.")
    private long messages;

    @Option(names = "--warmup", paramLabel = "TIME", description = "How long each round goes on before it is measured (default: 2s).")
    private Duration warmup = Duration.ofSeconds(2);

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds; medians are shown (default: 3).")
    private int rounds = 3;

    int rounds() {
        return rounds;
    }

    List<Integer> sizes() {
        return sizes.stream().map(Size::bytes).toList();
    }

    int connections() {
        return connections;
    }

    int activeConnections() {
        return producers + consumers;
    }

    boolean isConsuming() {
        return consumers > 0;
    }

    int queues() {
        return queues;
    }

    String durability() {
        return durability;
    }

    GmqOptions wireOptions() {
        return new GmqOptions(durability, form, way, takeMax);
    }

    /** Messages that the queues have to hold. */
    long heldMax() {
        return backlog + (long) window * producers;
    }

    /** Seconds that a round takes; 0 where nobody can tell. */
    double roundSeconds() {
        return messages > 0 ? 0 : (warmup.toMillis() + duration.toMillis()) / 1e3;
    }

    /** In a closed loop; what is impossible is refused. */
    LoadPlan plan(final int bytes, final String prefix) {
        if (rounds < 1 || takeMax < 1 || takeMax > 1000 || batch > 1000) {
            throw new IllegalArgumentException("--rounds must be 1 or more, --take-max 1 to 1000, --batch 1000 at most");
        }
        if (connections > 0 && connections < activeConnections()) {
            throw new IllegalArgumentException("--connections is " + connections + ", but producers and consumers are " + activeConnections());
        }
        if (backlog > 0 && consumers == 0) {
            throw new IllegalArgumentException("--backlog needs a consumer");
        }
        final Pace pace = new Pace(0, warmup, duration, messages);
        return new LoadPlan(new Topology(producers, consumers, queues, threads, connections), bytes, batch, window, backlog, pace, prefix);
    }

    /** The load in words. */
    String words() {
        final String what = switch (way) {
            case PUSH -> "pushed";
            case TAKE -> "taken by " + takeMax;
            case SINGLE -> "taken one by one";
        };
        return (form == GmqOptions.Form.TEXT ? "text" : "base64") + ", " + (consumers == 0 ? "not consumed" : what);
    }

    /** For picocli. */
    static final class WayConverter implements ITypeConverter<GmqOptions.Way> {
        @Override
        public GmqOptions.Way convert(final String word) {
            return constant(GmqOptions.Way.class, word, "push, take or single");
        }
    }

    /** For picocli. */
    static final class FormConverter implements ITypeConverter<GmqOptions.Form> {
        @Override
        public GmqOptions.Form convert(final String word) {
            return constant(GmqOptions.Form.class, word, "text or payload");
        }
    }

    private static <E extends Enum<E>> E constant(final Class<E> type, final String word, final String words) {
        for (final E one : type.getEnumConstants()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
                return one;
            }
        }
        throw new TypeConversionException("'" + word + "' is none of " + words);
    }
}
