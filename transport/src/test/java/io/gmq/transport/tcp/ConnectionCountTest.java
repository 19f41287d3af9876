package io.gmq.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionCountTest {
    private final List<SocketChannel> sockets = new ArrayList<>();
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    }

    @AfterEach
    void close() throws IOException {
        for (final SocketChannel socket : sockets) {
            socket.close();
        }
        server.close();
    }

    /** As it was accepted, from an address of this machine. */
    private SocketChannel from(final String address) throws IOException {
        final SocketChannel client = SocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        sockets.add(client);
        client.connect(server.getLocalAddress());
        sockets.add(server.accept());
        return sockets.get(sockets.size() - 1);
    }

    @Test
    void shouldAdmitAsManyInAllAsThereMayBe() throws IOException {
        final ConnectionCount count = new ConnectionCount(2, 2, 0);
        final SocketChannel first = from("127.0.0.1");
        assertThat(count.tryEnter(first)).isNull();
        assertThat(count.tryEnter(from("127.0.0.1"))).isNull();
        assertThat(count.tryEnter(from("127.0.0.1"))).isEqualTo(Bound.CONNECTIONS);
        assertThat(count.open()).isEqualTo(2);
        count.leave(first);
        assertThat(count.tryEnter(from("127.0.0.1"))).isNull();
    }

    @Test
    void shouldAdmitAsManyFromOneAddressAsThereMayBe() throws IOException {
        final ConnectionCount count = new ConnectionCount(4, 2, 0);
        final SocketChannel first = from("127.0.0.1");
        assertThat(count.tryEnter(first)).isNull();
        assertThat(count.tryEnter(from("127.0.0.1"))).isNull();
        assertThat(count.tryEnter(from("127.0.0.1"))).isEqualTo(Bound.CONNECTIONS_OF_ADDRESS);
        assertThat(count.open()).as("one that is refused takes no place").isEqualTo(2);
        assertThat(count.tryEnter(from("127.0.0.2"))).as("another address has its own").isNull();
        count.leave(first);
        assertThat(count.tryEnter(from("127.0.0.1"))).isNull();
        assertThat(count.tryEnter(from("127.0.0.1"))).isEqualTo(Bound.CONNECTIONS_OF_ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1,192.0.2.1,true", "192.0.2.1,192.0.2.2,false", "192.0.2.1,::ffff:192.0.2.1,true", "2001:db8:1:2::3,2001:db8:1:2:ffff::,true",
        "2001:db8:1:2::3,2001:db8:1:3::3,false", "255.255.255.255,2001:db8::,false"})
    void shouldTakeANetworkOfIpv6ForOneAddress(final String one, final String other, final boolean isSame) throws IOException {
        assertThat(ConnectionCount.origin(InetAddress.getByName(one)) == ConnectionCount.origin(InetAddress.getByName(other))).isEqualTo(isSame);
    }
}
