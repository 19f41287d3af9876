package io.gmq.compare.link;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.MessageConsumer;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/**
 * NATS JetStream: asynchronous publishes, a pull consumer that asks ahead, one ack for several messages. The stream keeps what is
 * acknowledged: work queues, which remove it and want an ack for each message, cost the server up to half as much again.
 */
public final class JetStreamLink implements Link {
    private static final int ACKS_PER_WINDOW = 16;

    private final Flow flow;
    private final int ackEvery;
    private final String name;
    private final Connection producer;
    private final Connection consumer;
    private final JetStreamManagement management;
    private final JetStream stream;
    private MessageConsumer messages;
    private int unacknowledged;

    public JetStreamLink(final String host, final int port, final String queue, final StorageType storage, final Flow flow)
        throws Exception {
        this.flow = flow;
        name = queue;
        ackEvery = Math.max(1, flow.window() / ACKS_PER_WINDOW);
        producer = NatsLink.connect(host, port, flow);
        consumer = NatsLink.connect(host, port, flow);
        management = producer.jetStreamManagement();
        management.addStream(StreamConfiguration.builder().name(name).subjects(name).storageType(storage)
            .retentionPolicy(RetentionPolicy.Limits).build());
        management.addOrUpdateConsumer(name, ConsumerConfiguration.builder().durable(name).ackPolicy(AckPolicy.All)
            .maxAckPending(flow.window()).build());
        stream = producer.jetStream();
    }

    @Override
    public void publish(final byte[] payload) {
        stream.publishAsync(name, payload).whenComplete((ack, failure) -> {
            if (failure == null) {
                flow.confirmed(1);
            } else {
                flow.fail(new IllegalStateException("not published", failure));
            }
        });
    }

    @Override
    public void subscribe() throws Exception {
        final ConsumerContext context = consumer.getConsumerContext(name, name);
        messages = context.consume(ConsumeOptions.builder().batchSize(flow.window()).build(), message -> {
            flow.received(message.getData());
            if (++unacknowledged == ackEvery) {
                message.ack();
                flow.settled(unacknowledged);
                unacknowledged = 0;
            }
        });
    }

    @Override
    public void publishAndWait(final byte[] payload) throws Exception {
        stream.publish(name, payload);
    }

    @Override
    public void close() throws Exception {
        if (messages != null) {
            messages.stop();
        }
        management.deleteStream(name);
        consumer.close();
        producer.close();
    }
}
