package io.gmq.transport.tcp;

import java.net.InetSocketAddress;

/**
 * One of the addresses at which clients come in.
 *
 * @param address          where to listen; port 0 for any free one.
 * @param links            how its clients are talked to.
 * @param tooMany          what a client's socket gets where there are as many connections as there may be.
 * @param tooManyOfAddress the same where there are as many from its address.
 */
public record Listener(InetSocketAddress address, Links links, byte[] tooMany, byte[] tooManyOfAddress) {
}
