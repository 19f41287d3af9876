package io.gmq.broker.torture;

import io.gmq.broker.conformance.Reply;

/**
 * A message as the broker showed it.
 *
 * @param queue    where it was.
 * @param home     the queue it was published to: another one where it is a dead letter.
 * @param originId its id there, 0 where it is at home.
 * @param state    in which it was, empty where it was handed out.
 */
record Found(QueuePlan queue, String home, String name, long id, long originId, long attempt, long priority, String state) {
    private static final int PRIORITY_DEFAULT = 4;

    static Found of(final QueuePlan queue, final Reply message) {
        final boolean isDeadLetter = message.has("headers") && message.object("headers").has("gmq-origin-queue");
        return new Found(queue, isDeadLetter ? message.object("headers").string("gmq-origin-queue") : queue.name(),
            Texts.nameIn(message.has("text") ? message.string("text") : message.payloadText()), message.number("message"),
            isDeadLetter ? Long.parseLong(message.object("headers").string("gmq-origin-message")) : 0,
            message.has("attempt") ? message.number("attempt") : 1,
            message.has("priority") ? message.number("priority") : PRIORITY_DEFAULT,
            message.has("state") ? message.string("state") : "");
    }

    String key() {
        return Letter.key(home, name);
    }

    @Override
    public String toString() {
        return key() + " as " + id + " in " + queue.name() + (state.isEmpty() ? "" : " (" + state + ")") + ", attempt " + attempt;
    }
}
