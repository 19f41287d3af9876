package io.gmq.engine.core;

import io.gmq.engine.api.Ending;
import io.gmq.engine.api.MessageState;
import java.util.ArrayDeque;
import java.util.Arrays;

/** All lanes by their number, those that are dead in the order in which they died, and a pool. */
final class Lanes {
    private final MessageTable table;
    private final ArrayDeque<Lane> dead = new ArrayDeque<>();
    private final ArrayDeque<Lane> pool = new ArrayDeque<>();
    private Lane[] all = new Lane[64];
    private int created;

    Lanes(final MessageTable table) {
        this.table = table;
    }

    /** All lanes ever opened have numbers below this. */
    int created() {
        return created;
    }

    /** Those that are dead, in the order in which they died; the first may be empty. */
    Iterable<Lane> dead() {
        return dead;
    }

    Lane get(final int number) {
        return all[number];
    }

    Lane open(final MessageQueue queue, final MessageState state, final int priority) {
        final Lane lane = pool.isEmpty() ? create() : pool.pop();
        lane.open(queue, state, priority);
        return lane;
    }

    private Lane create() {
        if (created == all.length) {
            all = Arrays.copyOf(all, created * 2);
        }
        final Lane lane = new Lane(created, table);
        all[created++] = lane;
        return lane;
    }

    /** A lane that is dead already, and to which messages are added. */
    Lane openDead(final MessageState state, final Ending ending, final long connection, final long atMs) {
        final Lane lane = open(null, state, 0);
        lane.die(ending, connection, atMs);
        dead.add(lane);
        return lane;
    }

    /** Takes in a lane that has died: what memory its messages have is to be given back. */
    void bury(final Lane lane) {
        if (lane.isEmpty()) {
            pool.push(lane);
        } else {
            dead.add(lane);
        }
    }

    /** The lane that has been dead longest and still has messages to be given back, or {@code null}. */
    Lane firstDead() {
        Lane lane = dead.peek();
        while (lane != null && lane.isEmpty()) {
            pool.push(dead.remove());
            lane = dead.peek();
        }
        return lane;
    }
}
