package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.LongHashSet;

/**
 * What the outside knows of a broker that is killed again and again on one data folder: which messages were confirmed, handed
 * out and settled, and what nobody can know because its reply never came. Written by all workers while a broker lives; compared
 * with what is there by an {@link Audit} after the next start.
 */
final class MessageLedger {
    /** What is known of one queue since the last audit. */
    private static final class Account {
        /** Messages that are there, as far as is known. */
        int depth;
        /** Messages that takes with {@code lease_ms} 0 may have got whose reply never came. */
        int floating;
        boolean isKicked;
        Counters atLastAudit;
        /** Of the letters that came, and that went by settling, since then. */
        int came;
        int settled;
    }

    private final Map<String, Letter> letters = new HashMap<>();
    /** Of letters that were gone at an earlier audit, by the hash of their keys. */
    private final LongHashSet gone = new LongHashSet();
    /** Likewise of those that were refused since the last audit. */
    private final LongHashSet refused = new LongHashSet();
    private final Set<Step> open = new LinkedHashSet<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private long highestId;
    private long highestIdAtAudit;
    private long confirmed;
    private long settledCount;
    private long delivered;
    private long audited;

    MessageLedger() {
        QueuePlan.ALL.forEach(plan -> accounts.put(plan.name(), new Account()));
    }

    private Account account(final QueuePlan queue) {
        return accounts.get(queue.name());
    }

    /** How many messages a queue holds, as far as is known. */
    synchronized int depth(final QueuePlan queue) {
        return account(queue).depth;
    }

    synchronized Letter letter(final QueuePlan home, final String name) {
        return letters.computeIfAbsent(Letter.key(home.name(), name), key -> {
            account(home).depth++;
            return new Letter(home, name);
        });
    }

    /** The request is about to be sent. */
    synchronized void begin(final Step step, final String what) {
        open.add(step);
        step.settled().forEach(letter -> {
            letter.settling++;
            letter.note(what);
        });
        step.born().forEach(letter -> letter.note(what));
    }

    /** It was confirmed; the ids are those of what it has published. */
    synchronized void confirmed(final Step step, final long[] ids) {
        open.remove(step);
        for (int i = 0; i < ids.length; i++) {
            final Letter letter = step.born().get(i);
            letter.note("confirmed as " + ids[i]);
            exists(letter, ids[i]);
            confirmed++;
        }
        step.settled().forEach(letter -> {
            letter.settling--;
            letter.note("settled");
            settle(letter);
        });
    }

    /** It was confirmed together with others, without saying which ids it has got. */
    synchronized void accepted(final Step step) {
        open.remove(step);
        for (final Letter letter : step.born()) {
            letter.note("accepted");
            confirmed++;
            if (letter.fate == Letter.Fate.SENT) {
                letter.fate = Letter.Fate.HELD;
            }
        }
    }

    /** It was refused: nothing of it has happened. */
    synchronized void refused(final Step step, final String code) {
        open.remove(step);
        step.settled().forEach(letter -> {
            letter.settling--;
            letter.note("not settled: " + code);
        });
        for (final Letter letter : step.born()) {
            letter.note("refused: " + code);
            if (letter.hasExisted()) {
                throw new Violation("was refused with " + code + ", and was there: " + letter);
            }
            account(letter.place).depth--;
            letters.remove(letter.key());
            refused.add(Texts.hash(letter.key()));
        }
    }

    /** A settling was answered; the broker did not settle those that are missing, because their lease had ended. */
    synchronized void settled(final Step step, final Collection<Long> missing) {
        open.remove(step);
        for (final Letter letter : step.settled()) {
            letter.settling--;
            if (!missing.contains(letter.id)) {
                letter.note("settled");
                settle(letter);
            } else if (letter.place.hasLongLeases()) {
                throw new Violation("a lease that should last is lost: " + letter);
            } else {
                letter.holder = null;
                letter.note("too late");
            }
        }
    }

