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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * GMQ: a publish for each message or for each batch, pushed deliveries, acknowledged batch by batch as they come; all at one durability.
 */
public final class GmqLink implements Link {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Flow flow;
    private final String queue;
    private final Durability durability;
    private final int batchMax;
    private final PublishOptions options;
    private final GmqClient producer;
    private final GmqClient consumer;
    private List<OutgoingMessage> batch = new ArrayList<>();

    /** @param batchMax messages of a request, each of which is atomic; 1 for requests of one message. */
    public GmqLink(final String host, final int port, final String queue, final Durability durability, final int batchMax,
        final Flow flow) {
        this.batchMax = batchMax;
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
        if (batchMax == 1) {
            onConfirmed(producer.publish(queue, message(payload), options), 1);
            return;
        }
        batch.add(message(payload));
        if (batch.size() == batchMax) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (!batch.isEmpty()) {
            onConfirmed(producer.publish(queue, batch, options), batch.size());
            batch = new ArrayList<>(batchMax);
        }
    }

    private void onConfirmed(final CompletableFuture<Published> published, final int messages) {
        published.whenComplete((reply, failure) -> {
            if (failure == null) {
                flow.confirmed(messages);
            } else {
                flow.fail(new IllegalStateException("not published", failure));
            }
        });
    }

    private static OutgoingMessage message(final byte[] payload) {
        return OutgoingMessage.of(new String(payload, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void poll() throws InterruptedException {
        final Consumer messages = consumer.consume(queue, ConsumeOptions.credit(flow.window()).asText()).join();
        while (!flow.isOver()) {
            final List<Message> came = messages.poll(POLL);
            if (!came.isEmpty()) {
                final long first = came.get(0).id();
                long last = first;
                for (List<Message> more = came; !more.isEmpty(); more = messages.poll(Duration.ZERO)) {
                    more.forEach(message -> flow.received(message.text()));
                    last = more.get(more.size() - 1).id();
                }
                consumer.ack(Leases.range(queue, first, last), durability)
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
        producer.publish(queue, message(payload), options).join();
    }

    @Override
    public void close() {
        consumer.close();
        producer.delete(queue).join();
        producer.close();
    }
}
