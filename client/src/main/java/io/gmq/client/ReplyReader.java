package io.gmq.client;

import com.dslplatform.json.BoolConverter;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonReader;
import com.dslplatform.json.NumberConverter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the bytes of replies into completed futures, and those of pushes into messages of consumers. Owned by the reader thread;
 * allocates what these get and nothing else.
 *
 * <p>It relies on the protocol: the {@code id} of a reply comes first, so that the request is known before the rest is read, and so does
 * the {@code consumer} of a push.
 * Members it does not know are skipped, so that a newer broker may say more.
 */
final class ReplyReader {
    /** Hears of what was read. */
    interface Listener {
        /** The request of an id, or {@code null} if nobody waits for it any more. */
        Pending<?> pending(long id);

        /** A reply has come whole; {@code reply} is valid during this call. */
        void replied(Pending<?> pending, Reply reply);

        /** The broker refused something without saying which request: it speaks of the connection. */
        void connectionRefused(GmqRefusedException refusal);
    }

    /** Reads the value of the member whose name was just read; {@code false} if it knows none of that name and has read nothing. */
    private interface Members {
        boolean read() throws IOException;
    }

    /** Reads one element of an array, whose first token was just read. */
    private interface Elements {
        void read() throws IOException;
    }

    private final JsonReader<Object> json = new DslJson<Object>(new DslJson.Settings<>()).newReader(new byte[64]);
    private final Listener listener;
    private final Consumers consumers;

    // Made once, so that reading allocates none.
    private final Members inFrame = this::frameMember;
    private final Members inMessage = () -> messageMember(this.element);
    private final Members inResult = this::resultMember;
    private final Members inQueue = this::queueMember;
    private final Members inLimits = this::limitMember;
    private final Members inError = this::errorMember;
    private final Elements messageElement = this::messageElement;
    private final Elements missingElement = this::missingElement;
    private final Elements resultElement = this::resultElement;
    private final Elements queueElement = this::queueElement;

    // What is being read.
    private final Reply reply = new Reply();
    private final MessageMembers element = new MessageMembers();
    private final Outcome result = new Outcome();
    private final Reply.Counts queueCounts = new Reply.Counts();
    private String queueName;
    private Pending<?> pending;
    private List<Long> missing;
    private boolean answers;
    private boolean pushes;
    private boolean first;

    ReplyReader(final Listener listener, final Consumers consumers) {
        this.listener = listener;
        this.consumers = consumers;
    }

    /**
     * Reads frames, each whole and ended by LF.
     *
     * @throws IOException if they are not what the protocol says.
     */
    void read(final byte[] bytes, final int length) throws IOException {
        json.process(bytes, length);
        try {
            while (true) {
                while (json.getCurrentIndex() < length && bytes[json.getCurrentIndex()] <= ' ') {
                    json.read();
                }
                if (json.getCurrentIndex() >= length) {
                    return;
                }
                readFrame();
            }
        } catch (final IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw new IOException("a frame that is no proper JSON", e);
        }
    }

    private void readFrame() throws IOException {
        json.startObject();
        pending = null;
        answers = false;
        pushes = false;
        reply.reset("");
        first = true;
        readMembers(inFrame);
        if (pending != null) {
            listener.replied(pending, reply);
        } else if (pushes) {
            pushed();
        } else if (!answers && reply.error != null) {
            listener.connectionRefused(reply.error.build());
        }
    }

    private void pushed() {
        if (reply.ended != null) {
            consumers.end(reply.consumer, reply.ended);
        } else {
            consumers.deliver(reply.consumer, reply.takenMessages());
        }
    }

    /** Reads an object whose opening brace has been read, to its closing one. */
    private void readMembers(final Members members) throws IOException {
        byte token = json.getNextToken();
        while (token != '}') {
            json.fillNameWeakHash();
            json.getNextToken();
            token = members.read() ? json.getNextToken() : json.skip();
            if (token == ',') {
                token = json.getNextToken();
            } else if (token != '}') {
                throw json.newParseError("Expecting ',' or '}' after a member");
            }
        }
    }

    /** Reads an array whose opening bracket is the last token read, to its closing one. */
    private void readElements(final Elements elements) throws IOException {
        if (json.last() != '[') {
            throw json.newParseError("Expecting '['");
        }
        byte token = json.getNextToken();
        while (token != ']') {
            elements.read();
            token = json.getNextToken();
            if (token == ',') {
                token = json.getNextToken();
            } else if (token != ']') {
                throw json.newParseError("Expecting ',' or ']' after an element");
            }
        }
    }

