/** From bytes to commands in the ring: what stands between a connection and the decoder. */
package io.gmq.transport.ingress;
