package io.gmq.bench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What is tried of each factor; one alone where it is fixed.
 *
 * @param lengths      of messages; the first is what the other factors are measured with.
 * @param capacities   of queues.
 * @param ringSizes    of the ring.
 * @param profiles     of threads.
 * @param durabilities levels, the weakest first.
 */
public record Factors(
    List<Integer> lengths, List<Integer> capacities, List<Integer> ringSizes, List<String> profiles, List<String> durabilities) {
    private static final List<Integer> LENGTHS = List.of(200, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10);
    private static final List<Integer> CAPACITIES = List.of(4096, 1 << 16, 1 << 20);
    private static final List<Integer> RING_SIZES = List.of(256, 1024, 4096, 16384, 65536);
    private static final int CORES_FOR_DEDICATED = 4;

    /**
     * What suits a machine.
     *
     * @param cores that it has.
     * @param bytes of the messages that matter most.
     * @param fixed settings, as {@code section.key=value}, that are not to be varied.
     */
    public static Factors of(final int cores, final int bytes, final List<String> fixed) {
        final List<Integer> lengths = new ArrayList<>(List.of(bytes));
        LENGTHS.stream().filter(length -> length != bytes).forEach(lengths::add);
        final List<String> profiles = cores < CORES_FOR_DEDICATED ? List.of("compact", "shared") : List.of("compact", "shared", "dedicated");
        final boolean isInMemory = !fixedValue(fixed, "queue.queue_type", List.of(""), Function.identity()).stream()
            .filter(type -> type.equals("memory") || type.equals("1")).toList().isEmpty();
        final List<String> durabilities = isInMemory ? List.of("memory") : List.of("memory", "written", "synced");
        final List<Integer> most = fixedValue(fixed, Point.LENGTH_KEY, lengths, Integer::valueOf);
        return new Factors(most.size() == 1 ? lengths.stream().filter(length -> length <= Math.max(bytes, most.get(0))).toList() : lengths,
            fixedValue(fixed, Point.CAPACITY_KEY, CAPACITIES, Integer::valueOf), fixedValue(fixed, Point.RING_KEY, RING_SIZES, Integer::valueOf),
            fixedValue(fixed, Point.PROFILE_KEY, profiles, Function.identity()),
            fixedValue(fixed, Point.DURABILITY_KEY, durabilities, Function.identity()));
    }

    private static <T> List<T> fixedValue(final List<String> fixed, final String key, final List<T> otherwise, final Function<String, T> parse) {
        List<T> values = otherwise;
        for (final String setting : fixed) {
            if (setting.startsWith(key + "=")) {
                try {
                    values = List.of(parse.apply(setting.substring(key.length() + 1)));
                } catch (final NumberFormatException e) {
                    throw new IllegalArgumentException("--set " + setting + ": write the plain number here, so that it can be varied around");
                }
            }
        }
        return values;
    }

    /** The strongest level: what is recommended unless it is fixed, for speed alone is no reason to lose messages. */
    String strongest() {
        return durabilities.get(durabilities.size() - 1);
    }
}
