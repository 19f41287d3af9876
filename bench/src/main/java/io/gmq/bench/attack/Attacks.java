package io.gmq.bench.attack;

import java.util.List;

/** All there are. */
final class Attacks {
    /** Messages for those who never read what they have asked for. */
    static final String BULK = "bulk";

    private static final int MIB = 1 << 20;
    private static final int FRAME = 64 << 10;
    /** A time between two rounds after which nobody is there any more. */
    private static final long ONCE = 3_600_000_000L;
    private static final String PING = "{\"operation\":\"ping\"}\n";
    private static final String UNENDED = "{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"";

    static final List<Attack> ALL = List.of(
        new Crowd("slow", "500 clients send a long frame, a byte every 50 ms", 500, UNENDED + "x".repeat(MIB), 1, 50_000),
        new Crowd("unfinished", "2000 clients send 200 KiB of a frame, and then nothing", 2000, UNENDED + "x".repeat(200 << 10), 200 << 10, ONCE),
        new Crowd("deaf", "40 clients ask for a MiB at a time, as often as they may, and read nothing", 40,
            ("{\"operation\":\"peek\",\"queue\":\"" + BULK + "\",\"max\":20}\n").repeat(100), Integer.MAX_VALUE, 1_000_000),
        new Crowd("silent", "5000 clients connect and say nothing", 5000, "", 0, 100_000),
        new Passers("resets", "1000 clients a second break off in the middle of a frame", 1, UNENDED, 1000),
        new Passers("flood", "2000 connections a second, 9000 open at a time", 9000, PING, 500),
        new Passers("beyond", "2000 connections a second, all that may be open and more", 12_000, PING, 500),
        new Crowd("endless", "8 clients send frames without end, 16 MiB a second in all", 8, "x".repeat(64 << 10), 64 << 10, 32_000),
        new Crowd("nesting", "4 clients send frames of 64 KiB of brackets, 160 a second in all", 4, "[".repeat(FRAME) + "\n", FRAME + 1, 25_000),
        new Crowd("numbers", "4 clients send frames with a number of 64 KiB, 160 a second in all", 4, "{\"operation\":\"ping\",\"id\":"
            + "9".repeat(FRAME) + "}\n", 2 * FRAME, 25_000),
        new Crowd("noise", "4 clients send lines that are no JSON, 40,000 a second in all", 4, "\u0007no json\u001b[2J\n".repeat(100), 1600, 10_000));

    private Attacks() {
    }

    static Attack named(final String name) {
        return ALL.stream().filter(attack -> attack.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("there is no attack '" + name + "'; there are "
                + String.join(", ", ALL.stream().map(Attack::name).toList())));
    }
}
