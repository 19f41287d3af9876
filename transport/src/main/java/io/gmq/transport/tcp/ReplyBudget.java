package io.gmq.transport.tcp;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Bounds what the large replies to requests in the ring come to, over all connections of one selector, in two ways. All that is known of a
 * request is the most that its reply can have, which is what it has if each message is as long as it may be. Those together are bounded
 * strictly, so that a flood of small requests for large replies cannot take more memory than that. Mostly a reply has a small part
 * of it; what has to be made really is estimated by the part that the replies before have had, and kept to what is made in a few
 * milliseconds, since everybody else's next request waits behind it.
 *
 * <p>When there is no room, connections wait for their turn, and each turn is one such request. Whoever asks for little goes on meanwhile.
 *
 * <p>Replies to takes that wait are promised apart ({@link Connection#canPromise}).
 */
final class ReplyBudget {
    /** Up to here a reply is not large: as many of them as the ring has places are little. */
    static final int SMALL = 4096;
    /** Encoding them takes some two milliseconds. */
    static final long EXPECTED_MAX = 2 << 20;
    /** What else the thread has to do waits for no more than these, though there may be room again after each. */
    static final int TURNS_AT_ONCE_MAX = 32;
    /** How fast it is believed that replies have become smaller; that they have become larger is believed at once. */
    private static final double BELIEF = 0.25;

    private final long max;
    private final ArrayDeque<Connection> waiting = new ArrayDeque<>();
    private Connection turn;
    private long reserved;
    private long seenMost;
    private long seenBytes;
    private double part = 1;

    /* Written by the last stage only. */
    private final AtomicLong released = new AtomicLong();
    private final AtomicLong made = new AtomicLong();

    /** @param max bytes; a single reply may always be reserved. */
    ReplyBudget(final long max) {
        this.max = max;
    }

    /** The selector thread's: sets bytes aside for the reply to a connection's next request, or has the connection wait for its turn. */
    boolean tryReserve(final Connection connection, final int most) {
        if (most <= SMALL) {
            return true;
        }
        final boolean isItsTurn = connection == turn;
        if ((isItsTurn || waiting.isEmpty()) && hasRoomFor(most)) {
            turn = null;
            reserved += most;
            return true;
        }
        connection.isAwaitingTurn = true;
        if (isItsTurn) {
            waiting.addFirst(connection);
        } else {
            waiting.add(connection);
        }
        return false;
    }

    private boolean hasRoomFor(final int most) {
        learn();
        final long inFlight = reserved - seenMost;
        return inFlight == 0 || inFlight + most <= max && inFlight * part < EXPECTED_MAX;
    }

    /** Looks at what the replies have had since the last time. */
    private void learn() {
        final long most = released.getAcquire();
        if (most == seenMost) {
            return;
        }
        final long bytes = made.getAcquire();
        final double newest = Math.min(1, (double) (bytes - seenBytes) / (most - seenMost));
        part = Math.max(newest, part + BELIEF * (newest - part));
        seenMost = most;
        seenBytes = bytes;
    }

    /** The selector thread's: takes back the last reservation, which was not used. */
    void cancel(final int most) {
        reserved -= most > SMALL ? most : 0;
    }

    /** Whether connections wait. */
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** The selector thread's: gives some turns while there is room; says how many, but for one for which there was too little. */
    int giveTurns(final Consumer<Connection> resume) {
        int turns = 0;
        while (turns < TURNS_AT_ONCE_MAX && !waiting.isEmpty() && hasRoomFor(SMALL)) {
            final Connection its = waiting.poll();
            its.isAwaitingTurn = false;
            turn = its;
            resume.accept(its);
            final boolean isTooMuch = turn == its && waiting.peek() == its;
            turn = null;
            if (isTooMuch) {
                break; // there is room, but not for as much as it asks for
            }
            turns++;
        }
        return turns;
    }

    /** The last stage's: a request leaves the ring for whose reply so much had been set aside. */
    void release(final int most) {
        if (most > SMALL) {
            released.setRelease(released.getPlain() + most);
        }
    }

    /** The last stage's: the reply to the request that was released last has so many bytes. */
    void onReply(final int most, final int bytes) {
        if (most > SMALL) {
            made.setRelease(made.getPlain() + bytes);
        }
    }
}
