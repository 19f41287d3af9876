package io.gmq.broker.cli;

import io.gmq.client.Published;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Messages that were published and not yet confirmed, in their order. Who publishes more than there is room for waits for the oldest. */
final class UnconfirmedMessages {
    private static final int COUNT_MAX = 16 << 10;

    private final Queue<CompletableFuture<Published>> futures = new ArrayDeque<>();
    private final Consumer<CompletableFuture<Published>> oldest;

    /** @param oldest is given each one in turn, out of the queue already, and waits for it. */
    UnconfirmedMessages(final Consumer<CompletableFuture<Published>> oldest) {
        this.oldest = oldest;
    }

    void add(final CompletableFuture<Published> published) {
        futures.add(published);
        while (!futures.isEmpty() && (futures.peek().isDone() || futures.size() > COUNT_MAX)) {
            oldest.accept(futures.remove());
        }
    }

    void awaitAll() {
        while (!futures.isEmpty()) {
            oldest.accept(futures.remove());
        }
    }

    int count() {
        return futures.size();
    }

    Stream<CompletableFuture<Published>> stream() {
        return futures.stream();
    }
}