    private boolean frameMember() throws IOException {
        if (first) {
            first = false;
            if (json.wasLastName("id")) {
                answers = true;
                pending = listener.pending(number());
                reply.queue = pending == null ? "" : pending.queue;
                return true;
            }
            if (json.wasLastName("consumer")) {
                pushes = true;
                reply.consumer = number();
                final String queue = consumers.queue(reply.consumer);
                reply.queue = queue == null ? "" : queue;
                return true;
            }
        }
        return answerMember() || outcomeMember(reply.outcome) || messageMember(reply.own) || countMember(reply.counts)
            || settingMember(reply.settings) || listingMember() || helloMember();
    }

    private boolean answerMember() throws IOException {
        if (json.wasLastName("confirmation")) {
            reply.accepted = "Y".equals(json.readString());
        } else if (json.wasLastName("messages")) {
            reply.messages = new ArrayList<>();
            readElements(messageElement);
        } else if (json.wasLastName("error")) {
            if (json.last() == 'n') {
                return false;
            }
            reply.error = new GmqRefusedException.Builder();
            readNested(inError);
        } else if (json.wasLastName("results")) {
            reply.results = new ArrayList<>();
            readElements(resultElement);
        } else if (json.wasLastName("consumer")) {
            reply.consumer = number();
        } else if (json.wasLastName("ended")) {
            reply.ended = json.readString();
        } else {
            return false;
        }
        return true;
    }

    private boolean outcomeMember(final Outcome outcome) throws IOException {
        if (json.wasLastName("acked")) {
            // What an ack has done, or what a queue counts: the request knows.
            outcome.settled = number();
            reply.counts.acked = outcome.settled;
        } else if (json.wasLastName("parked")) {
            outcome.settled = number();
            reply.counts.parked = outcome.settled;
        } else if (json.wasLastName("nacked") || json.wasLastName("extended") || json.wasLastName("kicked")
            || json.wasLastName("purged")) {
            outcome.settled = number();
        } else if (json.wasLastName("first")) {
            outcome.first = number();
        } else if (json.wasLastName("count")) {
            outcome.count = (int) number();
        } else if (json.wasLastName("duplicate")) {
            outcome.duplicate = BoolConverter.deserialize(json);
        } else if (json.wasLastName("missing")) {
            missing = new ArrayList<>();
            readElements(missingElement);
            outcome.missing = missing;
        } else {
            return false;
        }
        return true;
    }

    private boolean resultMember() throws IOException {
        if (json.wasLastName("message")) {
            result.message = number();
            return true;
        }
        return outcomeMember(result);
    }

    private boolean messageMember(final MessageMembers message) throws IOException {
        if (json.wasLastName("message")) {
            message.id = number();
        } else if (json.wasLastName("payload")) {
            message.payload = json.readBase64();
        } else if (json.wasLastName("text")) {
            message.text = json.readString();
        } else if (json.wasLastName("attempt")) {
            message.attempt = (int) number();
        } else if (json.wasLastName("priority")) {
            message.priority = (int) number();
        } else if (json.wasLastName("published_ms")) {
            message.publishedMs = number();
        } else if (json.wasLastName("headers")) {
            message.headers = readHeaders();
        } else if (json.wasLastName("state")) {
            message.state = json.readString();
        } else if (json.wasLastName("reason")) {
            message.reason = json.readString();
        } else {
            return false;
        }
        return true;
    }

    private boolean countMember(final Reply.Counts counts) throws IOException {
        if (json.wasLastName("length")) {
            counts.length = number();
        } else if (json.wasLastName("ready")) {
            counts.ready = number();
        } else if (json.wasLastName("delayed")) {
            counts.delayed = number();
        } else if (json.wasLastName("leased")) {
            counts.leased = number();
        } else if (json.wasLastName("parked")) {
            counts.parked = number();
        } else if (json.wasLastName("bytes")) {
            counts.bytes = number();
        } else if (json.wasLastName("consumers")) {
            counts.consumers = number();
        } else if (json.wasLastName("oldest_ready_ms")) {
            counts.oldestReadyMs = number();
        } else {
            return totalMember(counts);
        }
        return true;
    }

    private boolean totalMember(final Reply.Counts counts) throws IOException {
        if (json.wasLastName("published")) {
            counts.published = number();
        } else if (json.wasLastName("delivered")) {
            counts.delivered = number();
        } else if (json.wasLastName("acked")) {
            counts.acked = number();
        } else if (json.wasLastName("expired")) {
            counts.expired = number();
        } else if (json.wasLastName("dead_lettered")) {
            counts.deadLettered = number();
        } else if (json.wasLastName("dropped")) {
            counts.dropped = number();
        } else {
            return false;
        }
        return true;
    }

