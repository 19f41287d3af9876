/** From effects to bytes on their way to clients: which reply may leave when, and to whom. */
package io.gmq.transport.egress;
