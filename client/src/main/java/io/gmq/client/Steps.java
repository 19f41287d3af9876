package io.gmq.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What {@link GmqClient#atomic} does as one: 1 to 100 steps, all or none, with nothing in between. Immutable; each method gives new
 * steps with one more.
 *
 * <pre>
 *   client.atomic(Steps.NONE.ack(order).publish("invoices", OutgoingMessage.of(invoice)));
 * </pre>
 */
public final class Steps {
    /** To begin with. */
    public static final Steps NONE = new Steps(List.of());

    static final int STEPS_MAX = 100;

    final List<Connection.Request> requests;

    private Steps(final List<Connection.Request> requests) {
        this.requests = requests;
    }

    private Steps with(final Connection.Request request) {
        final List<Connection.Request> all = new ArrayList<>(requests.size() + 1);
        all.addAll(requests);
        all.add(request);
        Checks.range("number of steps", all.size(), 1, STEPS_MAX);
        return new Steps(all);
    }

    /** Publishes a message; its result is {@link Published}. */
    public Steps publish(final String queue, final OutgoingMessage message) {
        return publish(queue, message, PublishOptions.NONE);
    }

    /** Publishes a message with options; its result is {@link Published}. */
    public Steps publish(final String queue, final OutgoingMessage message, final PublishOptions options) {
        Objects.requireNonNull(message, "message");
        return with(out -> Requests.publish(out, queue, message, options));
    }

    /** Publishes to whichever queues are bound to the topic; its result is {@link Published}. */
    public Steps publishToTopic(final String topic, final OutgoingMessage message) {
        Objects.requireNonNull(message, "message");
        return with(out -> Requests.publishToTopic(out, topic, message, PublishOptions.NONE));
    }

    /** Settles a message: it is done and gone. */
    public Steps ack(final Message message) {
        return with(out -> Requests.ack(out, message, null));
    }

    /** Settles one, a list or a range. */
    public Steps ack(final Leases leases) {
        return with(out -> Requests.ack(out, leases, null));
    }

    /** Gives a message back. */
    public Steps nack(final Message message, final NackOptions options) {
        return with(out -> Requests.nack(out, message, options));
    }

    /** Gives one, a list or a range back. */
    public Steps nack(final Leases leases, final NackOptions options) {
        return with(out -> Requests.nack(out, leases, options));
    }

    /** Sets a message aside. */
    public Steps park(final Message message, final String reason) {
        return with(out -> Requests.park(out, message, reason));
    }

    /** Sets one, a list or a range aside. */
    public Steps park(final Leases leases, final String reason) {
        return with(out -> Requests.park(out, leases, reason));
    }
}
