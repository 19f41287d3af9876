/**
 * Sockets, no JSON: selector threads that read bytes into the hands of a {@link io.gmq.transport.tcp.ByteHandler} and write
 * what stands in each connection's {@link io.gmq.transport.tcp.OutboundQueue}.
 */
package io.gmq.transport.tcp;
