package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A producer with a name that numbers its publishes, and after each start sends again, with their numbers, those that were not
 * answered: each is stored once. It lives on over all brokers of a campaign.
 */
final class NumberedWork extends Worker {
    private static final int WINDOW = 40;
    private static final int BATCH_MAX = 5;

    /**
     * What such a producer remembers from one broker to the next.
     *
     * @param pending requests without an answer, oldest first.
     */
    static final class Memory {
        final String producer;
        final Deque<Numbered> pending = new ArrayDeque<>();
        long lastSequence;
        int number;
        /** Whether a publish may be refused though its queue has room. */
        boolean mayBeRefused;

        Memory(final String producer) {
            this.producer = producer;
        }
    }

    private record Numbered(long sequence, Step step) {
    }

    private final Memory memory;
    private boolean isRefused;

    NumberedWork(final Setting setting, final String name, final SplittableRandom random, final Memory memory) {
        super(setting, name, random);
        this.memory = memory;
    }

    /** What the audit has found is a duplicate, and what it has not is none. */
    @Override
    void begin() {
        final List<Numbered> again = List.copyOf(memory.pending);
        final List<Boolean> isThere = new ArrayList<>();
        final List<Numbered> renewed = new ArrayList<>();
        for (final Numbered numbered : again) {
            isThere.add(numbered.step.born().get(0).hasExisted());
            final Step step = Step.publishing(
                numbered.step.born().stream().map(letter -> letter.hasExisted() ? letter : ledger.letter(letter.home, letter.name)).toList());
            renewed.add(new Numbered(numbered.sequence, step));
        }
        memory.pending.clear();
        memory.pending.addAll(renewed);
        if (!renewed.isEmpty()) {
            renewed.forEach(numbered -> ledger.begin(numbered.step, "published again by " + name));
            if (mayBeAway()) {
                // One by one: what is refused for a while must be sent again before what comes after it.
                isThere.forEach(isDuplicate -> answered(isDuplicate, insist(request(memory.pending.getFirst()))));
            } else {
                send(renewed.stream().map(this::request).toArray(String[]::new));
                isThere.forEach(isDuplicate -> answered(isDuplicate, reply()));
            }
        }
    }

    @Override
    void work() {
        final List<String> requests = new ArrayList<>();
        for (int i = random.nextInt(WINDOW); i >= 0 && ledger.depth(QueuePlan.COUNTED) < QueuePlan.COUNTED.room(); i--) {
            final List<Letter> born = new ArrayList<>();
            for (int left = oneIn(4) ? random.nextInt(BATCH_MAX) : 0; left >= 0; left--) {
                born.add(ledger.letter(QueuePlan.COUNTED, memory.producer + '-' + memory.number++));
            }
            memory.lastSequence += oneIn(10) ? 7 : 1;
            final Numbered numbered = new Numbered(memory.lastSequence, Step.publishing(born));
            ledger.begin(numbered.step, "published by " + name);
            memory.pending.add(numbered);
            requests.add(request(numbered));
        }
        if (requests.isEmpty()) {
            pause();
            return;
        }
        send(requests.toArray(String[]::new));
        requests.forEach(request -> answered(false, reply()));
        if (isRefused) {
            isRefused = false;
            pause();
        }
    }

    private String request(final Numbered numbered) {
        final StringBuilder messages = new StringBuilder();
        for (final Letter letter : numbered.step.born()) {
            messages.append(messages.isEmpty() ? "" : ",").append("{'text':'").append(Texts.of(letter.name)).append("'}");
        }
        return "{'operation':'publish','queue':'" + QueuePlan.COUNTED.name() + "','messages':[" + messages + "],'producer':'"
            + memory.producer + "','sequence':" + numbered.sequence + "}";
    }

    private void answered(final boolean isDuplicate, final Reply reply) {
        final Numbered numbered = memory.pending.remove();
        final Step step = numbered.step;
        if (!reply.isConfirmed()) {
            ledger.refused(step, Refusals.expected(reply));
            isRefused = true;
        } else if (reply.has("duplicate") && memory.mayBeRefused && !step.born().get(0).hasExisted()) {
            // Its refusal was never heard, and a later one was accepted: then it counts as a duplicate, and is not stored.
            ledger.refused(step, "duplicate");
        } else if (reply.has("duplicate")) {
            ledger.duplicate(step, reply.has("first") ? PublishWork.ids(reply, step.born().size()) : new long[0]);
        } else if (isDuplicate) {
            throw new Violation("was published again with the same number, and not seen as a duplicate: " + step);
        } else {
            ledger.confirmed(step, PublishWork.ids(reply, step.born().size()));
        }
    }
}
