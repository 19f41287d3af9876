package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Takes from queues and settles what it got: most is acked, some given back, parked, kept, or left with its lease. */
final class TakeWork extends Worker {
    private static final int MAX = 40;

    private final List<QueuePlan> queues;

    /** @param queues from which it takes by turns. */
    TakeWork(final Setting setting, final String name, final SplittableRandom random, final QueuePlan... queues) {
        super(setting, name, random);
        this.queues = List.of(queues);
    }

    /** What was kept over the restart can be settled by its id. */
    @Override
    void begin() {
        if (queues.contains(QueuePlan.KEPT)) {
            final List<Letter> kept = ledger.letters().stream().filter(letter -> letter.isKept && letter.fate == Letter.Fate.HELD).toList();
            if (!kept.isEmpty()) {
                ack(QueuePlan.KEPT, kept);
            }
        }
    }

    @Override
    void work() {
        final QueuePlan queue = oneOf(queues);
        if (queue == QueuePlan.FLASH) {
            takeForGood(queue);
        } else if (queue == QueuePlan.PLAIN && oneIn(10)) {
            kick(queue);
        } else {
            settle(queue, take(queue, queue == QueuePlan.KEPT ? ",'keep':true" : ""));
        }
    }

    private void takeForGood(final QueuePlan queue) {
        final int max = 1 + random.nextInt(MAX);
        ledger.floating(queue, max);
        confirmed(request(queue, max, ",'lease_ms':0" + level())).messages().forEach(message -> ledger.delivered(this, queue, message, true));
        ledger.floating(queue, -max);
    }

    private List<Letter> take(final QueuePlan queue, final String more) {
        return new ArrayList<>(confirmed(request(queue, 1 + random.nextInt(MAX), more)).messages().stream().map(message -> {
            final Letter letter = ledger.delivered(this, queue, message, false);
            if (queue == QueuePlan.KEPT) {
                ledger.keep(letter);
            }
            return letter;
        }).toList());
    }

    private static String request(final QueuePlan queue, final int max, final String more) {
        return "{'operation':'take','queue':'" + queue.name() + "','max':" + max + ",'wait_ms':20,'as':'text','details':true" + more + "}";
    }

    private Reply confirmed(final String request) {
        final Reply reply = insist(request);
        if (!reply.isConfirmed()) {
            throw new Violation("was refused: " + reply);
        }
        return reply;
    }

    private void kick(final QueuePlan queue) {
        ledger.kicking(queue);
        confirmed("{'operation':'kick','queue':'" + queue.name() + "','max':" + (1 + random.nextInt(100)) + "}");
    }

    private void settle(final QueuePlan queue, final List<Letter> leased) {
        final List<Letter> back = pick(leased, 8);
        final List<Letter> parked = queue == QueuePlan.PLAIN ? pick(leased, 10) : List.of();
        pick(leased, 50); // stay leased
        if (!leased.isEmpty() && !(queue == QueuePlan.KEPT && oneIn(3))) {
            ack(queue, leased);
        }
        if (!back.isEmpty() && queue != QueuePlan.KEPT) {
            nack(queue, back);
        }
        if (!parked.isEmpty()) {
            park(queue, parked);
        }
    }

    /** Removes one in so many. */
    private List<Letter> pick(final List<Letter> from, final int oneIn) {
        final List<Letter> picked = new ArrayList<>();
        from.removeIf(letter -> oneIn(oneIn) && picked.add(letter));
        return picked;
    }

    private void ack(final QueuePlan queue, final List<Letter> letters) {
        final Step step = Step.settling(letters);
        ledger.begin(step, "acked by " + name);
        final Reply reply = confirmed("{'operation':'ack','queue':'" + queue.name() + "','messages':" + ids(letters) + level() + "}");
        final Set<Long> missing = missing(reply);
        ledger.settled(step, missing);
        if (reply.number("acked") != letters.size() - missing.size()) {
            throw new Violation(letters.size() + " were acked, and the reply is " + reply);
        }
    }

    private void nack(final QueuePlan queue, final List<Letter> letters) {
        letters.forEach(ledger::releasing);
        requireAll(queue, confirmed("{'operation':'nack','queue':'" + queue.name() + "','messages':" + ids(letters)
            + (oneIn(3) ? ",'delay_ms':100" : "") + level() + "}"));
    }

    private void park(final QueuePlan queue, final List<Letter> letters) {
        letters.forEach(ledger::releasing);
        requireAll(queue, confirmed("{'operation':'park','queue':'" + queue.name() + "','messages':" + ids(letters) + ",'reason':'torture'}"));
        if (!ledger.isKicked(queue)) {
            ledger.parked(letters);
        }
    }

    private static void requireAll(final QueuePlan queue, final Reply reply) {
        if (queue.hasLongLeases() && reply.has("missing")) {
            throw new Violation("leases are lost: " + reply);
        }
    }

    private static List<Long> ids(final List<Letter> letters) {
        return letters.stream().map(letter -> letter.id).toList();
    }

    private static Set<Long> missing(final Reply reply) {
        final Set<Long> missing = new HashSet<>();
        if (reply.has("missing")) {
            reply.array("missing").forEach(id -> missing.add((Long) id));
        }
        return missing;
    }
}
