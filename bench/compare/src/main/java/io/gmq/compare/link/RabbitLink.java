package io.gmq.compare.link;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.Map;

/** RabbitMQ: persistent messages with asynchronous publisher confirms; manual acks, one for several messages; prefetch as the window. */
public final class RabbitLink implements Link {
    /** A part of the window, small enough that the producer never waits for what is not yet acknowledged. */
    private static final int ACKS_PER_WINDOW = 16;
    private static final long PATIENCE_MS = 10_000;

    private final Flow flow;
    private final String queue;
    private final int ackEvery;
    private final ConfirmedTags tags = new ConfirmedTags();
    private final Connection producing;
    private final Connection consuming;
    private final Channel producer;
    private final Channel consumer;

    /** @param type of the queue: {@code classic} or {@code quorum}. */
    public RabbitLink(final String host, final int port, final String queue, final String type, final Flow flow) throws Exception {
        this.flow = flow;
        this.queue = queue;
        ackEvery = Math.max(1, flow.window() / ACKS_PER_WINDOW);
        final ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(host);
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
        producing = factory.newConnection();
        consuming = factory.newConnection();
        producer = producing.createChannel();
        consumer = consuming.createChannel();
        producer.queueDeclare(queue, true, false, false, Map.of("x-queue-type", type));
        producer.confirmSelect();
        producer.addConfirmListener(
            (tag, multiple) -> flow.confirmed(tags.confirm(tag, multiple)),
            (tag, multiple) -> flow.fail(new IllegalStateException("not published")));
    }

    @Override
    public void publish(final byte[] payload) throws IOException {
        producer.basicPublish("", queue, MessageProperties.MINIMAL_PERSISTENT_BASIC, payload);
    }

    @Override
    public void subscribe() throws IOException {
        consumer.basicQos(flow.window());
        consumer.basicConsume(queue, false, new DefaultConsumer(consumer) {
            private int unacknowledged;

            @Override
            public void handleDelivery(
                final String tag, final Envelope envelope, final AMQP.BasicProperties properties, final byte[] body) throws IOException {
                flow.received(body);
                if (++unacknowledged == ackEvery) {
                    getChannel().basicAck(envelope.getDeliveryTag(), true);
                    flow.settled(unacknowledged);
                    unacknowledged = 0;
                }
            }
        });
    }

    @Override
    public void publishAndWait(final byte[] payload) throws Exception {
        publish(payload);
        producer.waitForConfirmsOrDie(PATIENCE_MS);
    }

    @Override
    public void close() throws Exception {
        consuming.close();
        producer.queueDelete(queue);
        producing.close();
    }
}
