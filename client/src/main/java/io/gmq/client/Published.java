package io.gmq.client;

/**
 * What a request to publish has come to. Its messages have consecutive ids.
 *
 * @param first     the id of the first message; -1 where nothing was stored, or where it is not known any more.
 * @param count     how many messages were stored; for a topic, how many queues were reached, each of which has all of them.
 * @param duplicate whether the broker had this sequence of the producer already, so that this request stored nothing; {@code first} and
 *                  {@code count} are those of the first time, while the broker still knows them.
 */
public record Published(long first, int count, boolean duplicate) implements StepResult {
    /** The id of the last message, of a batch in a queue. */
    public long last() {
        return first + count - 1;
    }
}