    /** The answer to a publish says that it was a duplicate. */
    synchronized void duplicate(final Step step, final long[] ids) {
        open.remove(step);
        for (int i = 0; i < step.born().size(); i++) {
            final Letter letter = step.born().get(i);
            letter.note("duplicate" + (ids.length > 0 ? " of " + ids[i] : ""));
            if (!letter.hasExisted()) {
                throw new Violation("is a duplicate, says the broker, and was never there: " + letter);
            }
            if (ids.length > 0 && letter.homeId != ids[i]) {
                throw new Violation("is a duplicate of another message, " + ids[i] + ": " + letter);
            }
        }
    }

    private void exists(final Letter letter, final long id) {
        if (letter.homeId != 0 && letter.homeId != id) {
            throw new Violation("is there twice, also as " + id + ": " + letter);
        }
        if (letter.homeId == 0) {
            if (id <= highestIdAtAudit) {
                throw new Violation("has an id that was used before (up to " + highestIdAtAudit + "), " + id + ": " + letter);
            }
            letter.homeId = id;
            account(letter.home).came++;
            highestId = Math.max(highestId, id);
            if (letter.id == 0) {
                letter.id = id;
            }
        }
        if (letter.fate == Letter.Fate.SENT) {
            letter.fate = Letter.Fate.HELD;
        }
    }

    private void settle(final Letter letter) {
        if (letter.fate == Letter.Fate.HELD) {
            letter.fate = Letter.Fate.GONE;
            letter.holder = null;
            account(letter.place).depth--;
            account(letter.place).settled++;
            settledCount++;
        }
    }

    /** A message has been handed out to a worker, for good where {@code isSettled}. */
    synchronized Letter delivered(final Object worker, final QueuePlan queue, final Reply message, final boolean isSettled) {
        final Found found = Found.of(queue, message);
        final Letter letter = seen(found);
        final long attempt = found.attempt();
        if (letter.attempt >= attempt && !account(queue).isKicked) {
            throw new Violation("was handed out with attempt " + attempt + ": " + letter);
        }
        if (letter.holder != null && letter.holder != worker && queue.hasLongLeases()) {
            throw new Violation("was handed out to " + worker + " while leased to " + letter.holder + ": " + letter);
        }
        if (letter.isParked && !account(queue).isKicked) {
            throw new Violation("was handed out while parked: " + letter);
        }
        letter.isParked = false;
        letter.attempt = attempt;
        letter.holder = worker;
        letter.note("to " + worker + " as " + found.id() + ", attempt " + attempt);
        delivered++;
        if (isSettled) {
            settle(letter);
        }
        return letter;
    }

    /** The letter that a message is, with all that can be checked about it. */
    synchronized Letter seen(final Found found) {
        final Letter letter = letters.get(found.key());
        if (letter == null) {
            final long hash = Texts.hash(found.key());
            throw new Violation((gone.contains(hash) ? "was settled and came again: " : refused.contains(hash) ? "was refused, and is there: "
                : "was never sent: ") + found);
        }
        if (letter.fate == Letter.Fate.GONE) {
            throw new Violation("was settled and came again: " + found + ", " + letter);
        }
        final boolean isAtHome = found.queue() == letter.home;
        exists(letter, isAtHome ? found.id() : found.originId());
        if (found.queue() != letter.place) {
            move(letter, found);
        } else if (letter.id != found.id()) {
            throw new Violation("is there twice, also as " + found + ": " + letter);
        }
        return letter;
    }

    private void move(final Letter letter, final Found found) {
        if (found.queue() == letter.home || found.id() <= letter.homeId || !found.queue().name().equals(letter.home.deadLetter())) {
            throw new Violation("came as " + found + ", where it cannot be: " + letter);
        }
        account(letter.place).depth--;
        letter.place = found.queue();
        letter.id = found.id();
        letter.attempt = 0;
        letter.isParked = false;
        account(letter.place).depth++;
        account(letter.place).came++;
        highestId = Math.max(highestId, found.id());
        letter.note("is a dead letter, " + found.id());
    }

