package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Has messages pushed to it, and settles each while publishing what follows from it, in one step. */
final class ConsumeWork extends Worker {
    private final QueuePlan queue;
    /** Requests that give back what could not be settled. */
    private final List<String> refused = new ArrayList<>();
    private int number;

    ConsumeWork(final Setting setting, final String name, final SplittableRandom random, final QueuePlan queue) {
        super(setting, name, random);
        this.queue = queue;
    }

    @Override
    void begin() {
        insist("{'operation':'consume','queue':'" + queue.name() + "','credit':" + (1 + random.nextInt(60)) + ",'as':'text','details':true}");
    }

    /** All that one push brings: the requests leave together. */
    @Override
    void work() {
        final List<Step> steps = new ArrayList<>();
        final List<String> requests = new ArrayList<>();
        for (final Reply message : push().messages()) {
            final Letter letter = ledger.delivered(this, queue, message, false);
            final QueuePlan next = ledger.depth(QueuePlan.PLAIN) < QueuePlan.PLAIN.room() ? QueuePlan.PLAIN : null;
            if (oneIn(6)) {
                ledger.releasing(letter);
                steps.add(null);
                requests.add("{'operation':'nack','queue':'" + queue.name() + "','message':" + letter.id + "}");
            } else if (next == null || oneIn(3)) {
                add(Step.settling(List.of(letter)), steps);
                requests.add(ack(letter) + level() + "}");
            } else {
                final Letter born = ledger.letter(next, name + '-' + number++);
                add(new Step(List.of(born), List.of(letter), true), steps);
                requests.add("{'operation':'atomic','steps':[" + ack(letter) + "},{'operation':'publish','queue':'" + next.name()
                    + "','text':'" + Texts.of(born.name) + "'" + level() + "}]}");
            }
        }
        send(requests.toArray(String[]::new));
        for (int i = 0; i < steps.size(); i++) {
            answered(steps.get(i), requests.get(i), reply());
        }
        while (!refused.isEmpty()) {
            final List<String> again = List.copyOf(refused);
            refused.clear();
            send(again.toArray(String[]::new));
            again.forEach(request -> answered(null, request, reply()));
        }
    }

    private String ack(final Letter letter) {
        return "{'operation':'ack','queue':'" + queue.name() + "','message':" + letter.id;
    }

    private void add(final Step step, final List<Step> steps) {
        ledger.begin(step, "settled by " + name);
        steps.add(step);
    }

    private void answered(final Step step, final String request, final Reply reply) {
        if (step == null) {
            if (isForAWhile(reply)) {
                refused.add(request);
            } else if (!reply.isConfirmed()) {
                throw new Violation("was not taken back: " + reply);
            }
        } else if (reply.isConfirmed()) {
            ledger.confirmed(step, reply.has("results") ? new long[] {reply.objects("results").get(1).number("message")} : new long[0]);
        } else {
            ledger.refused(step, Refusals.expected(reply));
            giveBack(step.settled().get(0));
        }
    }

    private void giveBack(final Letter letter) {
        ledger.releasing(letter);
        refused.add("{'operation':'nack','queue':'" + queue.name() + "','message':" + letter.id + "}");
    }
}
