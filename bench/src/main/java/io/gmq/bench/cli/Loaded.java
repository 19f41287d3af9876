package io.gmq.bench.cli;

import io.gmq.bench.load.Endpoint;
import io.gmq.bench.load.OwnBroker;
import io.gmq.bench.wire.Greeting;
import io.gmq.broker.cli.BrokerOptions;
import io.gmq.broker.cli.CommandException;
import io.gmq.broker.cli.Credentials;
import io.gmq.broker.cli.Shell;
import io.gmq.client.BrokerInfo;
import io.gmq.client.ClientOptions;
import io.gmq.client.GmqClient;
import io.gmq.client.GmqConnectionException;
import io.gmq.client.GmqRefusedException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The broker that is loaded, and as whom.
 *
 * @param endpoint where the generator's connections go.
 * @param client   how a client of the library connects to it.
 * @param greeting what the generator's connections say first.
 * @param pid      of its process; 0 where it is not known.
 */
record Loaded(Endpoint endpoint, ClientOptions client, Greeting greeting, long pid) {
    private static final String FORBIDDEN = "forbidden";

    /** One that runs. */
    static Loaded running(final BrokerOptions options, final Shell shell, final StartOptions start) {
        final Endpoint endpoint = new Endpoint(options.socketAddress(shell.environment()), options.tlsContext(shell.environment()));
        return new Loaded(endpoint, options.client(shell), greeting(options.credentials(shell)), start.pidOf(endpoint.address()));
    }

    /** One that was started for it; its configuration may have accounts. */
    static Loaded own(final OwnBroker own, final Optional<Credentials> credentials) {
        final ClientOptions client = credentials.map(its -> ClientOptions.DEFAULT.credentials(its.user(), its.password())).orElse(ClientOptions.DEFAULT);
        return new Loaded(Endpoint.plain(own.address()), client, greeting(credentials), own.pid());
    }

    private static Greeting greeting(final Optional<Credentials> credentials) {
        return credentials.map(its -> Greeting.of(its.user(), its.password())).orElse(Greeting.ANONYMOUS);
    }

    /**
     * Asks it what it is, and makes sure that what the load leaves behind can be removed.
     *
     * @param queue one of the load's, which is not there yet.
     */
    BrokerInfo ask(final String queue) {
        final InetSocketAddress address = endpoint.address();
        try (GmqClient asking = GmqClient.connect(address.getHostString(), address.getPort(), client)) {
            final BrokerInfo info = asking.hello().join();
            deleteIfThere(asking, queue);
            return info;
        } catch (final GmqConnectionException e) {
            throw e.getCause() instanceof ConnectException
                ? new CommandException(e.getMessage() + "; is the broker running? 'gmq bench --start' starts one", e) : e;
        }
    }

    private static void deleteIfThere(final GmqClient asking, final String queue) {
        try {
            asking.delete(queue).join();
        } catch (final CompletionException e) {
            // That there is no such queue is what it should say.
            if (e.getCause() instanceof final GmqRefusedException refused && refused.code().equals(FORBIDDEN)) {
                throw new CommandException("the load needs the rights publish, consume and configure on queues with names like '" + queue + "': "
                    + refused.getMessage() + " (" + refused.code() + ")", e);
            }
        }
    }
}
