package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Keeps hundreds of requests in flight: publishes message by message, takes them all, and acks them one by one. */
final class FloodWork extends Worker {
    private static final int IN_FLIGHT = 512;

    private final QueuePlan queue;
    private int number;

    FloodWork(final Setting setting, final String name, final SplittableRandom random, final QueuePlan queue) {
        super(setting, name, random);
        this.queue = queue;
    }

    @Override
    void work() {
        final int refused = publish(Math.min(IN_FLIGHT, queue.room() - ledger.depth(queue))) + settle();
        if (refused > 0) {
            pause();
        }
    }

    private int publish(final int count) {
        final List<Step> steps = new ArrayList<>();
        final List<String> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Letter letter = ledger.letter(queue, name + '-' + number++);
            final Step step = Step.publishing(List.of(letter));
            ledger.begin(step, "published by " + name);
            steps.add(step);
            requests.add("{'operation':'publish','queue':'" + queue.name() + "','text':'" + Texts.of(letter.name) + "'" + level() + "}");
        }
        return exchange(requests, steps);
    }

    /** What is not settled since the storage is away is settled in the next round. */
    private int settle() {
        final Reply taken =
            insist("{'operation':'take','queue':'" + queue.name() + "','max':" + IN_FLIGHT + ",'wait_ms':20,'as':'text','details':true}");
        if (!taken.isConfirmed()) {
            throw new Violation("was refused: " + taken);
        }
        List<Letter> left = new ArrayList<>();
        for (final Reply message : taken.messages()) {
            left.add(ledger.delivered(this, queue, message, false));
        }
        int refused = 0;
        while (!left.isEmpty()) {
            final List<Step> steps = left.stream().map(letter -> Step.settling(List.of(letter))).toList();
            steps.forEach(step -> ledger.begin(step, "acked by " + name));
            refused += exchange(left.stream().map(this::ack).toList(), steps);
            left = left.stream().filter(letter -> letter.fate == Letter.Fate.HELD).toList();
        }
        return refused;
    }

    private String ack(final Letter letter) {
        return "{'operation':'ack','queue':'" + queue.name() + "','message':" + letter.id + level() + "}";
    }

    /** Returns how many were refused. */
    private int exchange(final List<String> requests, final List<Step> steps) {
        int refused = 0;
        if (!requests.isEmpty()) {
            send(requests.toArray(String[]::new));
        }
        for (final Step step : steps) {
            final Reply reply = reply();
            if (!reply.isConfirmed()) {
                ledger.refused(step, Refusals.expected(reply));
                refused++;
            } else {
                ledger.confirmed(step, step.born().isEmpty() ? new long[0] : PublishWork.ids(reply, 1));
            }
        }
        return refused;
    }
}
