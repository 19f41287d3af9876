package io.gmq.client;

/**
 * A queue in a listing.
 *
 * @param name   its name.
 * @param counts how many messages it holds.
 */
public record QueueInfo(String name, QueueLength counts) {
}
