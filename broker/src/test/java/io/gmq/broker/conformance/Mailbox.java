package io.gmq.broker.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A connection that gets replies and pushes: sorts what comes into the two, each in its order. */
public final class Mailbox implements AutoCloseable {
    private final Wire wire;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final Deque<Reply> pushes = new ArrayDeque<>();

    public Mailbox(final Wire wire) {
        this.wire = wire;
    }

    public Wire wire() {
        return wire;
    }

    public Mailbox send(final String... requests) {
        wire.send(requests);
        return this;
    }

    public Reply reply() {
        return next(replies);
    }

    public Reply push() {
        return next(pushes);
    }

    private Reply next(final Deque<Reply> wanted) {
        while (wanted.isEmpty()) {
            final Reply frame = wire.reply();
            (frame.isPush() ? pushes : replies).add(frame);
        }
        return wanted.remove();
    }

    public Reply confirm(final String request) {
        final Reply reply = send(request).reply();
        if (!reply.isConfirmed()) {
            throw new AssertionError(request + " was refused: " + reply);
        }
        return reply;
    }

    /** The number of a consumer that this begins. */
    public long consume(final String queue, final String members) {
        return confirm("{'operation':'consume','queue':'" + queue + "'," + members + "}").number("consumer");
    }

    /** The next messages that are pushed, in as many frames as it takes. */
    List<Reply> pushed(final int count) {
        final List<Reply> messages = new ArrayList<>();
        while (messages.size() < count) {
            messages.addAll(push().messages());
        }
        if (messages.size() > count) {
            throw new AssertionError(messages.size() + " messages were pushed instead of " + count);
        }
        return messages;
    }

    List<String> pushedTexts(final int count) {
        return pushed(count).stream().map(message -> message.string("text")).toList();
    }

    List<Long> pushedIds(final int count) {
        return pushed(count).stream().map(message -> message.number("message")).toList();
    }

    /** The texts of all that was pushed by the time that a further request is answered, and not read before. */
    List<String> pushedSoFar() {
        confirm("{'operation':'ping'}");
        final List<String> texts = new ArrayList<>();
        while (!pushes.isEmpty()) {
            texts.addAll(pushes.remove().texts());
        }
        return texts;
    }

    /** Whether nothing was pushed beyond what was read, by the time that a further request is answered. */
    boolean isQuiet() {
        confirm("{'operation':'ping'}");
        return pushes.isEmpty();
    }

    @Override
    public void close() {
        wire.close();
    }
}
