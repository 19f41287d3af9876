package io.gmq.broker.cli;

import io.gmq.client.Published;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The lines that were published, and those that are on their way, in their order. */
final class PublishedLines {
    private final UnconfirmedMessages unconfirmed = new UnconfirmedMessages(this::await);
    private long count;
    private long duplicates;
    private long copies;
    private long first = -1;
    private long last = -1;

    /** Lines that were stored, or would have been if a queue were bound to the topic. */
    long count() {
        return count;
    }

    /** Lines that the broker had already. */
    long duplicates() {
        return duplicates;
    }

    /** Messages that were stored. */
    long copies() {
        return copies;
    }

    /** The id of the first message that was stored; -1 if none was. */
    long first() {
        return first;
    }

    /** The id of the last message that was stored. */
    long last() {
        return last;
    }

    /** The line that is read next, counted from 1. */
    long next() {
        return count + duplicates + unconfirmed.count() + 1;
    }

    void add(final CompletableFuture<Published> published) {
        unconfirmed.add(published);
    }

    void awaitAll() {
        unconfirmed.awaitAll();
    }

    /** That the next line cannot be published; says what has become of those before it. */
    CommandException unpublishable(final String why, final Exception cause) {
        final long line = next();
        awaitAll();
        return new CommandException("line " + line + " " + why + "; " + (line - 1) + " published before it", cause);
    }

    private void await(final CompletableFuture<Published> oldest) {
        try {
            confirmed(oldest.join());
        } catch (final CompletionException e) {
            final long line = count + duplicates + 1;
            final long later = unconfirmed.stream().filter(PublishedLines::isConfirmedInTheEnd).count();
            throw new CommandException("line " + line + ": " + Failures.describe(e) + "; " + (line - 1)
                + " published before it" + (later > 0 ? ", and " + later + " of the lines after it" : ""), e);
        }
    }

    private void confirmed(final Published published) {
        if (published.duplicate()) {
            duplicates++;
            return;
        }
        count++;
        if (published.count() > 0) {
            copies += published.count();
            first = first < 0 ? published.first() : first;
            last = published.last();
        }
    }

    private static boolean isConfirmedInTheEnd(final CompletableFuture<Published> published) {
        return published.handle((id, e) -> e == null).join();
    }
}
