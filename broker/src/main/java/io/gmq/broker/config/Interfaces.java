package io.gmq.broker.config;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Makes an address of {@code network.interface} and {@code network.protocol}. */
final class Interfaces {
    private Interfaces() {
    }

    /** The address that the configuration asks for: the interface's first of the protocol's kind, or the wildcard. */
    static InetAddress wanted(final Config config) {
        final String name = config.get(Keys.NETWORK_INTERFACE);
        final NetworkProtocol protocol = config.get(Keys.NETWORK_PROTOCOL);
        if (name.isEmpty()) {
            return protocol == NetworkProtocol.TCP ? new InetSocketAddress(0).getAddress() : any(protocol);
        }
        for (final InetAddress address : addresses(config, name)) {
            if (isOfKind(address, protocol)) {
                return address;
            }
        }
        throw new ConfigException(config.sentence(Keys.NETWORK_INTERFACE) + " has no address that goes with network.protocol '"
            + config.shown(Keys.NETWORK_PROTOCOL) + "' (" + config.source(Keys.NETWORK_PROTOCOL) + ")");
    }

    /** The loopback address of the same kind. */
    static InetAddress loopback(final Config config, final InetAddress wanted) {
        final boolean six = config.get(Keys.NETWORK_PROTOCOL) == NetworkProtocol.TCP6
            || wanted instanceof Inet6Address && !config.get(Keys.NETWORK_INTERFACE).isEmpty();
        return literal(six ? "::1" : "127.0.0.1");
    }

    private static InetAddress any(final NetworkProtocol protocol) {
        return literal(protocol == NetworkProtocol.TCP6 ? "::" : "0.0.0.0");
    }

    private static boolean isOfKind(final InetAddress address, final NetworkProtocol protocol) {
        return switch (protocol) {
            case TCP -> true;
            case TCP4 -> address instanceof Inet4Address;
            case TCP6 -> address instanceof Inet6Address;
        };
    }

    private static InetAddress[] addresses(final Config config, final String name) {
        try {
            return InetAddress.getAllByName(name);
        } catch (final UnknownHostException unknown) {
            throw new ConfigException(config.sentence(Keys.NETWORK_INTERFACE) + "; it must be an address or a known host name");
        }
    }

    private static InetAddress literal(final String address) {
        try {
            return InetAddress.getByName(address);
        } catch (final UnknownHostException neverForLiterals) {
            throw new IllegalStateException(neverForLiterals);
        }
    }
}
