package io.gmq.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A request whose reply has not come, and the future of that reply in one object. Completed by the reader thread, so what hangs
 * on it runs there.
 */
final class Pending<T> extends CompletableFuture<T> {
    /** The queue it is about, which its reply need not repeat; {@code null} where there is none. */
    final String queue;
    /** How long the broker may hold the reply back, because the request said so. */
    final long waitMs;
    long id;
    long deadlineNs;

    private final Function<Reply, T> result;

    Pending(final String queue, final long waitMs, final Function<Reply, T> result) {
        this.queue = queue;
        this.waitMs = waitMs;
        this.result = result;
    }

    Pending(final String queue, final Function<Reply, T> result) {
        this(queue, 0, result);
    }

    /** What hangs on this future cannot complete it in the client's place. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

    void complete(final Reply reply) {
        if (reply.accepted) {
            complete(result.apply(reply));
        } else {
            completeExceptionally((reply.error == null ? new GmqRefusedException.Builder() : reply.error).build());
        }
    }
}
