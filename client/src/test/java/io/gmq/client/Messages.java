package io.gmq.client;

/** Messages as if they had been taken. */
final class Messages {
    private Messages() {
    }

    static Message message(final String queue, final long id, final int attempt) {
        final MessageMembers members = new MessageMembers();
        members.reset();
        members.id = id;
        members.attempt = attempt;
        return members.build(queue);
    }
}
