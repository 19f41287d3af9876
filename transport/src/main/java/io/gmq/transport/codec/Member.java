package io.gmq.transport.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Every member that a request can have, found by its name without making a string of it. */
enum Member {
    OPERATION, ID, QUEUE, TOPIC, PAYLOAD, TEXT, MESSAGES, PRIORITY, DELAY_MS, TTL_MS, HEADERS, PRODUCER, SEQUENCE, CONFIRM, DURABILITY,
    MAX, WAIT_MS, LEASE_MS, AS, DETAILS, KEEP, MESSAGE, ATTEMPT, FROM, TO, REASON, STATE, STEPS, CREDIT, CONSUMER, CAPACITY,
    MAX_MESSAGE_LENGTH, MAX_ATTEMPTS, DEAD_LETTER, ON_FULL, PAUSED, IF_EMPTY, PREFIX, AFTER, VERSION, NAME, AUTH, CONFIRMATION, ERROR, USER,
    PASSWORD;

    private static final int TABLE_MASK = 255;
    private static final Member[] TABLE = new Member[TABLE_MASK + 1];

    static {
        for (final Member member : values()) {
            int slot = slot(member.bytes, 0, member.bytes.length);
            while (TABLE[slot] != null) {
                slot = slot + 1 & TABLE_MASK;
            }
            TABLE[slot] = member;
        }
    }

    private final String word = name().toLowerCase(Locale.ROOT);
    private final byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);

    /** Its name in JSON. */
    String word() {
        return word;
    }

    /** One bit of a set of members. */
    long bit() {
        return 1L << ordinal();
    }

    /** The member of that name, or {@code null}. */
    static Member find(final byte[] in, final int from, final int to) {
        if (to == from) {
            return null;
        }
        int slot = slot(in, from, to);
        Member member = TABLE[slot];
        while (member != null && !Arrays.equals(member.bytes, 0, member.bytes.length, in, from, to)) {
            slot = slot + 1 & TABLE_MASK;
            member = TABLE[slot];
        }
        return member;
    }

    private static int slot(final byte[] in, final int from, final int to) {
        return (in[from] * 31 + in[to - 1]) * 31 + to - from & TABLE_MASK;
    }
}
