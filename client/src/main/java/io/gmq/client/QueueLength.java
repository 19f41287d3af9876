package io.gmq.client;

/**
 * How many messages a queue holds.
 *
 * @param length  all of them.
 * @param ready   those that can be taken now.
 * @param delayed those that may not be delivered yet.
 * @param leased  those given to a consumer that has not settled them.
 * @param parked  those set aside.
 */
public record QueueLength(long length, long ready, long delayed, long leased, long parked) {
}
