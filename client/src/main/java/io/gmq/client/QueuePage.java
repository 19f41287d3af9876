package io.gmq.client;

import java.util.List;

/**
 * Part of the list of queues, in the order of their names.
 *
 * @param queues the queues.
 * @param more   whether there are more behind the last one; ask for them with its name as {@code after}.
 */
public record QueuePage(List<QueueInfo> queues, boolean more) {
}
