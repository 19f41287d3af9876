package io.gmq.bench.tune;

import io.gmq.bench.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way to run a broker, and the load that it is measured with.
 *
 * @param bytes      of a message.
 * @param capacity   of a queue.
 * @param ringSize   slots of the ring.
 * @param profile    how the work is spread over threads.
 * @param durability the level that is confirmed.
 * @param backlog    messages that lie in the queue meanwhile.
 */
record Point(int bytes, int capacity, int ringSize, String profile, String durability, int backlog) {
    static final String CAPACITY_KEY = "queue.max_queue_capacity";
    static final String LENGTH_KEY = "queue.max_message_length";
    static final String RING_KEY = "ring.size";
    static final String PROFILE_KEY = "ring.profile";
    static final String DURABILITY_KEY = "journal.durability";
    private static final int LENGTH_DEFAULT = 40 << 10;

    Point withBytes(final int other) {
        return new Point(other, capacity, ringSize, profile, durability, backlog);
    }

    Point withRing(final int other) {
        return new Point(bytes, capacity, other, profile, durability, backlog);
    }

    Point withProfile(final String other) {
        return new Point(bytes, capacity, ringSize, other, durability, backlog);
    }

    Point withDurability(final String other) {
        return new Point(bytes, capacity, ringSize, profile, other, backlog);
    }

    /** With a queue that is half full. */
    Point withCapacityHalfFull(final int other) {
        return new Point(bytes, other, ringSize, profile, durability, other / 2);
    }

    Point withCapacity(final int other) {
        return new Point(bytes, other, ringSize, profile, durability, 0);
    }

    /** What a broker is started with; what is fixed by hand wins. */
    List<String> options(final List<String> fixed) {
        final List<String> options = new ArrayList<>();
        final Map<String, Object> keys = new LinkedHashMap<>();
        keys.put(CAPACITY_KEY, capacity);
        keys.put(LENGTH_KEY, Math.max(LENGTH_DEFAULT, bytes));
        keys.put(RING_KEY, ringSize);
        keys.put(PROFILE_KEY, profile);
        keys.put(DURABILITY_KEY, durability);
        keys.keySet().removeIf(key -> fixed.stream().anyMatch(setting -> setting.startsWith(key + "=")));
        keys.forEach((key, value) -> options.addAll(List.of("--set", key + "=" + value)));
        fixed.forEach(setting -> options.addAll(List.of("--set", setting)));
        return options;
    }

    String words() {
        return Numbers.bytes(bytes) + ", " + durability + ", " + profile + ", ring " + Numbers.whole(ringSize) + ", capacity " + Numbers.whole(capacity)
            + (backlog > 0 ? " half full" : "");
    }

    Map<String, Object> json() {
        final Map<String, Object> all = new LinkedHashMap<>();
        all.put("message_bytes", bytes);
        all.put("capacity", capacity);
        all.put("ring_size", ringSize);
        all.put("profile", profile);
        all.put("durability", durability);
        all.put("backlog", backlog);
        return all;
    }
}
