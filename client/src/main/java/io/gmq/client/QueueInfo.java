package io.gmq.client;

import java.util.OptionalLong;

/**
 * A queue and all that is counted of it.
 *
 * @param name          its name.
 * @param counts        how many messages it holds.
 * @param bytes         how many bytes their payloads have together.
 * @param consumers     how many consumers it pushes to.
 * @param oldestReadyMs how long ago the oldest message that is ready was published; empty where none is.
 * @param totals        what it has done so far.
 */
public record QueueInfo(
    String name, QueueLength counts, long bytes, long consumers, OptionalLong oldestReadyMs, QueueTotals totals) {
}
