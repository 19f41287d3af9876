package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Publishes to all queues and to a topic, one by one and in batches, with priorities, delays and times to live, in bursts. */
final class PublishWork extends Worker {
    private static final List<QueuePlan> QUEUES =
        List.of(QueuePlan.WORK, QueuePlan.PLAIN, QueuePlan.BRIEF, QueuePlan.FLASH, QueuePlan.LATEST, QueuePlan.FADING, QueuePlan.KEPT);
    private static final int BURST_MAX = 20;
    private static final int BATCH_MAX = 20;

    private final List<Step> burst = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private int number;
    private boolean isRefused;
    /** Publishes that should be counted in an answer that was a refusal. */
    private int waiting;

    PublishWork(final Setting setting, final String name, final SplittableRandom random) {
        super(setting, name, random);
    }

    @Override
    void work() {
        burst.clear();
        requests.clear();
        for (int i = random.nextInt(BURST_MAX); i >= 0; i--) {
            final QueuePlan queue = oneOf(QUEUES);
            if (oneIn(8)) {
                publishToTopic();
            } else if (ledger.depth(queue) < queue.room()) {
                publish(queue);
            }
        }
        if (burst.isEmpty()) {
            pause();
            return;
        }
        if (oneIn(5)) {
            publishWithOneAnswer();
        } else {
            publishWithAnswers();
        }
        if (isRefused) {
            isRefused = false;
            pause();
        }
    }

    private void publishWithAnswers() {
        send(requests.toArray(String[]::new));
        for (int i = 0; i < burst.size(); i++) {
            final Reply reply = reply();
            answered(burst.get((int) reply.number("id")), reply);
            if (reply.has("confirmed")) {
                waiting = 0;
            }
        }
    }

    /** The last is answered when all are safe; those that are refused answer for themselves. */
    private void publishWithOneAnswer() {
        final int last = burst.size() - 1;
        for (int i = 0; i < last; i++) {
            requests.set(i, requests.get(i).replaceFirst("}$", ",'confirm':'last'}"));
        }
        send(requests.toArray(String[]::new));
        final List<Step> accepted = new ArrayList<>(burst.subList(0, last));
        Reply reply = reply();
        while (reply.number("id") < last) {
            final Step step = burst.get((int) reply.number("id"));
            accepted.remove(step);
            answered(step, reply);
            reply = reply();
        }
        answered(burst.get(last), reply);
        if (reply.isConfirmed()) {
            final long count = reply.has("confirmed") ? reply.number("confirmed") : 0;
            if (count != accepted.size() + waiting) {
                throw new Violation(accepted.size() + " and " + waiting + " before should be confirmed, and the reply is " + reply);
            }
            waiting = 0;
            accepted.forEach(ledger::accepted);
        } else {
            waiting += accepted.size(); // the next one that succeeds counts them, and the audit will see which they are
        }
    }

    private void publish(final QueuePlan queue) {
        final List<Letter> born = new ArrayList<>();
        final StringBuilder messages = new StringBuilder();
        for (int left = oneIn(4) ? random.nextInt(BATCH_MAX) : 0; left >= 0; left--) {
            final Letter letter = ledger.letter(queue, name + '-' + number++);
            born.add(letter);
            messages.append(messages.isEmpty() ? "" : ",").append("{'text':'").append(Texts.of(letter.name)).append("'").append(extras(queue))
                .append('}');
        }
        final boolean isSingle = born.size() == 1;
        final String content = isSingle ? messages.substring(1, messages.length() - 1) : "'messages':[" + messages + "]";
        add(Step.publishing(born), "{'id':" + burst.size() + ",'operation':'publish','queue':'" + queue.name() + "'," + content + level() + "}");
    }

    private void publishToTopic() {
        if (QueuePlan.TOPIC_QUEUES.stream().allMatch(queue -> ledger.depth(QueuePlan.of(queue)) < 100)) {
            final String letterName = name + '-' + number++;
            final List<Letter> born = QueuePlan.TOPIC_QUEUES.stream().map(queue -> ledger.letter(QueuePlan.of(queue), letterName)).toList();
            add(Step.publishing(born), "{'id':" + burst.size() + ",'operation':'publish','topic':'" + QueuePlan.TOPIC + "','text':'"
                + Texts.of(letterName) + "'" + level() + "}");
        }
    }

    private String extras(final QueuePlan queue) {
        final StringBuilder extras = new StringBuilder();
        if (oneIn(5)) {
            extras.append(",'priority':").append(random.nextInt(10));
        }
        if (oneIn(10)) {
            extras.append(",'delay_ms':").append(1 + random.nextInt(300));
        }
        if (oneIn(10)) {
            extras.append(",'headers':{'kind':'").append(random.nextInt(5)).append("'}");
        }
        if (queue.deadLetter() == null && !queue.vanishes() && oneIn(20)) {
            extras.append(",'ttl_ms':86400000");
        } else if (queue == QueuePlan.BRIEF && oneIn(3)) {
            extras.append(",'ttl_ms':").append(20 + random.nextInt(400));
        }
        return extras.toString();
    }

    private void add(final Step step, final String request) {
        ledger.begin(step, "published by " + name);
        burst.add(step);
        requests.add(request);
    }

    private void answered(final Step step, final Reply reply) {
        if (reply.isConfirmed()) {
            ledger.confirmed(step, ids(reply, step.born().size()));
        } else {
            ledger.refused(step, Refusals.expected(reply));
            isRefused = true;
        }
    }

    /** The ids that a reply to a publish names. */
    static long[] ids(final Reply reply, final int count) {
        final long first = reply.number(reply.has("message") ? "message" : "first");
        final long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = first + i;
        }
        return ids;
    }
}
