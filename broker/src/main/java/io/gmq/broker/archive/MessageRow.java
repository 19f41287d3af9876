package io.gmq.broker.archive;

/**
 * A row of {@code gmq_message}: what a message is, which never changes.
 *
 * @param publishedBy which connection; -1 where that is not known, since it was published before the archive began.
 * @param origin      the message that it was before; 0 if it is no dead letter.
 * @param headers     a JSON object; {@code null} for none.
 */
record MessageRow(long message, String queue, long publishedMs, long publishedBy, int priority, long origin, String headers, byte[] payload) {
    static final long NOT_KNOWN = -1;
}
