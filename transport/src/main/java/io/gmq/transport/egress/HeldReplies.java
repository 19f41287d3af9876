package io.gmq.transport.egress;

import io.gmq.transport.tcp.Connection;
import java.util.Arrays;

/**
 * Replies and pushes that wait for a sync, in the order in which they came: a ring of entries over a ring of bytes, both growing up to a
 * bound. Syncs come in order too, so the first entry is always the next to leave.
 */
final class HeldReplies {
    private static final int INITIAL_LENGTH = 256 * 1024;
    /** Beyond this, an empty ring of bytes is made small again. */
    private static final int KEPT_LENGTH_MAX = 8 << 20;
    private static final int INITIAL_ENTRIES = 1024;
    /** The connection ends with it. */
    static final int LAST = 1;
    /** Later ones to the same connection that are in order too must not overtake it. */
    static final int IN_ORDER = 1 << 1;
    /** It answers nothing. */
    static final int PUSH = 1 << 2;


    private byte[] bytes = new byte[INITIAL_LENGTH];
    private long bytesFrom;
    private long bytesTo;

    private Connection[] connections = new Connection[INITIAL_ENTRIES];
    private long[] goals = new long[INITIAL_ENTRIES];
    private int[] lengths = new int[INITIAL_ENTRIES];
    /** Of a push the bytes it is reckoned at. */
    private int[] promised = new int[INITIAL_ENTRIES];
    private int[] flags = new int[INITIAL_ENTRIES];
    private long first;
    private long end;
    private byte[] scratch = new byte[1024];

    boolean isEmpty() {
        return first == end;
    }

    /** Bytes held. */
    long size() {
        return bytesTo - bytesFrom;
    }

    /** What must be synced for the first entry to leave. */
    long firstGoal() {
        return goals[slot(first)];
    }

    /**
     * Adds a reply or a push.
     *
     * @param goal  what must be synced for it to leave.
     * @param count the bytes that had been set aside for a reply, or that a push is reckoned at.
     * @param looks {@link #LAST}, {@link #IN_ORDER}, {@link #PUSH}.
     */
    void add(final long goal, final Connection connection, final byte[] frame, final int length, final int count, final int looks) {
        if (end - first == connections.length) {
            growEntries();
        }
        while (bytesTo + length - bytesFrom > bytes.length) {
            growBytes();
        }
        final int slot = slot(end++);
        connections[slot] = connection;
        goals[slot] = goal;
        lengths[slot] = length;
        promised[slot] = count;
        flags[slot] = looks;
        copyIn(frame, length);
        connection.countHeld(1, counted(length, looks), (looks & IN_ORDER) != 0);
    }

    /** Lets the first entry go to its connection, which is returned. */
    Connection release() {
        final int slot = slot(first++);
        final Connection connection = connections[slot];
        final int length = lengths[slot];
        copyOut(length);
        send(connection, scratch, length, promised[slot], flags[slot]);
        connection.countHeld(-1, -counted(length, flags[slot]), (flags[slot] & IN_ORDER) != 0);
        connections[slot] = null;
        if (isEmpty() && bytes.length > KEPT_LENGTH_MAX) {
            bytes = new byte[INITIAL_LENGTH];
            bytesFrom = 0;
            bytesTo = 0;
        }
        return connection;
    }

    /** What of a frame counts as unread: nothing of a push, see {@link Connection#pauseIfOutboundAbove}. */
    private static int counted(final int length, final int looks) {
        return (looks & PUSH) != 0 ? 0 : length;
    }

    /** Sends a frame as it would be sent after having been held. */
    static void send(final Connection connection, final byte[] frame, final int length, final int count, final int looks) {
        if ((looks & PUSH) != 0) {
            connection.push(frame, length, count);
        } else {
            connection.reply(frame, length, count, (looks & LAST) != 0);
        }
    }

    private void copyIn(final byte[] reply, final int length) {
        final int at = (int) bytesTo & bytes.length - 1;
        final int straight = Math.min(length, bytes.length - at);
        System.arraycopy(reply, 0, bytes, at, straight);
        System.arraycopy(reply, straight, bytes, 0, length - straight);
        bytesTo += length;
    }

    private void copyOut(final int length) {
        if (scratch.length < length) {
            scratch = new byte[Integer.highestOneBit(length) * 2];
        }
        final int at = (int) bytesFrom & bytes.length - 1;
        final int straight = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, scratch, 0, straight);
        System.arraycopy(bytes, 0, scratch, straight, length - straight);
        bytesFrom += length;
    }

    private int slot(final long entry) {
        return (int) entry & connections.length - 1;
    }

    private void growBytes() {
        final byte[] larger = new byte[bytes.length * 2];
        final int held = (int) (bytesTo - bytesFrom);
        for (int i = 0; i < held; ) {
            final int from = (int) (bytesFrom + i) & bytes.length - 1;
            final int to = (int) (bytesFrom + i) & larger.length - 1;
            final int part = Math.min(held - i, Math.min(bytes.length - from, larger.length - to));
            System.arraycopy(bytes, from, larger, to, part);
            i += part;
        }
        bytes = larger;
    }

    private void growEntries() {
        final int size = connections.length;
        final int shift = slot(first);
        connections = Arrays.copyOf(rotated(connections, shift), size * 2);
        goals = Arrays.copyOf(rotate(goals, shift), size * 2);
        lengths = Arrays.copyOf(rotate(lengths, shift), size * 2);
        promised = Arrays.copyOf(rotate(promised, shift), size * 2);
        flags = Arrays.copyOf(rotate(flags, shift), size * 2);
        end -= first;
        first = 0;
    }

    private static Connection[] rotated(final Connection[] from, final int shift) {
        final Connection[] to = new Connection[from.length];
        System.arraycopy(from, shift, to, 0, from.length - shift);
        System.arraycopy(from, 0, to, from.length - shift, shift);
        return to;
    }

    private static long[] rotate(final long[] from, final int shift) {
        final long[] to = new long[from.length];
        System.arraycopy(from, shift, to, 0, from.length - shift);
        System.arraycopy(from, 0, to, from.length - shift, shift);
        return to;
    }

    private static int[] rotate(final int[] from, final int shift) {
        final int[] to = new int[from.length];
        System.arraycopy(from, shift, to, 0, from.length - shift);
        System.arraycopy(from, 0, to, from.length - shift, shift);
        return to;
    }
}
