package io.gmq.bench.load;

/**
 * The side of a connection that consumes. Reports each message ({@link Tally#delivered}), each empty answer ({@link Tally#empty}) and
 * each message whose settlement is confirmed ({@link Tally#settled}).
 */
public interface ConsumeSide extends Side {
    /** There are settlements, which a message needs to be done with; many protocols have none. */
    default boolean isSettling() {
        return false;
    }

    /**
     * Called after each read, and when more messages are confirmed: settles what has been delivered since the last call, and asks for more
     * where the broker does not push.
     *
     * @param available messages that the broker holds for this consumer, as far as the generator knows: there is no use in asking for
     *                  more at a time. It includes those asked for and not yet delivered.
     */
    void write(Output out, long available);
}
