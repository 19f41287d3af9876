package io.gmq.engine.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The connections that hold leases, wait or have had consumers; of the others there is nothing to know. One that closes hands its
 * leases back in slices, so that no single command has unbounded work; until that is done it stands in the line of closing ones.
 */
final class Sessions {
    private final Long2ObjectHashMap<Session> byConnection = new Long2ObjectHashMap<>();
    private final List<Session> all = new ArrayList<>();
    private final ArrayDeque<Session> closing = new ArrayDeque<>();
    private final ArrayDeque<Session> pool = new ArrayDeque<>();
    /**
     * The session that became empty last, which is here though there is nothing to know of it: a connection that takes and settles one
     * message at a time would come and go with each. May be {@code null}, and may have got something since.
     */
    private Session idle;

    /** The session of a connection; if it holds nothing, {@code null} or an empty one. */
    Session find(final long connection) {
        return byConnection.get(connection);
    }

    Session findOrAdd(final long connection) {
        Session session = byConnection.get(connection);
        if (session == null) {
            session = pool.isEmpty() ? new Session() : pool.pop();
            session.connection = connection;
            byConnection.put(connection, session);
            session.slot = all.size();
            all.add(session);
        }
        return session;
    }

    /** Puts a session at the end of the closing ones. */
    void close(final Session session) {
        session.isClosing = true;
        closing.add(session);
    }

    /** Forgets a session that has just given up something, if that was the last; a closing one stays in its line. */
    void forgetIfEmpty(final Session session) {
        if (session.isEmpty() && !session.isClosing && session != idle) {
            removeIdle();
            idle = session;
        }
    }

    private void removeIdle() {
        if (idle != null && idle.isEmpty() && !idle.isClosing) {
            remove(idle);
        }
        idle = null;
    }

    /** Puts all sessions that are not closing yet there, in the order of their connections. */
    void closeAll() {
        removeIdle();
        final List<Session> open = new ArrayList<>(all);
        open.removeIf(session -> session.isClosing);
        open.sort(Comparator.comparingLong(session -> session.connection));
        open.forEach(this::close);
    }

    /** The session that hands back its leases, or {@code null}. */
    Session firstClosing() {
        return closing.peek();
    }

    /** Forgets {@link #firstClosing}. */
    void removeFirstClosing() {
        remove(closing.remove());
    }

    private void remove(final Session session) {
        byConnection.remove(session.connection);
        final Session last = all.remove(all.size() - 1);
        if (last != session) {
            all.set(session.slot, last);
            last.slot = session.slot;
        }
        if (session == idle) {
            idle = null;
        }
        session.reset();
        pool.push(session);
    }

    /** All, in no order that means anything. */
    Iterable<Session> all() {
        removeIdle();
        return all;
    }

    /** The highest number of all connections here, 0 if there are none. */
    long highestConnection() {
        long highest = 0;
        for (final Session session : all()) {
            highest = Math.max(highest, session.connection);
        }
        return highest;
    }

    /** The closing ones in their order, for the digest. */
    Iterable<Session> closing() {
        return closing;
    }
}
