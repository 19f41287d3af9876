package io.gmq.client;

import java.util.List;

/**
 * What settling or extending has come to.
 *
 * @param count   how many leases it reached.
 * @param missing ids of the list asked for that were not leased.
 */
public record Settled(int count, List<Long> missing) implements StepResult {
    static final Settled ONE = new Settled(1, List.of());
}
