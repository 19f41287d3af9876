package io.gmq.broker.config;

import io.gmq.engine.api.Headers;
import io.gmq.engine.api.Limits;

/** What must hold between keys, and what is left to check of one beyond its type. */
final class Checks {
    /** A character of a JSON string may need this many bytes for one: {@code \}{@code u0001}. */
    private static final int ESCAPED_LENGTH_MAX = 6;
    /** Everything in a frame that is neither text nor headers. */
    private static final int FRAME_REST_LENGTH_MAX = 2048;

    private Checks() {
    }

    /** The frame that the longest message needs, all its characters and all of its headers' escaped, also as a dead letter. */
    static long frameLengthMin(final Config config) {
        final long escaped =
            config.get(Keys.QUEUE_MAX_MESSAGE_LENGTH) + (long) Limits.HEADERS_LENGTH_MAX + Headers.DEAD_LETTER_LENGTH_MAX;
        return ESCAPED_LENGTH_MAX * escaped + FRAME_REST_LENGTH_MAX;
    }

    static void check(final Config config) {
        final String forFrame = " for a frame of network.max_frame_length " + config.shown(Keys.NETWORK_MAX_FRAME_LENGTH);
        final long frameLength = config.get(Keys.NETWORK_MAX_FRAME_LENGTH);
        final String longest = "a message of queue.max_message_length " + config.shown(Keys.QUEUE_MAX_MESSAGE_LENGTH) + " ("
            + config.source(Keys.QUEUE_MAX_MESSAGE_LENGTH) + ")";
        atLeast(config, Keys.NETWORK_MAX_FRAME_LENGTH, frameLengthMin(config), " to hold " + longest + " with every character escaped");
        atLeast(config, Keys.NETWORK_MAX_OUTBOUND_BYTES, frameLength, forFrame);
        atLeast(config, Keys.QUEUE_MAX_HELD_BYTES, config.get(Keys.QUEUE_MAX_MESSAGE_LENGTH) + (long) Headers.ENCODED_LENGTH_MAX,
            " to hold " + longest + " with its headers");
        atLeast(config, Keys.JOURNAL_SEGMENT_BYTES, 2 * frameLength, ", twice the room" + forFrame);
        atLeast(config, Keys.RING_INGRESS_BYTES, 4 * frameLength, ", 4 times the room" + forFrame);
        checkLogFile(config);
    }

    private static void atLeast(final Config config, final Key<? extends Number> key, final long min, final String why) {
        if (config.get(key).longValue() < min) {
            throw new ConfigException(config.sentence(key) + "; it must be at least " + min + " bytes" + why);
        }
    }

    private static void checkLogFile(final Config config) {
        final String name = config.get(Keys.LOG_NAME);
        if (name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
            throw new ConfigException(config.sentence(Keys.LOG_NAME) + "; it must be the name of a file, its folder is log.path");
        }
    }
}
