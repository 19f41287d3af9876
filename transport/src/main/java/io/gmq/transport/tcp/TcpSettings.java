package io.gmq.transport.tcp;

/**
 * What the connections of a broker may have and hold.
 *
 * @param maxConnections   clients at once, over all selectors.
 * @param maxFrameLength   bytes of the longest frame.
 * @param maxOutboundBytes bytes of replies a client may leave unread before its requests are no longer read.
 * @param maxReplyBytes    bytes that the replies in flight of one selector may have together.
 * @param maxPendingBytes  bytes that the unfinished long frames of one selector's clients may take together.
 * @param idleTimeoutMs    after which a connection is ended on which nothing comes, goes or is waited for; 0 for never.
 */
public record TcpSettings(
    int maxConnections, int maxFrameLength, int maxOutboundBytes, long maxReplyBytes, long maxPendingBytes, long idleTimeoutMs) {
}
