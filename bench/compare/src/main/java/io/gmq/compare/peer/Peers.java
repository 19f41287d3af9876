package io.gmq.compare.peer;

import java.util.List;

/** All that are known. */
public final class Peers {
    private Peers() {
    }

    /** In the order of the tables. */
    public static List<Peer> of(final Places places) {
        return List.of(new Gmq(places), new Redis(places), new NatsServer(places), new Beanstalkd(places), new RabbitMq(places),
            new Kafka(places),
            new Artemis(places));
    }
}
