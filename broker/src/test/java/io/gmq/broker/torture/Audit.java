package io.gmq.broker.torture;

import io.gmq.broker.conformance.Await;
import io.gmq.broker.conformance.Reply;
import io.gmq.broker.conformance.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares everything that a broker holds with what the {@link MessageLedger} knows, before anybody works on it. Afterwards the
 * ledger takes for true what was found.
 */
final class Audit {
    private static final String[] STATES = {"ready", "delayed", "leased", "parked"};

    private final MessageLedger ledger;
    private final Map<String, Found> found = new HashMap<>();
    private Map<QueuePlan, Counters> counters = Map.of();
    private String trouble = "the counts do not agree with what is there";

    private Audit(final MessageLedger ledger) {
        this.ledger = ledger;
    }

    /** @throws Violation if the broker has lost, kept, doubled, changed or invented anything. */
    static void run(final MessageLedger ledger, final Wire wire) {
        final Audit audit = new Audit(ledger);
        try {
            Await.until("two looks at the broker that show the same", () -> audit.look(wire));
        } catch (final AssertionError e) {
            throw new Violation(audit.trouble + ", " + audit.counters, e);
        }
        audit.checkFound();
        audit.checkSteps();
        audit.checkLetters();
        audit.checkCounters();
        ledger.closeAudit(audit.counters, audit.found.size());
    }

    /** Everything there is, as payload, of which most fits into a reply; not usable if something has become due meanwhile. */
    private boolean look(final Wire wire) {
        found.clear();
        counters = describe(wire);
        for (final QueuePlan queue : QueuePlan.ALL) {
            final List<String> requests = new ArrayList<>();
            for (final String state : STATES) {
                requests.add("{'operation':'peek','queue':'" + queue.name() + "','state':'" + state + "','max':1000,'details':true}");
            }
            wire.send(requests.toArray(String[]::new));
            for (int i = 0; i < STATES.length; i++) {
                add(queue, confirmed(wire.reply()).messages());
            }
        }
        return counters.equals(describe(wire)) && found.size() == counters.values().stream().mapToLong(Counters::length).sum();
    }

    private static Map<QueuePlan, Counters> describe(final Wire wire) {
        wire.send(QueuePlan.ALL.stream().map(queue -> "{'operation':'describe','queue':'" + queue.name() + "'}").toArray(String[]::new));
        final Map<QueuePlan, Counters> all = new LinkedHashMap<>();
        QueuePlan.ALL.forEach(queue -> all.put(queue, Counters.of(confirmed(wire.reply()))));
        return all;
    }

    private static Reply confirmed(final Reply reply) {
        if (!reply.isConfirmed()) {
            throw new Violation("the audit was refused: " + reply);
        }
        return reply;
    }

    private void add(final QueuePlan queue, final List<Reply> messages) {
        Found before = null;
        for (final Reply message : messages) {
            final Found one = Found.of(queue, message);
            if (before != null && !isInOrder(before, one)) {
                throw new Violation("out of order: " + before + " before " + one);
            }
            before = one;
            final Found twice = found.put(one.key(), one);
            if (twice != null) {
                trouble = "is there twice: " + twice + " and " + one; // unless it has moved between two looks
            }
        }
    }

    private static boolean isInOrder(final Found first, final Found second) {
        final boolean isLater = first.id() < second.id();
        return first.state().equals("ready") ? first.priority() > second.priority() || first.priority() == second.priority() && isLater
            : isLater;
    }

    private void checkFound() {
        for (final Found one : found.values()) {
            final Letter letter = ledger.seen(one);
            final boolean isKicked = ledger.isKicked(one.queue());
            final boolean isOut = one.state().equals("leased") || one.state().equals("parked");
            if (!isKicked && (isOut ? one.attempt() < letter.attempt : one.attempt() <= letter.attempt)) {
                throw new Violation("has fewer attempts than it had: " + one + ", " + letter);
            }
            if (letter.isParked && !isKicked && !one.state().equals("parked")) {
                throw new Violation("is no longer parked: " + one + ", " + letter);
            }
            final boolean isLeased = one.state().equals("leased");
            if (isLeased && one.queue() != QueuePlan.KEPT) {
                throw new Violation("is still leased to a connection of the broker before: " + one + ", " + letter);
            }
            if (letter.isKept && !isLeased) {
                throw new Violation("has lost its kept lease: " + one + ", " + letter);
            }
            ledger.resync(letter, one);
        }
    }

    private boolean isThere(final Letter letter) {
        return found.containsKey(letter.key());
    }

    /** What belongs together has happened as a whole or not at all. */
    private void checkSteps() {
        for (final Step step : ledger.open()) {
            if (step.isWhole() && !step.born().isEmpty()) {
                final boolean hasHappened = step.born().stream().anyMatch(letter -> letter.hasExisted() || isThere(letter));
                for (final Letter letter : step.born()) {
                    if (hasHappened && !letter.hasExisted() && !isThere(letter) && !letter.home.vanishes() && letter.home != QueuePlan.FLASH) {
                        throw new Violation("is missing, though other parts of its step are there: " + letter + ", of " + step);
                    }
                }
                for (final Letter letter : step.settled()) {
                    if (hasHappened == isThere(letter)) {
                        throw new Violation("is " + (hasHappened ? "there" : "gone") + ", though the step that settles it has "
                            + (hasHappened ? "happened: " : "not happened: ") + letter + ", of " + step);
                    }
                }
            }
        }
    }

    private void checkLetters() {
        for (final Letter letter : ledger.letters()) {
            if (!isThere(letter)) {
                if (letter.fate == Letter.Fate.SENT) {
                    ledger.neverCame(letter);
                } else if (letter.fate == Letter.Fate.HELD) {
                    checkMissing(letter);
                }
            }
        }
    }

    private void checkMissing(final Letter letter) {
        if (letter.isSettling() || ledger.mayHaveFloated(letter)) {
            ledger.wasSettled(letter);
        } else if (letter.place.vanishes()) {
            ledger.hasVanished(letter);
        } else {
            throw new Violation("is lost: " + letter);
        }
    }

    private void checkCounters() {
        counters.forEach((queue, now) -> {
            if (!now.isBalanced(queue)) {
                throw new Violation("the counts of queue " + queue.name() + " do not agree: " + now);
            }
            final Counters before = ledger.atLastAudit(queue);
            if (before != null && !queue.vanishes() && queue != QueuePlan.FLASH) {
                check(queue, "published", before.published() + ledger.came(queue), now.published());
                check(queue, "acked", before.acked() + ledger.settled(queue), now.acked());
            }
        });
    }

    private static void check(final QueuePlan queue, final String what, final long expected, final long actual) {
        if (expected != actual) {
            throw new Violation("queue " + queue.name() + " says '" + what + "' is " + actual + ", and it should be " + expected);
        }
    }
}
