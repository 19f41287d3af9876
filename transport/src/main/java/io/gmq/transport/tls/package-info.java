/**
 * TLS over the sockets of {@link io.gmq.transport.tcp}: links that encrypt, and the certificates that they show. The protocol itself
 * is the JDK's, fed with bytes by the library tls-channel.
 */
package io.gmq.transport.tls;
