package io.gmq.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run does.
 *
 * @param topology who takes part.
 * @param bytes    of a message.
 * @param batch    messages of a frame.
 * @param window   messages that a producer may have unconfirmed, and so many for each producer that may be published and not yet
 *                 delivered.
 * @param backlog  messages that lie in the queues before the run begins, and all through it.
 * @param pace     how fast and how long.
 * @param prefix   what the names of queues begin with.
 */
public record LoadPlan(Topology topology, int bytes, int batch, int window, long backlog, Pace pace, String prefix) {
    public LoadPlan {
        if (batch < 1 || window < batch) {
            throw new IllegalArgumentException("the window is " + window + " messages, must be " + Math.max(1, batch) + " at least, a batch");
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("a message cannot have " + bytes + " bytes");
        }
    }

    /** A queue's name; its last 8 bytes tell it from the others. */
    public String queue(final int index) {
        return prefix + String.format(Locale.ROOT, "-%07d", index);
    }

    List<String> queues() {
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < topology.queues(); i++) {
            names.add(queue(i));
        }
        return names;
    }

    /** At another pace. */
    public LoadPlan at(final Pace other) {
        return new LoadPlan(topology, bytes, batch, window, backlog, other, prefix);
    }
}