    /** The worker is about to give it back. */
    synchronized void releasing(final Letter letter) {
        letter.holder = null;
        letter.note("given back");
    }

    /** The worker closes its connection, which ends the leases that it has left unsettled. */
    synchronized void leaving(final Object worker) {
        letters.values().stream().filter(letter -> letter.holder == worker && !letter.isKept).forEach(letter -> {
            letter.holder = null;
            letter.note("left by " + worker);
        });
    }

    /** They were given to the worker that now sets them aside; it has called {@link #releasing} for each before. */
    synchronized void parked(final List<Letter> all) {
        all.forEach(letter -> {
            letter.isParked = true;
            letter.note("parked");
        });
    }

    synchronized void kicking(final QueuePlan queue) {
        account(queue).isKicked = true;
    }

    synchronized void keep(final Letter letter) {
        letter.isKept = true;
    }

    /** A take with {@code lease_ms} 0 is about to be sent (positive), or was answered (negative). */
    synchronized void floating(final QueuePlan queue, final int count) {
        account(queue).floating += count;
    }

    synchronized boolean isKicked(final QueuePlan queue) {
        return account(queue).isKicked;
    }

    // ---- for the audit, while no worker runs ----

    synchronized Collection<Letter> letters() {
        return new ArrayList<>(letters.values());
    }

    synchronized Set<Step> open() {
        return new LinkedHashSet<>(open);
    }

    /** Whether one more letter may be missing for a take with {@code lease_ms} 0 that was never answered; uses that up. */
    synchronized boolean mayHaveFloated(final Letter letter) {
        final Account account = account(letter.place);
        if (account.floating == 0) {
            return false;
        }
        account.floating--;
        return true;
    }

    /** What the audit has found is what is true. */
    synchronized void resync(final Letter letter, final Found found) {
        letter.isParked = found.state().equals("parked");
        letter.isKept = found.state().equals("leased");
        letter.attempt = letter.isParked || letter.isKept ? found.attempt() : found.attempt() - 1;
    }

    /** A letter was not found, and that is right: its settling has happened, though nobody was told. */
    synchronized void wasSettled(final Letter letter) {
        letter.note("had been settled, says the audit");
        settle(letter);
    }

    /** A letter was not found, and that is right: its time was over, or it made room. */
    synchronized void hasVanished(final Letter letter) {
        letter.note("has vanished, says the audit");
        letter.fate = Letter.Fate.GONE;
        account(letter.place).depth--;
    }

    /** A letter was not found, and never was there. */
    synchronized void neverCame(final Letter letter) {
        account(letter.place).depth--;
        letters.remove(letter.key());
    }

    synchronized int came(final QueuePlan queue) {
        return account(queue).came;
    }

    synchronized int settled(final QueuePlan queue) {
        return account(queue).settled;
    }

    synchronized Counters atLastAudit(final QueuePlan queue) {
        return account(queue).atLastAudit;
    }

    /** Everything was compared; from now on what was found is what is true. */
    synchronized void closeAudit(final Map<QueuePlan, Counters> counters, final int found) {
        audited += found;
        for (final Map.Entry<QueuePlan, Counters> entry : counters.entrySet()) {
            final Account account = account(entry.getKey());
            account.atLastAudit = entry.getValue();
            account.came = 0;
            account.settled = 0;
            account.floating = 0;
            account.isKicked = false;
        }
        open.clear();
        refused.clear();
        for (final Letter letter : new HashSet<>(letters.values())) {
            letter.settling = 0;
            letter.holder = null;
            if (letter.fate == Letter.Fate.GONE) {
                gone.add(Texts.hash(letter.key()));
                letters.remove(letter.key());
                audited++;
            }
        }
        highestIdAtAudit = highestId;
    }

    synchronized long confirmedCount() {
        return confirmed;
    }

    synchronized long settledCount() {
        return settledCount;
    }

    synchronized long deliveredCount() {
        return delivered;
    }

    /** Messages compared in all audits: those that were there, and once each of those that were gone. */
    synchronized long auditedCount() {
        return audited;
    }
}
