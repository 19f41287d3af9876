package io.gmq.compare.link;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;

/** NATS core: publish and subscribe. Nothing is confirmed and nothing settled; what is received counts as both. */
public final class NatsLink implements Link {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Flow flow;
    private final String subject;
    private final Connection producer;
    private final Connection consumer;

    public NatsLink(final String host, final int port, final String queue, final Flow flow) throws Exception {
        this.flow = flow;
        subject = queue;
        producer = connect(host, port, flow);
        consumer = connect(host, port, flow);
    }

    /** What goes wrong beside the calls ends the flow. Once that is over, nothing is wrong with consumers that are gone. */
    static Connection connect(final String host, final int port, final Flow flow) throws Exception {
        return Nats.connect(Options.builder().server("nats://" + host + ":" + port).connectionTimeout(PATIENCE).noReconnect()
            .errorListener(new ErrorListener() {
                @Override
                public void errorOccurred(final Connection connection, final String error) {
                    flow.fail(new IllegalStateException(error));
                }

                @Override
                public void exceptionOccurred(final Connection connection, final Exception exception) {
                    flow.fail(exception);
                }
            }).build());
    }

    @Override
    public void publish(final byte[] payload) {
        producer.publish(subject, payload);
        flow.confirmed(1);
    }

    @Override
    public void subscribe() throws Exception {
        final Dispatcher dispatcher = consumer.createDispatcher(message -> {
            flow.received(message.getData());
            flow.settled(1);
        });
        dispatcher.subscribe(subject);
        consumer.flush(PATIENCE);
    }

    /** There is no confirmation. This goes to the server and back, behind the message. */
    @Override
    public void publishAndWait(final byte[] payload) throws Exception {
        producer.publish(subject, payload);
        producer.flush(PATIENCE);
    }

    @Override
    public void close() throws InterruptedException {
        producer.close();
        consumer.close();
    }
}
