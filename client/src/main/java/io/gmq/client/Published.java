package io.gmq.client;

/**
 * A batch that was published; its ids are consecutive.
 *
 * @param first the id of the first message.
 * @param count how many there are.
 */
public record Published(long first, int count) {
    /** The id of the last message. */
    public long last() {
        return first + count - 1;
    }
}
