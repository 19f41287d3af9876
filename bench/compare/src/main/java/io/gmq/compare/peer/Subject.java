package io.gmq.compare.peer;

import io.gmq.bench.load.Wire;
import io.gmq.compare.link.Flow;
import io.gmq.compare.link.Link;

/**
 * A broker at a durability: a row.
 *
 * @param id         for the command line, the JSON and the plots.
 * @param peer       the broker's name.
 * @param durability as the broker's own manual names it.
 * @param level      what of GMQ it is compared with.
 * @param survives   what its confirmation is worth, in plain words.
 * @param settles    what becomes of a message that was taken.
 * @param drivers    how it can be loaded.
 */
public record Subject(String id, String peer, String durability, Level level, String survives, String settles, Drivers drivers) {
    /**
     * How a subject can be loaded.
     *
     * @param wire its protocol, for the load generator; {@code null} where that does not know it.
     * @param java its official Java client; {@code null} where there is none.
     * @param oneInFlight one message in flight is measured, too: not where the row differs from another only in how messages are put
     * together.
     */
    public record Drivers(Wire wire, Java java, boolean oneInFlight) {
        Drivers(final Wire wire, final Java java) {
            this(wire, java, true);
        }
    }

    /** Connects to a server that runs. */
    @FunctionalInterface
    public interface Java {
        /**
         * A new link.
         *
         * @param queue a name that was never used before.
         */
        Link open(String host, int port, String queue, int messageLength, Flow flow) throws Exception;
    }
}
