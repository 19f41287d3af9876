package io.gmq.broker.config;

/** Which addresses the broker listens on: {@code network.protocol}. */
public enum NetworkProtocol {
    /** IPv4 and IPv6. */
    TCP,
    /** IPv4 only. */
    TCP4,
    /** IPv6 only. */
    TCP6
}
