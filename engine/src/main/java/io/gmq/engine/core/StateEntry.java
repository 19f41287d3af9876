package io.gmq.engine.core;

/**
 * The entries in which the state is told by {@link StateWriter} and taken in by {@link StateReader}, in this order. Part of the
 * snapshots' format: a change here is a new version there. Numbers as in commands, without padding.
 *
 * <pre>
 *   STATE     u8 kind | u8 flags | i64 nowMs | i64 nextId | i64 nextQueue | i64 nextWaiter | limits, if flag 1; storage by STORAGE_SHIFT
 *   QUEUE     u8 kind | u8 flags | u8 nameLength | i64 number | i64 settings … | i64 counts … | name | dead letter's name
 *   LANE      u8 kind | u8 state | u8 priority | i32 lane | i64 queue, or -1: it is dead, and those that died first come first
 *             | if dead: u8 how its messages ended | i64 ended by | i64 endedMs; missing in older snapshots
 *   PRODUCER  u8 kind | i64 sequence | i64 firstMessage | i32 count | name                     least recent first
 *   BINDING   u8 kind | i64 queue | topic                                                      newest of a queue first
 *   SESSION   u8 kind | u8 isClosing | i64 connection | i64 consumersSeen | i64 unread         closing ones first, in their order
 *   CONSUMER  u8 kind | taker | i64 number | i32 credit                                        queue by queue, in the order of coming
 *   LINE      u8 kind | i64 queue | i64 connection | i64 number of a consumer                  queue by queue, in the order of turns,
 *   WAITER    u8 kind | taker | i64 number | i32 max | i64 deadlineMs                          mixed with these
 *   TOUCHED   u8 kind | i64 queue                                                              in their order
 *   MESSAGE   u8 kind | u8 priority | u8 flags | i32 lane | i64 id | i32 attempt | i64 publishedMs | i16 headersLength
 *             | hold, if flag 1 | i64 id of the message that has the same body, if flag 2, else payload and headers
 *   REASON    u8 kind | i64 id | why it is parked                                              at once after its message
 *
 *   taker     i64 queue | i64 connection | i64 correlation | u8 presentation | u8 level | i32 promised | i32 bytesMax
 *             | i32 expansion | i64 leaseMs | u8 keep
 *   hold      i64 deadlineMs | i64 expiryMs | i64 connection | i64 consumer | i64 id of the lease before, of that connection | u8 keep
 * </pre>
 *
 * <p>Messages come in no order: where they lie, and those that change while the state is told ahead of their turn.
 */
final class StateEntry {
    static final byte STATE = 1;
    static final byte QUEUE = 2;
    static final byte LANE = 3;
    static final byte PRODUCER = 4;
    static final byte BINDING = 5;
    static final byte SESSION = 6;
    static final byte CONSUMER = 7;
    static final byte LINE = 8;
    static final byte WAITER = 9;
    static final byte TOUCHED = 10;
    static final byte MESSAGE = 11;
    static final byte REASON = 12;

    /** Of a STATE: limits have been set. */
    static final int HAS_LIMITS = 1;
    /** Of a STATE: from this bit on, the code of what can be stored. */
    static final int STORAGE_SHIFT = 1;
    /** Of a QUEUE: it has been deleted, and is not cleared away yet. */
    static final int IS_DEAD = 1;
    /** Of a MESSAGE. */
    static final int HAS_HOLD = 1;
    /** Of a MESSAGE. */
    static final int IS_SHARED = 2;
    /** The queue of a lane that is dead. */
    static final long NO_QUEUE = -1;
    /** Bytes of the longest entry but for names, bodies and reasons. */
    static final int HEAD_LENGTH_MAX = 1024;

    /** Bytes of a hold. */
    static final int HOLD_LENGTH = 41;

    private StateEntry() {
    }
}
