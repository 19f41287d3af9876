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
 *   DUPLICATE       number: count                body: i64 firstMessage
 *   BEGIN_MESSAGES
 *   BEGIN_DELIVERY  number: nameLength           body: i64 consumer | name
 *   CONSUMING                                    body: i64 consumer
 *   CONSUMER_ENDED                               body: i64 consumer
 *   SETTLED         x: type, number: count       body: i64 missingCount | i64 id …
 *   COUNTED         x: type, number: count
 *   DONE
 *   LENGTH                                       body: i32 ready | i32 delayed | i32 leased | i32 parked
 *   CONFIGURED      number: deadLetterLength     body: i64 setting … | deadLetter
 *   DESCRIBED       number: deadLetterLength     body: i64 count … | i64 setting … | deadLetter
 *   BEGIN_QUEUES
 *   BEGIN_ATOMIC
 *   REFUSED         x: code, number: nameLength  body: i64 limit | i64 actual | i64 step | name
 *   PASSED
 *
 *   0         1          2       4         8         16        24       32
 *   | MESSAGE | priority | 0     | attempt | message | payload |
 *   | PEEKED  | priority | state | attempt | message | payload | reason |
 *   | QUEUE   | 0        | 0     | nameLength | i64 count … | name
 *   | END_DELIVERY | …                        | bytes   |
 *   | END_MESSAGES | …                        8 bytes, as END_ATOMIC
 *   | END_QUEUES   | more | …                 8 bytes
 * </pre>
 */
final class EffectKind {
    static final byte PUBLISHED = 1;
    static final byte DUPLICATE = 2;
    static final byte BEGIN_MESSAGES = 3;
    static final byte MESSAGE = 4;
    static final byte PEEKED = 5;
    static final byte END_MESSAGES = 6;
    static final byte BEGIN_DELIVERY = 7;
    static final byte END_DELIVERY = 8;
    static final byte CONSUMING = 9;
    static final byte CONSUMER_ENDED = 10;
    static final byte SETTLED = 11;
    static final byte COUNTED = 12;
    static final byte DONE = 13;
    static final byte LENGTH = 14;
    static final byte CONFIGURED = 15;
    static final byte DESCRIBED = 16;
    static final byte BEGIN_QUEUES = 17;
    static final byte QUEUE = 18;
    static final byte END_QUEUES = 19;
    static final byte BEGIN_ATOMIC = 20;
    static final byte END_ATOMIC = 21;
    static final byte REFUSED = 22;
    static final byte PASSED = 23;

    /** Bytes before the body of an effect that is a reply. */
    static final int REPLY_LENGTH = 32;
    static final int MESSAGE_LENGTH = 24;
    static final int PEEKED_LENGTH = 32;
    static final int QUEUE_PREFIX_LENGTH = 8;
    static final int END_LENGTH = 8;

    private EffectKind() {
    }

    /** The next place where an effect may start. */
    static int align(final int at) {
        return at + 7 & -8;
    }
}
