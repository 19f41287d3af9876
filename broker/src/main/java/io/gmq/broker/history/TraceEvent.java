package io.gmq.broker.history;

import java.util.Map;

/**
 * Something that happened to a message.
 *
 * @param sequence  of the record that did it.
 * @param timeMs    when, milliseconds since 1970.
 * @param message   its id.
 * @param what      one word.
 * @param operation the word for the record in the protocol.
 * @param members   more about it, by the protocol's names; numbers, booleans, texts or maps of texts.
 */
public record TraceEvent(long sequence, long timeMs, long message, String what, String operation, Map<String, Object> members) {
}
