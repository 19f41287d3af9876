package io.gmq.broker.cli;

/** Where a broker is: {@code HOST:PORT}, with brackets around an IPv6 address. */
record Address(String host, int port) {
    private static final int PORT_MAX = 0xFFFF;

    /** {@code null} where the text is none. */
    static Address parse(final String text) {
        final int colon = text.lastIndexOf(':');
        String host = colon <= 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        final int port = port(text.substring(colon + 1));
        return host.isEmpty() || port < 0 ? null : new Address(host, port);
    }

    /** -1 where the text is no port. */
    static int port(final String text) {
        try {
            final int port = Integer.parseInt(text);
            return port > 0 && port <= PORT_MAX ? port : -1;
        } catch (final NumberFormatException e) {
            return -1;
        }
    }
}
