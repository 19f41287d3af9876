package io.gmq.transport.tcp;

import java.net.InetSocketAddress;

/**
 * One of the addresses at which clients come in.
 *
 * @param address    where to listen; port 0 for any free one.
 * @param links      how its clients are talked to.
 * @param overloaded what a client's socket gets for whom there is no room.
 */
public record Listener(InetSocketAddress address, Links links, byte[] overloaded) {
}
