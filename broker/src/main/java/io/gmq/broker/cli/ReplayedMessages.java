package io.gmq.broker.cli;

import io.gmq.broker.history.Arrival;
import io.gmq.client.GmqClient;
import io.gmq.client.GmqRefusedException;
import io.gmq.client.OutgoingMessage;
import io.gmq.client.PublishOptions;
import io.gmq.client.Published;
import io.gmq.engine.api.PublishCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Publishes messages of the past, many at a time, and counts what became of them. */
final class ReplayedMessages {
    private final GmqClient client;
    private final String queue;
    private final UnconfirmedMessages unconfirmed = new UnconfirmedMessages(this::await);
    private long published;
    private long refused;
    private long first = -1;
    private long last = -1;
    private String refusal = "";

    ReplayedMessages(final GmqClient client, final String queue) {
        this.client = client;
        this.queue = queue;
    }

    long published() {
        return published;
    }

    long refused() {
        return refused;
    }

    /** Why the first one was refused; empty where none was. */
    String refusal() {
        return refusal;
    }

    /** The new id of the first one; -1 where there is none. */
    long first() {
        return first;
    }

    long last() {
        return last;
    }

    void publish(final Arrival arrival) {
        unconfirmed.add(client.publish(queue, messageOf(arrival), PublishOptions.NONE));
    }

    void awaitAll() {
        unconfirmed.awaitAll();
    }

    private static OutgoingMessage messageOf(final Arrival arrival) {
        OutgoingMessage message = OutgoingMessage.of(arrival.payload()).priority(arrival.priority()).headers(arrival.headers());
        if (arrival.delayMs() > 0) {
            message = message.delay(Duration.ofMillis(arrival.delayMs()));
        }
        return arrival.ttlMs() == PublishCommand.QUEUE_TTL ? message : message.ttl(Duration.ofMillis(arrival.ttlMs()));
    }

    private void await(final CompletableFuture<Published> oldest) {
        try {
            final Published its = oldest.join();
            first = first < 0 ? its.first() : first;
            last = its.last();
            published++;
        } catch (final CompletionException e) {
            if (!(Failures.unwrap(e) instanceof GmqRefusedException)) {
                throw new CommandException(Failures.describe(e) + "; " + published + " published, " + refused + " refused, of "
                    + (unconfirmed.count() + 1) + " more it is not known", e);
            }
            refusal = refused == 0 ? Failures.describe(e) : refusal;
            refused++;
        }
    }
}
