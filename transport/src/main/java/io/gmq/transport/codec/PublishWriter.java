package io.gmq.transport.codec;

import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.PublishCommand;

/** Says whether the members of a publish go together, and writes its command around the messages that lie in the scratch. */
final class PublishWriter {
    private final Request request;

    PublishWriter(final Request request) {
        this.request = request;
    }

    boolean isGood() {
        return isTargetGood() && isProducerGood() && (request.has(Member.MESSAGES) ? isBatchGood() : isSingleGood());
    }

    private boolean isTargetGood() {
        if (request.has(Member.QUEUE) && request.has(Member.TOPIC)) {
            return request.refusal.refuse(Member.TOPIC, "give either 'queue' or 'topic'");
        }
        if (!request.has(Member.TOPIC)) {
            return request.has(Member.QUEUE) || request.refusal.refuse(Member.QUEUE, "'queue' is missing; publish needs it, or 'topic'");
        }
        final String problem = Topic.problemOfPublish(request.topic);
        return problem == null || request.refusal.refuse(Member.TOPIC, "'topic' " + problem);
    }

    private boolean isProducerGood() {
        return request.has(Member.PRODUCER) == request.has(Member.SEQUENCE)
            || request.refusal.refuse(request.has(Member.PRODUCER) ? Member.SEQUENCE : Member.PRODUCER,
                "'producer' and 'sequence' go together; give both or neither");
    }

    private boolean isBatchGood() {
        if (request.has(Member.PAYLOAD) || request.has(Member.TEXT)) {
            return request.refusal.refuse(Member.MESSAGES, "'messages' stands instead of 'payload' or 'text'; give one of the three");
        }
        if (request.has(Member.PRIORITY) || request.has(Member.DELAY_MS) || request.has(Member.TTL_MS) || request.has(Member.HEADERS)) {
            return request.refusal.refuse(Member.MESSAGES, "with 'messages', options like priority go into each message");
        }
        return !request.isIdList || request.refusal.refuse(Member.MESSAGES, "'messages' must be an array of objects");
    }

    private boolean isSingleGood() {
        return request.has(Member.PAYLOAD) != request.has(Member.TEXT)
            || request.refusal.refuse(Member.PAYLOAD, "give either 'payload' (base64) or 'text'");
    }

    /** Bits of {@link Presentation} for the reply. */
    int presentation() {
        return (request.has(Member.MESSAGES) || request.has(Member.TOPIC) ? Presentation.BATCH : 0) | (request.isQuiet ? Presentation.QUIET : 0);
    }

    /**
     * Writes the command, but for its header, into the scratch.
     *
     * @return where it begins; it ends where the messages do.
     */
    int write() {
        final CommandScratch scratch = request.scratch;
        if (!request.has(Member.MESSAGES)) {
            scratch.endMessage(request.priority, request.delayMs, request.ttlMs);
        }
        final boolean isTopic = request.has(Member.TOPIC);
        final Name name = isTopic ? request.topic : request.queue;
        final Name producer = request.producer;
        final int from = scratch.messagesFrom() - PublishCommand.prefixLength(name.length(), producer.length());
        PublishCommand.writePrefix(scratch.buffer(), from, isTopic, name.buffer(), name.length(), producer.buffer(), producer.length(),
            request.sequence, scratch.count());
        return from;
    }
}
