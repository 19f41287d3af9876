package io.gmq.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Where a broker is, and how it is talked to.
 *
 * @param address its host and port.
 * @param tls     whom to believe where it speaks TLS.
 */
public record Endpoint(InetSocketAddress address, Optional<SSLContext> tls) {
    /** One without TLS. */
    public static Endpoint plain(final InetSocketAddress address) {
        return new Endpoint(address, Optional.empty());
    }

    /** Connects, for one who can wait. */
    public Socket connect(final int patienceMs) throws IOException {
        final Socket socket = new Socket();
        try {
            socket.connect(address, patienceMs);
            socket.setSoTimeout(patienceMs);
            if (tls.isEmpty()) {
                return socket;
            }
            final SSLSocket secured =
                (SSLSocket) tls.get().getSocketFactory().createSocket(socket, address.getHostString(), address.getPort(), true);
            secured.setSSLParameters(forItsHost(secured.getSSLParameters()));
            secured.startHandshake();
            return secured;
        } catch (final IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What goes over a connected socket that still blocks: TLS, or nothing else. */
    Optional<SecureChannel> over(final SocketChannel channel) throws IOException {
        if (tls.isEmpty()) {
            return Optional.empty();
        }
        final SSLEngine engine = tls.get().createSSLEngine(address.getHostString(), address.getPort());
        engine.setUseClientMode(true);
        engine.setSSLParameters(forItsHost(engine.getSSLParameters()));
        return Optional.of(new SecureChannel(channel, engine));
    }

    /** The broker's certificate must be for the host that is connected to. */
    private static SSLParameters forItsHost(final SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }
}
