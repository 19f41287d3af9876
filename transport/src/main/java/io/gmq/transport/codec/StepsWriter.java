package io.gmq.transport.codec;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Presentation;

/**
 * Writes the steps of an atomic request, one after the other as they are read, into the scratch. A level that the storage
 * cannot give is refused only when the syntax of all steps is known to be good.
 */
final class StepsWriter {
    private static final int NONE = -1;

    private final Request request;
    private final PublishWriter publish;
    private final SettleWriter settle;
    private final CodecSettings settings;
    private final int lengthMax;
    private long timestampMs;
    private long connection;
    private Durability level;
    private Durability unsupported;
    private int unsupportedStep;
    private long replyBytes;

    StepsWriter(final Request request, final PublishWriter publish, final SettleWriter settle, final CodecSettings settings) {
        this.request = request;
        this.publish = publish;
        this.settle = settle;
        this.settings = settings;
        // The ring and the journal have room for twice the longest frame; only very many short ids make a command longer than its frame.
        lengthMax = settings.maxFrameLength() + settings.maxFrameLength() / 2;
    }

    /** Begins a request of that time and connection. */
    void begin(final long atMs, final long from) {
        timestampMs = atMs;
        connection = from;
        level = Durability.MEMORY;
        unsupportedStep = NONE;
        replyBytes = 0;
    }

    /** Adds the step that has been read, which is one of those that there are, unless its members do not go together. */
    void add() {
        switch (request.operation) {
            case PUBLISH -> addPublish();
            case ACK -> addSettle(CommandType.ACK);
            case NACK -> addSettle(CommandType.NACK);
            case PARK -> addSettle(CommandType.PARK);
            default -> throw new IllegalStateException(request.operation.word());
        }
    }

    private void addPublish() {
        if (publish.isGood()) {
            final int from = publish.write();
            add(CommandType.PUBLISH, from, request.scratch.messagesTo() - from, publish.presentation());
            replyBytes += ReplyRoom.RESULT;
        }
    }

    private void addSettle(final CommandType type) {
        if (settle.isGood(type)) {
            final int from = request.scratch.stepFrom();
            add(type, from, settle.write(request.scratch.buffer(), from, type), 0);
            replyBytes += ReplyRoom.RESULT + settle.count() * ReplyRoom.ID;
        }
    }

    private void add(final CommandType type, final int from, final int length, final int presentation) {
        final Durability asked = request.durability;
        if (asked != null && asked.compareTo(settings.durabilityMax()) > 0 && unsupportedStep == NONE) {
            unsupported = asked;
            unsupportedStep = request.step;
        }
        final Durability its = asked == null ? settings.durabilityDefault() : asked;
        level = its.compareTo(level) > 0 ? its : level;
        CommandHeader.write(request.scratch.buffer(), from, type, its, presentation | (asked == null ? 0 : Presentation.NAMED_LEVEL),
            timestampMs, connection, CommandHeader.NO_CORRELATION);
        request.scratch.addStep(from, length);
    }

    /** Whether all steps, whose syntax is good, can be done. */
    boolean isGood() {
        if (request.scratch.stepsTo() > lengthMax) {
            return request.refusal.refuse(Member.STEPS, "'steps' names too many ids for one request; use more than one, or ranges");
        }
        if (unsupportedStep != NONE) {
            settings.refuseLevel(request.refusal, unsupported);
            request.refusal.inStep(unsupportedStep);
            return false;
        }
        return true;
    }

    /** The highest level that a step asks for: the reply waits for that one. */
    Durability level() {
        return level;
    }

    /** The most bytes that the results can have. */
    long replyBytes() {
        return replyBytes;
    }
}
