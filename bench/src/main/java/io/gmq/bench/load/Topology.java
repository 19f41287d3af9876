package io.gmq.bench.load;

/**
 * Who takes part. With more queues than producers each producer fills several by turns, and so do consumers; with fewer, several share
 * one.
 *
 * @param producers   connections that publish.
 * @param consumers   connections that consume; 0 is none, and messages pile up.
 * @param queues      queues.
 * @param threads     threads of the generator; each has producers, consumers and queues of its own.
 * @param connections all connections, with those that are open and do nothing.
 */
public record Topology(int producers, int consumers, int queues, int threads, int connections) {
    /** Most producers: their number has 16 bits of the stamp. */
    public static final int PRODUCERS_MAX = 0x10000;

    public Topology {
        if (producers < 1 || producers > PRODUCERS_MAX) {
            throw new IllegalArgumentException("producers are " + producers + ", must be 1 to " + PRODUCERS_MAX);
        }
        if (consumers < 0 || queues < 1 || threads < 1) {
            throw new IllegalArgumentException("there must be queues and threads, and not fewer than 0 consumers");
        }
        final int threadsMax = Math.min(Math.min(producers, queues), consumers == 0 ? producers : consumers);
        if (threads > threadsMax) {
            throw new IllegalArgumentException("threads are " + threads + ", must be " + threadsMax
                + " at most: each has producers, consumers and queues of its own");
        }
    }

    /** One producer, one consumer, one queue. */
    public static Topology pair() {
        return new Topology(1, 1, 1, 1, 2);
    }

    /** Connections that do nothing. */
    public int idle() {
        return Math.max(0, connections - producers - consumers);
    }
}
