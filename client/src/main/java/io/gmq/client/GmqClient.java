package io.gmq.client;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * One connection to a broker, with an operation of the broker for each method. Any thread may use it, many at once.
 *
 * <p><b>Pipelining.</b> A method returns as soon as its request is on its way; the future completes with the reply. What requests do
 * happens in the order in which they were sent; so a thread that sends two need not wait for the first. To be fast, send many and
 * wait for the last futures only.
 *
 * <p><b>Bounds.</b> With {@link ClientOptions#maxInFlight} requests without a reply, the next method call waits until there is room.
 * Code that runs in a future's callback does not wait (it runs on the thread that makes room): it gets twice the bound, then a
 * failed future. Callbacks hold up all other replies, so they must not block; use the {@code …Async} methods of the future for
 * what does.
 *
 * <p><b>Failures.</b> Futures fail with a {@link GmqException} ({@code join()} wraps it into a {@code CompletionException}).
 * {@link GmqRefusedException}: the broker said no. {@link GmqUnknownOutcomeException}: the reply never came, it may have happened
 * or not. {@link GmqConnectionException}: it was not sent. Arguments that cannot be sent are an {@code IllegalArgumentException} at
 * once. A client whose connection has ended stays ended; make a new one.
 *
 * <p>Durations are sent in whole milliseconds. Queue names are 1 to 255 bytes of UTF-8 without control characters.
 */
public final class GmqClient implements AutoCloseable {
    /** The port of a broker that is not configured otherwise. */
    public static final int DEFAULT_PORT = 4884;

    private static final int BATCH_MAX = 1000;

    private static final Function<Reply, Long> MESSAGE_ID = reply -> reply.own.id;
    private static final Function<Reply, Published> PUBLISHED = Reply::toPublished;
    private static final Function<Reply, List<Message>> MESSAGES = Reply::takenMessages;
    private static final Function<Reply, Optional<Message>> MESSAGE =
        reply -> reply.own.id < 0 ? Optional.empty() : Optional.of(reply.own.build(reply.queue));
    private static final Function<Reply, Settled> SETTLED = reply -> reply.outcome.settled();
    private static final Function<Reply, Integer> COUNT = reply -> (int) reply.outcome.settled;
    private static final Function<Reply, Long> LONG_COUNT = reply -> reply.outcome.settled;
    private static final Function<Reply, List<StepResult>> RESULTS = Reply::toResults;
    private static final Function<Reply, QueueLength> LENGTH = reply -> reply.counts.build();
    private static final Function<Reply, QueuePage> QUEUES = Reply::toQueuePage;
    private static final Function<Reply, QueueSettings> SETTINGS = reply -> reply.settings.build();
    private static final Function<Reply, QueueDescription> DESCRIPTION = Reply::toDescription;
    private static final Function<Reply, BrokerInfo> BROKER_INFO = Reply::toBrokerInfo;
    private static final Function<Reply, Void> NOTHING = reply -> null;

    private final Connection connection;

    private GmqClient(final Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects to a broker.
     *
     * @throws GmqConnectionException if there is none to connect to.
     */
    public static GmqClient connect(final String host, final int port) {
        return connect(host, port, ClientOptions.DEFAULT);
    }

    /**
     * Connects to a broker, and says who this is where the options do.
     *
     * @throws GmqConnectionException      if there is none to connect to.
     * @throws GmqRefusedException         if the broker does not let this client in ({@code unauthorized}), or not now ({@code overloaded}).
     * @throws GmqUnknownOutcomeException  if the broker does not say in time whether it does.
     */
    public static GmqClient connect(final String host, final int port, final ClientOptions options) {
        final GmqClient client = new GmqClient(Connection.open(host, port, options));
        if (options.user != null) {
            try {
                client.hello(null, options.user, options.password).join();
            } catch (final CompletionException e) {
                client.close();
                throw e.getCause() instanceof final GmqException cause ? cause : e;
            }
        }
        return client;
    }

    /** Where it is connected to, as {@code host:port}. */
    public String address() {
        return connection.address();
    }

    // ---- publishing ----

    /** Publishes text, stored as its UTF-8 bytes; the result is the message's id. */
    public CompletableFuture<Long> publish(final String queue, final String text) {
        Objects.requireNonNull(text, "text");
        return connection.send(new Pending<>(queue, MESSAGE_ID), out -> Requests.publish(out, queue, null, text));
    }

    /** Publishes bytes; the result is the message's id. */
    public CompletableFuture<Long> publish(final String queue, final byte[] payload) {
        Objects.requireNonNull(payload, "payload");
        return connection.send(new Pending<>(queue, MESSAGE_ID), out -> Requests.publish(out, queue, payload, null));
    }

    /** Publishes a message with what goes with it; the result is the message's id. */
    public CompletableFuture<Long> publish(final String queue, final OutgoingMessage message) {
        Objects.requireNonNull(message, "message");
        return connection.send(
            new Pending<>(queue, MESSAGE_ID), out -> Requests.publish(out, queue, message, PublishOptions.NONE));
    }

    /** Publishes a message: once only, or confirmed at another level than the configured one. */
    public CompletableFuture<Published> publish(final String queue, final OutgoingMessage message, final PublishOptions options) {
        Objects.requireNonNull(message, "message");
        return connection.send(new Pending<>(queue, PUBLISHED), out -> Requests.publish(out, queue, message, options));
    }

    /** Publishes 1 to 1000 messages, all or none. */
    public CompletableFuture<Published> publish(final String queue, final List<OutgoingMessage> messages) {
        return publish(queue, messages, PublishOptions.NONE);
    }

    /** Publishes 1 to 1000 messages, all or none: once only, or confirmed at another level than the configured one. */
    public CompletableFuture<Published> publish(
        final String queue, final List<OutgoingMessage> messages, final PublishOptions options) {
        Checks.range("number of messages", messages.size(), 1, BATCH_MAX);
        return connection.send(new Pending<>(queue, PUBLISHED), out -> Requests.publish(out, queue, messages, options));
    }

    /** Publishes a message to every queue that is bound to the topic, in one step; none bound is no error. */
    public CompletableFuture<Published> publishToTopic(final String topic, final OutgoingMessage message) {
        return publishToTopic(topic, message, PublishOptions.NONE);
    }

    /** Publishes a message to every queue that is bound to the topic: once only, or confirmed at another level. */
    public CompletableFuture<Published> publishToTopic(
        final String topic, final OutgoingMessage message, final PublishOptions options) {
        Objects.requireNonNull(message, "message");
        return connection.send(new Pending<>(null, PUBLISHED), out -> Requests.publishToTopic(out, topic, message, options));
    }

    /** Publishes 1 to 1000 messages to every queue that is bound to the topic, all or none. */
    public CompletableFuture<Published> publishToTopic(
        final String topic, final List<OutgoingMessage> messages, final PublishOptions options) {
        Checks.range("number of messages", messages.size(), 1, BATCH_MAX);
        return connection.send(new Pending<>(null, PUBLISHED), out -> Requests.publishToTopic(out, topic, messages, options));
    }

    // ---- taking ----

    /** Takes messages; the list is empty where there are none. They are leased to this client until they are settled. */
    public CompletableFuture<List<Message>> take(final String queue, final TakeOptions options) {
        return connection.send(new Pending<>(queue, options.waitMs, MESSAGES), out -> Requests.take(out, queue, options));
    }

    /** Takes one message, if there is one, and settles it in the same step: it is gone even if this reply gets lost. */
    public CompletableFuture<Optional<Message>> takeAndSettle(final String queue) {
        return connection.send(new Pending<>(queue, MESSAGE), out -> Requests.takeAndSettle(out, queue));
    }

    /**
     * Has messages pushed, as they come and as long as there is credit; creates the queue if there is none yet. The connection goes on
     * to serve everything else, any number of consumers among it.
     */
    public CompletableFuture<Consumer> consume(final String queue, final ConsumeOptions options) {
        // Made where the reply is read, so that it is there before what is pushed behind the reply.
        return connection.send(new Pending<>(queue, reply -> {
            final Consumer consumer = new Consumer(connection, reply.queue, reply.consumer, options.credit);
            connection.consumers().add(consumer);
            return consumer;
        }), out -> Requests.consume(out, queue, options));
    }

    // ---- settling ----

    /** Settles a message: it is done and gone. Refused with {@code not_leased} when its lease has ended. */
    public CompletableFuture<Settled> ack(final Message message) {
        return ack(message, null);
    }

    /** Settles a message; the reply comes when that has reached a level. */
    public CompletableFuture<Settled> ack(final Message message, final Durability durability) {
        return connection.send(new Pending<>(message.queue(), SETTLED), out -> Requests.ack(out, message, durability));
    }

    /** Settles one, a list or a range. */
    public CompletableFuture<Settled> ack(final Leases leases) {
        return ack(leases, null);
    }

    /** Settles one, a list or a range; the reply comes when that has reached a level. */
    public CompletableFuture<Settled> ack(final Leases leases, final Durability durability) {
        return connection.send(new Pending<>(leases.queue, SETTLED), out -> Requests.ack(out, leases, durability));
    }

    /** Gives a message back: it is ready again at once, with its attempt one higher. */
    public CompletableFuture<Settled> nack(final Message message) {
        return nack(message, NackOptions.NONE);
    }

    /** Gives a message back, later or with another priority if need be. */
    public CompletableFuture<Settled> nack(final Message message, final NackOptions options) {
        return connection.send(new Pending<>(message.queue(), SETTLED), out -> Requests.nack(out, message, options));
    }

    /** Gives one, a list or a range back. */
    public CompletableFuture<Settled> nack(final Leases leases, final NackOptions options) {
        return connection.send(new Pending<>(leases.queue, SETTLED), out -> Requests.nack(out, leases, options));
    }

    /** Lets a lease begin anew, from now. */
    public CompletableFuture<Settled> extend(final Message message, final Duration lease) {
        final long leaseMs = Checks.millis("lease", lease);
        return connection.send(new Pending<>(message.queue(), SETTLED), out -> Requests.extend(out, message, leaseMs));
    }

    /** Lets leases begin anew, from now. */
    public CompletableFuture<Settled> extend(final Leases leases, final Duration lease) {
        final long leaseMs = Checks.millis("lease", lease);
        return connection.send(new Pending<>(leases.queue, SETTLED), out -> Requests.extend(out, leases, leaseMs));
    }

    /** Sets a message aside until {@link #kick}. The reason is for people, up to 255 bytes; empty for none. */
    public CompletableFuture<Settled> park(final Message message, final String reason) {
        Objects.requireNonNull(reason, "reason");
        return connection.send(new Pending<>(message.queue(), SETTLED), out -> Requests.park(out, message, reason));
    }

    /** Sets one, a list or a range aside. */
    public CompletableFuture<Settled> park(final Leases leases, final String reason) {
        Objects.requireNonNull(reason, "reason");
        return connection.send(new Pending<>(leases.queue, SETTLED), out -> Requests.park(out, leases, reason));
    }

    /** Makes up to so many parked messages ready again, the oldest first, their attempts counted anew; tells how many there were. */
    public CompletableFuture<Integer> kick(final String queue, final int max) {
        return connection.send(new Pending<>(queue, COUNT), out -> Requests.kick(out, queue, max));
    }

    /**
     * Takes several steps as one, all or none; the results are theirs, in their order. Where one is refused, nothing has happened, and
     * {@link GmqRefusedException#step} tells which.
     */
    public CompletableFuture<List<StepResult>> atomic(final Steps steps) {
        Checks.range("number of steps", steps.requests.size(), 1, Steps.STEPS_MAX);
        return connection.send(new Pending<>(null, RESULTS), out -> Requests.atomic(out, steps.requests));
    }

    // ---- queues ----

    /** Creates a queue where there is none, and sets what is given; the result is all that is in force then. */
    public CompletableFuture<QueueSettings> configure(final String queue, final ConfigureOptions options) {
        return connection.send(new Pending<>(queue, SETTINGS), out -> QueueRequests.configure(out, queue, options));
    }

    /** All about a queue. */
    public CompletableFuture<QueueDescription> describe(final String queue) {
        return connection.send(new Pending<>(queue, DESCRIPTION), out -> QueueRequests.describe(out, queue));
    }

    /** Removes all messages of a queue but those that are leased; tells how many there were. */
    public CompletableFuture<Long> purge(final String queue) {
        return connection.send(new Pending<>(queue, LONG_COUNT), out -> QueueRequests.purge(out, queue, null));
    }

    /** Removes all messages of a queue that are in a state; tells how many there were. */
    public CompletableFuture<Long> purge(final String queue, final MessageState state) {
        Objects.requireNonNull(state, "state");
        return connection.send(new Pending<>(queue, LONG_COUNT), out -> QueueRequests.purge(out, queue, state));
    }

    /** Removes a queue with its messages and bindings; its consumers end. */
    public CompletableFuture<Void> delete(final String queue) {
        return connection.send(new Pending<>(queue, NOTHING), out -> QueueRequests.delete(out, queue, false));
    }

    /** Removes a queue that holds no message; refused with {@code not_empty} if it does. */
    public CompletableFuture<Void> deleteIfEmpty(final String queue) {
        return connection.send(new Pending<>(queue, NOTHING), out -> QueueRequests.delete(out, queue, true));
    }

    /**
     * From now on a queue gets what is published to a topic; it is created if there is none yet. Words of a topic are parted by dots;
     * here {@code *} stands for any one word, and {@code >} at the end for any one or more.
     */
    public CompletableFuture<Void> bind(final String topic, final String queue) {
        return connection.send(new Pending<>(queue, NOTHING), out -> QueueRequests.bind(out, topic, queue));
    }

    /** Takes a binding back; the topic is written as it was for {@link #bind}. */
    public CompletableFuture<Void> unbind(final String topic, final String queue) {
        return connection.send(new Pending<>(queue, NOTHING), out -> QueueRequests.unbind(out, topic, queue));
    }

    // ---- looking ----

    /** Looks at messages and changes nothing; the list is empty where there are none in that state. */
    public CompletableFuture<List<Message>> peek(final String queue, final PeekOptions options) {
        return connection.send(new Pending<>(queue, MESSAGES), out -> Requests.peek(out, queue, options));
    }

    /** How many messages a queue holds, by state. */
    public CompletableFuture<QueueLength> length(final String queue) {
        return connection.send(new Pending<>(queue, LENGTH), out -> QueueRequests.length(out, queue));
    }

    /** The first 100 queues, in the order of their names. */
    public CompletableFuture<QueuePage> queues() {
        return queues("", "", 100);
    }

    /**
     * Queues in the order of their names.
     *
     * @param prefix what their names begin with; empty for all.
     * @param after  the name behind which to begin; empty for the first.
     * @param max    how many at most, 1 to 1000.
     */
    public CompletableFuture<QueuePage> queues(final String prefix, final String after, final int max) {
        Checks.range("max", max, 1, 1000);
        return connection.send(new Pending<>(null, QUEUES), out -> QueueRequests.queues(out, prefix, after, max));
    }

    /** What the broker says of itself. */
    public CompletableFuture<BrokerInfo> hello() {
        return connection.send(new Pending<>(null, BROKER_INFO), out -> QueueRequests.hello(out, null, null, null));
    }

    /** Says who this is, where the broker asks for it; {@code name} is for people and may be {@code null}. */
    public CompletableFuture<BrokerInfo> hello(final String name, final String user, final String password) {
        return connection.send(new Pending<>(null, BROKER_INFO), out -> QueueRequests.hello(out, name, user, password));
    }

    /** Goes to the broker and back. */
    public CompletableFuture<Void> ping() {
        return connection.send(new Pending<>(null, NOTHING), QueueRequests::ping);
    }

    /**
     * Waits, for up to 5 seconds, until what was sent has been answered, and ends the connection. Takes that wait for messages are
     * not waited for; they fail with an unknown outcome. Leases end with the connection unless taken with
     * {@link TakeOptions#keep}.
     */
    @Override
    public void close() {
        connection.close();
    }
}
