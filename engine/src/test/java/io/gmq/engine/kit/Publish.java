package io.gmq.engine.kit;

/**
 * What a publish asks for.
 *
 * @param name     of a queue or a topic.
 * @param producer empty for none.
 */
public record Publish(String name, boolean isTopic, String producer, long sequence, Draft... drafts) {
    public static Publish toQueue(final String queue, final Draft... drafts) {
        return new Publish(queue, false, "", 0, drafts);
    }

    public static Publish toQueue(final String queue, final String payload) {
        return toQueue(queue, Draft.of(payload));
    }

    public static Publish toTopic(final String topic, final Draft... drafts) {
        return new Publish(topic, true, "", 0, drafts);
    }

    public static Publish toTopic(final String topic, final String payload) {
        return toTopic(topic, Draft.of(payload));
    }

    public Publish by(final String its, final long itsSequence) {
        return new Publish(name, isTopic, its, itsSequence, drafts);
    }
}
