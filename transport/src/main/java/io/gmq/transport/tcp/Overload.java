package io.gmq.transport.tcp;

/**
 * The last frames of those for whom there is no room.
 *
 * @param tooMany          there are as many connections as there may be.
 * @param tooManyOfAddress there are as many from the client's address.
 * @param tooMuchInput     clients are sending more unfinished frames than there is memory for, and this one has taken longest.
 */
public record Overload(byte[] tooMany, byte[] tooManyOfAddress, byte[] tooMuchInput) {
}
