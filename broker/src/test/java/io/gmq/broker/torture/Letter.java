package io.gmq.broker.torture;

import java.util.ArrayList;
import java.util.List;

/** One message in the queue it was published to, as the outside knows it. Guarded by the {@link MessageLedger}. */
final class Letter {
    /** What is known of it. */
    enum Fate {
        /** Published, with no answer yet. */
        SENT,
        /** Confirmed, or handed out: it must be there. */
        HELD,
        /** Confirmed as settled, or gone in another way that is right: it must not be there. */
        GONE
    }

    private static final int EVENTS_MAX = 40;

    final QueuePlan home;
    final String name;
    Fate fate = Fate.SENT;
    /** Where it was last; another queue than {@link #home} once it is a dead letter. */
    QueuePlan place;
    /** In its place; 0 while unknown. */
    long id;
    /** In its home; 0 while unknown. */
    long homeId;
    long attempt;
    /** Who has leased it; null for nobody. */
    Object holder;
    /** Settling requests without an answer. */
    int settling;
    boolean isParked;
    boolean isKept;
    private final List<String> events = new ArrayList<>();

    Letter(final QueuePlan home, final String name) {
        this.home = home;
        this.name = name;
        this.place = home;
    }

    static String key(final String home, final String name) {
        return home + '/' + name;
    }

    String key() {
        return key(home.name(), name);
    }

    /** Whether the outside knows that it has been in the broker. */
    boolean hasExisted() {
        return homeId != 0;
    }

    boolean isSettling() {
        return settling > 0;
    }

    /** Remembers what happened, for the report of a violation. */
    void note(final String event) {
        if (events.size() < EVENTS_MAX) {
            events.add(event);
        }
    }

    @Override
    public String toString() {
        return key() + " (" + fate + ", in " + place.name() + " as " + id + ", attempt " + attempt + (isParked ? ", parked" : "")
            + (settling > 0 ? ", being settled" : "") + "): " + String.join("; ", events);
    }
}
