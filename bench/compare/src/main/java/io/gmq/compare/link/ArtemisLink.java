package io.gmq.compare.link;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/**
 * ActiveMQ Artemis, by its core client: asynchronous sends with acknowledgements, acknowledgements of the consumer sent one for several
 * messages.
 */
public final class ArtemisLink implements Link {
    /** Bytes that may be on their way: several windows. */
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int ACKS_PER_WINDOW = 16;

    private final Flow flow;
    private final String queue;
    private final boolean durable;
    private final ServerLocator locator;
    private final ClientSession producing;
    private final ClientSession consuming;
    private final ClientProducer producer;
    private ClientConsumer consumer;

    public ArtemisLink(
        final String host, final int port, final String queue, final boolean durable, final int messageLength, final Flow flow)
            throws Exception {
        this.flow = flow;
        this.queue = queue;
        this.durable = durable;
        locator = ActiveMQClient.createServerLocator("tcp://" + host + ":" + port)
            .setConfirmationWindowSize(WINDOW_BYTES)
            .setProducerWindowSize(WINDOW_BYTES)
            .setConsumerWindowSize(WINDOW_BYTES)
            .setBlockOnDurableSend(false)
            .setBlockOnNonDurableSend(false)
            .setBlockOnAcknowledge(false)
            .setAckBatchSize(Math.max(1, flow.window() / ACKS_PER_WINDOW) * messageLength);
        producing = session();
        consuming = session();
        producing.createQueue(QueueConfiguration.of(queue).setAddress(queue).setRoutingType(RoutingType.ANYCAST).setDurable(durable));
        producer = producing.createProducer(queue);
    }

    private ClientSession session() throws Exception {
        final ClientSessionFactory factory = locator.createSessionFactory();
        final ClientSession session = factory.createSession(true, true);
        session.start();
        return session;
    }

    private ClientMessage message(final byte[] payload) {
        final ClientMessage message = producing.createMessage(durable);
        message.getBodyBuffer().writeBytes(payload);
        return message;
    }

    @Override
    public void publish(final byte[] payload) throws ActiveMQException {
        producer.send(message(payload), sent -> flow.confirmed(1));
    }

    @Override
    public void subscribe() throws ActiveMQException {
        consumer = consuming.createConsumer(queue);
        consumer.setMessageHandler(message -> {
            final byte[] payload = new byte[message.getBodySize()];
            message.getBodyBuffer().readBytes(payload);
            flow.received(payload);
            try {
                message.acknowledge();
                flow.settled(1);
            } catch (final ActiveMQException e) {
                flow.fail(e);
            }
        });
    }

    @Override
    public void publishAndWait(final byte[] payload) throws Exception {
        final java.util.concurrent.CompletableFuture<Void> done = new java.util.concurrent.CompletableFuture<>();
        producer.send(message(payload), sent -> done.complete(null));
        done.get();
    }

    @Override
    public void close() throws ActiveMQException {
        if (consumer != null) {
            consumer.close();
        }
        consuming.close();
        producer.close();
        producing.deleteQueue(queue);
        producing.close();
        locator.close();
    }
}
