package io.gmq.bench.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What one thread of the generator has to itself.
 *
 * @param producers the numbers of its producers.
 * @param consumers how many consumers.
 * @param queues    its queues' names.
 */
record Share(List<Integer> producers, int consumers, List<String> queues) {
    static Share of(final LoadPlan plan, final int thread) {
        final Topology all = plan.topology();
        final List<String> queues = new ArrayList<>();
        for (int i = thread; i < all.queues(); i += all.threads()) {
            queues.add(plan.queue(i));
        }
        final List<Integer> producers = new ArrayList<>();
        for (int i = thread; i < all.producers(); i += all.threads()) {
            producers.add(i);
        }
        return new Share(producers, (all.consumers() - thread + all.threads() - 1) / all.threads(), queues);
    }

    /** The queues of one of so many connections. */
    List<String> queuesOf(final int connection, final int connections) {
        if (queues.size() <= connections) {
            return List.of(queues.get(connection % queues.size()));
        }
        final List<String> its = new ArrayList<>();
        for (int i = connection; i < queues.size(); i += connections) {
            its.add(queues.get(i));
        }
        return its;
    }
}
