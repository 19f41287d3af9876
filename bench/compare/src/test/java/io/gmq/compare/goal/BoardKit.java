package io.gmq.compare.goal;

import java.util.List;
import java.util.Map;

/** Boards for tests of other packages. */
public final class BoardKit {
    private BoardKit() {
    }

    /** One target reached, one missed, one figure without a target, one target without figures, and a failure. */
    public static Board twoRounds() {
        final Board board = new Board();
        board.open("test", List.of(
            Goal.atLeast(1.2, "speed", "speed", Unit.PER_SECOND, ours("rate"), new Goal.Side("redis", "Redis")),
            Goal.atMost(1.5, "latency", "latency", Unit.TIME, ours("late"), new Goal.Side("echo", "echo")),
            Goal.known("memory", "memory", Unit.BYTES, ours("bytes"), new Goal.Side("nothing", "nothing")),
            Goal.atLeast(1, "never", "never", Unit.PER_SECOND, ours("never"), new Goal.Side("absent", "absent"))));
        board.add("test", Map.of("rate", 100_000.0, "redis", 100_000.0, "late", 200_000.0, "echo", 100_000.0, "bytes", 512.0, "nothing", 256.0));
        board.add("test", Map.of("rate", 200_000.0, "redis", 100_000.0, "late", 400_000.0, "echo", 100_000.0, "bytes", 512.0, "nothing", 256.0));
        board.failed("depth: it broke");
        return board;
    }

    private static Goal.Side ours(final String key) {
        return new Goal.Side(key, "GMQ");
    }
}
