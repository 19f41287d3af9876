package io.gmq.compare.link;

import io.gmq.client.ClientOptions;
import io.gmq.client.ConfigureOptions;
import io.gmq.client.ConsumeOptions;
import io.gmq.client.Consumer;
import io.gmq.client.Durability;
import io.gmq.client.GmqClient;
import io.gmq.client.Leases;
import io.gmq.client.Message;
import io.gmq.client.OutgoingMessage;
import io.gmq.client.PublishOptions;
import io.gmq.client.Published;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** GMQ: a publish for each message, pushed deliveries, acknowledged batch by batch as they come; all at one durability. */
public final class GmqLink implements Link {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Flow flow;
    private final String queue;
    private final Durability durability;
    private final PublishOptions options;
    private final GmqClient producer;
    private final GmqClient consumer;

    public GmqLink(final String host, final int port, final String queue, final Durability durability, final Flow flow) {
        this.flow = flow;
        this.queue = queue;
        this.durability = durability;
        options = PublishOptions.NONE.durability(durability);
        producer = GmqClient.connect(host, port, ClientOptions.DEFAULT.maxInFlight(flow.window() * 2));
        consumer = GmqClient.connect(host, port);
        producer.configure(queue, ConfigureOptions.NONE).join();
    }

    @Override
    public void publish(final byte[] payload) {
        send(payload).whenComplete((reply, failure) -> {
            if (failure == null) {
                flow.confirmed(1);
            } else {
                flow.fail(new IllegalStateException("not published", failure));
            }
        });
    }

    private CompletableFuture<Published> send(final byte[] payload) {
        return producer.publish(queue, OutgoingMessage.of(new String(payload, StandardCharsets.ISO_8859_1)), options);
    }

    @Override
    public void poll() throws InterruptedException {
        final Consumer messages = consumer.consume(queue, ConsumeOptions.credit(flow.window()).asText()).join();
        while (!flow.isOver()) {
            final List<Message> batch = messages.poll(POLL);
            if (!batch.isEmpty()) {
                batch.forEach(message -> flow.received(message.payload()));
                consumer.ack(Leases.range(queue, batch.get(0).id(), batch.get(batch.size() - 1).id()), durability)
                    .whenComplete((reply, failure) -> {
                        if (failure == null) {
                            flow.settled(reply.count());
                        } else {
                            flow.fail(new IllegalStateException("not settled", failure));
                        }
                    });
            }
        }
    }

    @Override
    public void publishAndWait(final byte[] payload) {
        send(payload).join();
    }

    @Override
    public void close() {
        consumer.close();
        producer.delete(queue).join();
        producer.close();
    }
}
