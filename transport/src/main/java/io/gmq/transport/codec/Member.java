package io.gmq.transport.codec;

import java.util.Locale;
import java.util.stream.Stream;

/** Every member that a request can have, found by its name without making a string of it. */
enum Member {
    OPERATION, ID, QUEUE, TOPIC, PAYLOAD, TEXT, MESSAGES, PRIORITY, DELAY_MS, TTL_MS, HEADERS, PRODUCER, SEQUENCE, CONFIRM, DURABILITY,
    MAX, WAIT_MS, LEASE_MS, AS, DETAILS, KEEP, MESSAGE, ATTEMPT, FROM, TO, REASON, STATE, STEPS, CREDIT, CONSUMER, CAPACITY,
    MAX_MESSAGE_LENGTH, MAX_ATTEMPTS, DEAD_LETTER, ON_FULL, PAUSED, IF_EMPTY, PREFIX, AFTER, VERSION, NAME, AUTH, CONFIRMATION, ERROR, USER,
    PASSWORD;

    private static final Member[] ALL = values();
    private static final Words WORDS = Words.of(Stream.of(ALL).map(Member::word).toArray(String[]::new));

    private final String word = name().toLowerCase(Locale.ROOT);

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
        final int place = WORDS.find(in, from, to);
        return place < 0 ? null : ALL[place];
    }
}
