package io.gmq.engine.ring;

/**
 * The binary form of effects, as {@link EffectWriter} writes and {@link EffectReader} reads it. Little-endian; every effect
 * starts at a multiple of eight.
 *
 * <pre>
 *   0      1       2              3  4        8            16            24         32
 *   | kind | level | presentation | x | number | connection | correlation | promised | body …
 *
 *   PUBLISHED       number: count                body: i64 firstMessage
 *   BEGIN_MESSAGES
 *   SETTLED         x: type, number: count       body: i64 missingCount | i64 id …
 *   COUNTS                                       body: i32 ready | i32 delayed | i32 leased | i32 parked
 *   BEGIN_QUEUES
 *   REFUSED         x: code, number: nameLength  body: i64 limit | i64 actual | name
 *   PASSED
 *
 *   0      1          2    4         8         16            24        32
 *   | MESSAGE | priority | 0 | attempt | message | publishedMs | payload |
 *   | QUEUE   | 0        | 0 | nameLength | i32 ready | i32 delayed | i32 leased | i32 parked | name
 *   | END_MESSAGES | …                        8 bytes
 *   | END_QUEUES   | more | …                 8 bytes
 * </pre>
 */
final class EffectKind {
    static final byte PUBLISHED = 1;
    static final byte BEGIN_MESSAGES = 2;
    static final byte MESSAGE = 3;
    static final byte END_MESSAGES = 4;
    static final byte SETTLED = 5;
    static final byte COUNTS = 6;
    static final byte BEGIN_QUEUES = 7;
    static final byte QUEUE = 8;
    static final byte END_QUEUES = 9;
    static final byte REFUSED = 10;
    static final byte PASSED = 11;

    /** Bytes before the body of an effect that is a reply. */
    static final int REPLY_LENGTH = 32;
    static final int MESSAGE_LENGTH = 32;
    static final int QUEUE_LENGTH = 24;
    static final int END_LENGTH = 8;

    private EffectKind() {
    }
}