    private boolean settingMember(final Reply.Settings settings) throws IOException {
        if (json.wasLastName("capacity")) {
            settings.capacity = number();
        } else if (json.wasLastName("max_message_length")) {
            settings.maxMessageLength = number();
        } else if (json.wasLastName("lease_ms")) {
            settings.leaseMs = number();
        } else if (json.wasLastName("max_attempts")) {
            settings.maxAttempts = number();
        } else if (json.wasLastName("dead_letter")) {
            settings.deadLetter = json.readString();
        } else if (json.wasLastName("ttl_ms")) {
            settings.ttlMs = number();
        } else if (json.wasLastName("on_full")) {
            settings.onFull = json.readString();
        } else if (json.wasLastName("paused")) {
            settings.paused = BoolConverter.deserialize(json);
        } else {
            return false;
        }
        return true;
    }

    private boolean listingMember() throws IOException {
        if (json.wasLastName("queues")) {
            reply.queues = new ArrayList<>();
            readElements(queueElement);
        } else if (json.wasLastName("more")) {
            // Its being there says it, whatever the value; only false would be no.
            reply.more = json.last() != 'f';
            return false;
        } else {
            return false;
        }
        return true;
    }

    private boolean queueMember() throws IOException {
        if (json.wasLastName("queue") || json.wasLastName("name")) {
            queueName = json.readString();
            return true;
        }
        return countMember(queueCounts);
    }

    private boolean helloMember() throws IOException {
        if (json.wasLastName("version")) {
            reply.version = (int) number();
        } else if (json.wasLastName("software")) {
            reply.software = json.readString();
        } else if (json.wasLastName("durability")) {
            reply.durability = json.readString();
        } else if (json.wasLastName("storage")) {
            reply.storage = json.readString();
        } else if (json.wasLastName("limits")) {
            readNested(inLimits);
        } else {
            return false;
        }
        return true;
    }

    private boolean limitMember() throws IOException {
        if (json.wasLastName("max_queue_number")) {
            reply.maxQueueNumber = number();
        } else if (json.wasLastName("max_message_length")) {
            reply.maxMessageLength = number();
        } else if (json.wasLastName("max_queue_capacity")) {
            reply.maxQueueCapacity = number();
        } else if (json.wasLastName("max_frame_length")) {
            reply.maxFrameLength = number();
        } else {
            return false;
        }
        return true;
    }

    private boolean errorMember() throws IOException {
        final GmqRefusedException.Builder error = reply.error;
        if (json.wasLastName("code")) {
            error.code = json.readString();
        } else if (json.wasLastName("message")) {
            error.message = json.readString();
        } else if (json.wasLastName("member")) {
            error.member = json.readString();
        } else if (json.wasLastName("queue")) {
            error.queue = json.readString();
        } else if (json.wasLastName("leader")) {
            error.leader = json.readString();
        } else if (json.wasLastName("limit")) {
            error.limit = number();
        } else if (json.wasLastName("actual")) {
            error.actual = number();
        } else if (json.wasLastName("retry_after_ms")) {
            error.retryAfterMs = number();
        } else if (json.wasLastName("offset")) {
            error.offset = number();
        } else if (json.wasLastName("step")) {
            error.step = number();
        } else {
            return false;
        }
        return true;
    }

    // Apart from readMembers, since names are values here and may have escapes.
    private Map<String, String> readHeaders() throws IOException {
        expectObject();
        final Map<String, String> headers = new LinkedHashMap<>();
        byte token = json.getNextToken();
        while (token != '}') {
            headers.put(json.readKey(), json.readString());
            token = json.getNextToken();
            if (token == ',') {
                token = json.getNextToken();
            } else if (token != '}') {
                throw json.newParseError("Expecting ',' or '}' after a header");
            }
        }
        return Collections.unmodifiableMap(headers);
    }

    private void messageElement() throws IOException {
        element.reset();
        readNested(inMessage);
        reply.messages.add(element.build(reply.queue));
    }

    private void missingElement() throws IOException {
        missing.add(number());
    }

    private void resultElement() throws IOException {
        result.reset();
        readNested(inResult);
        reply.results.add(result.stepResult());
    }

    private void queueElement() throws IOException {
        queueName = null;
        queueCounts.reset();
        readNested(inQueue);
        reply.queues.add(queueCounts.info(queueName));
    }

    private void readNested(final Members members) throws IOException {
        expectObject();
        readMembers(members);
    }

    private void expectObject() throws IOException {
        if (json.last() != '{') {
            throw json.newParseError("Expecting '{'");
        }
    }

    private long number() throws IOException {
        return NumberConverter.deserializeLong(json);
    }
}
