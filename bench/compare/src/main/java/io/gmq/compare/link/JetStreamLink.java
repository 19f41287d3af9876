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

/** NATS JetStream: asynchronous publishes, a work queue, a pull consumer that asks ahead, an explicit ack for each message. */
public final class JetStreamLink implements Link {
    private final Flow flow;
    private final String name;
    private final Connection producer;
    private final Connection consumer;
    private final JetStreamManagement management;
    private final JetStream stream;
    private MessageConsumer messages;

    public JetStreamLink(final String host, final int port, final String queue, final StorageType storage, final Flow flow) throws Exception {
        this.flow = flow;
        name = queue;
        producer = NatsLink.connect(host, port, flow);
        consumer = NatsLink.connect(host, port, flow);
        management = producer.jetStreamManagement();
        management.addStream(StreamConfiguration.builder().name(name).subjects(name).storageType(storage)
            .retentionPolicy(RetentionPolicy.WorkQueue).build());
        management.addOrUpdateConsumer(name, ConsumerConfiguration.builder().durable(name).ackPolicy(AckPolicy.Explicit)
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
            message.ack();
            flow.settled(1);
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
