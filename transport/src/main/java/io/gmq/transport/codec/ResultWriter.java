package io.gmq.transport.codec;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Presentation;

/** Writes what replies say that tell no more than a few numbers, as members of a reply or of the result of a step. */
final class ResultWriter {
    private static final byte[] MESSAGE = JsonWriter.name("message");
    private static final byte[] FIRST = JsonWriter.name("first");
    private static final byte[] COUNT = JsonWriter.name("count");
    private static final byte[] DUPLICATE = JsonWriter.ascii(",\"duplicate\":true");
    private static final byte[] MISSING = JsonWriter.ascii(",\"missing\":[");
    /** What was done, by the ordinals of the commands that are answered with how often it was. */
    private static final byte[][] DONE = new byte[CommandType.values().length][];

    static {
        DONE[CommandType.ACK.ordinal()] = JsonWriter.name("acked");
        DONE[CommandType.NACK.ordinal()] = JsonWriter.name("nacked");
        DONE[CommandType.EXTEND.ordinal()] = JsonWriter.name("extended");
        DONE[CommandType.PARK.ordinal()] = JsonWriter.name("parked");
        DONE[CommandType.KICK.ordinal()] = JsonWriter.name("kicked");
        DONE[CommandType.PURGE.ordinal()] = JsonWriter.name("purged");
    }

    private final JsonWriter json;

    ResultWriter(final JsonWriter json) {
        this.json = json;
    }

    void published(final long firstMessage, final int count, final int presentation) {
        if ((presentation & Presentation.BATCH) == 0) {
            json.member(MESSAGE).number(firstMessage);
            return;
        }
        if (count > 0) {
            json.member(FIRST).number(firstMessage);
        }
        json.member(COUNT).number(count);
    }

    /** @param firstMessage 0 where nothing is known of the first answer any more. */
    void duplicate(final long firstMessage, final int count, final int presentation) {
        json.member(DUPLICATE);
        if (firstMessage != 0) {
            published(firstMessage, count, presentation);
        }
    }

    void settled(final CommandType type, final int count, final long[] missing, final int missingCount) {
        counted(type, count);
        if (missingCount > 0) {
            json.member(MISSING);
            for (int i = 0; i < missingCount; i++) {
                if (i > 0) {
                    json.raw(',');
                }
                json.number(missing[i]);
            }
            json.raw(']');
        }
    }

    void counted(final CommandType type, final int count) {
        json.member(DONE[type.ordinal()]).number(count);
    }
}
