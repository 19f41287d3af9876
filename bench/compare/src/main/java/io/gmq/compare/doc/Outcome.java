package io.gmq.compare.doc;

import io.gmq.compare.peer.Subject;
import io.gmq.compare.run.Figures;
import io.gmq.compare.run.Plan;
import java.util.List;
import java.util.Map;

/**
 * All that is to be written down.
 *
 * @param when     the time of the run.
 * @param machine  by name: processor, cores and so on.
 * @param versions of the brokers and of their clients, by name.
 * @param subjects the rows, in the order of their brokers.
 * @param notes    what is not here, and what has gone wrong, a sentence each.
 */
public record Outcome(
    String when,
    Map<String, String> machine,
    Plan plan,
    Map<String, String> versions,
    List<Subject> subjects,
    Figures figures,
    List<String> notes) {
}
