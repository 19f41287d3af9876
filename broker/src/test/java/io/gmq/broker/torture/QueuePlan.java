package io.gmq.broker.torture;

import java.util.List;

/**
 * The queues of a campaign.
 *
 * @param name       of the queue.
 * @param settings   members of its {@code configure}.
 * @param room       messages up to which publishers add to it; its capacity is larger, so that nearly all fit.
 * @param vanishes   whether messages go by themselves, without a dead letter: expired, or dropped for room.
 * @param deadLetter where its dead letters go, or null.
 */
record QueuePlan(String name, String settings, int room, boolean vanishes, String deadLetter) {
    /** Worked on by several: taken, pushed, settled, given back until they are dead letters. */
    static final QueuePlan WORK = new QueuePlan("work", "'capacity':400,'max_attempts':6,'dead_letter':'dead'", 150, false, "dead");
    static final QueuePlan DEAD = new QueuePlan("dead", "'capacity':400", 0, false, null);
    /** Parked and kicked; gets what an {@code atomic} publishes. */
    static final QueuePlan PLAIN = new QueuePlan("plain", "'capacity':400", 150, false, null);
    /** Published to with producer and sequence. Has room for all that its producers have in flight, so none is refused. */
    static final QueuePlan COUNTED = new QueuePlan("counted", "'capacity':900", 250, false, null);
    /** Short leases and times to live; expired messages go on. */
    static final QueuePlan BRIEF =
        new QueuePlan("brief", "'capacity':300,'lease_ms':150,'ttl_ms':300,'dead_letter':'late'", 100, false, "late");
    static final QueuePlan LATE = new QueuePlan("late", "'capacity':400", 0, false, null);
    /** Taken with {@code lease_ms} 0. */
    static final QueuePlan FLASH = new QueuePlan("flash", "'capacity':300", 100, false, null);
    static final QueuePlan FAN_A = new QueuePlan("fan-a", "'capacity':300", 0, false, null);
    static final QueuePlan FAN_B = new QueuePlan("fan-b", "'capacity':300", 0, false, null);
    static final QueuePlan LATEST = new QueuePlan("latest", "'capacity':40,'on_full':'drop_oldest'", 400, true, null);
    static final QueuePlan FADING = new QueuePlan("fading", "'capacity':300,'ttl_ms':200", 100, true, null);
    /** Leases outlive connections and restarts. */
    static final QueuePlan KEPT = new QueuePlan("kept", "'capacity':300", 60, false, null);

    /** Published to, taken from and settled by hundreds of requests in flight. */
    static final QueuePlan FLOOD_A = new QueuePlan("flood-a", "'capacity':900", 700, false, null);
    static final QueuePlan FLOOD_B = new QueuePlan("flood-b", "'capacity':900", 700, false, null);

    /** In the order in which they are created, which is the order of the copies of a topic. */
    static final List<QueuePlan> ALL =
        List.of(WORK, DEAD, PLAIN, COUNTED, BRIEF, LATE, FLASH, FAN_A, FAN_B, LATEST, FADING, KEPT, FLOOD_A, FLOOD_B);

    /** Reaches {@link #FAN_A} and {@link #FAN_B}. */
    static final String TOPIC = "news.today";
    static final List<String> TOPIC_QUEUES = List.of(FAN_A.name, FAN_B.name);

    /** Leases here last longer than any campaign's cycle, so they end by settling or with their connection. */
    boolean hasLongLeases() {
        return this != BRIEF;
    }

    String configure() {
        return "{'operation':'configure','queue':'" + name + "'," + (hasLongLeases() ? "'lease_ms':600000," : "") + settings + "}";
    }

    @Override
    public String toString() {
        return name;
    }

    static QueuePlan of(final String name) {
        return ALL.stream().filter(plan -> plan.name.equals(name)).findFirst().orElseThrow(() -> new Violation("no such queue: " + name));
    }
}
