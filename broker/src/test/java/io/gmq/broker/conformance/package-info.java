/** The broker as its clients see it: raw bytes over sockets, checked against the protocol. */
package io.gmq.broker.conformance;
