package io.gmq.transport.codec;

import static io.gmq.transport.codec.Member.AFTER;
import static io.gmq.transport.codec.Member.AS;
import static io.gmq.transport.codec.Member.ATTEMPT;
import static io.gmq.transport.codec.Member.AUTH;
import static io.gmq.transport.codec.Member.CAPACITY;
import static io.gmq.transport.codec.Member.CONFIRM;
import static io.gmq.transport.codec.Member.CONFIRMATION;
import static io.gmq.transport.codec.Member.CONSUMER;
import static io.gmq.transport.codec.Member.CREDIT;
import static io.gmq.transport.codec.Member.DEAD_LETTER;
import static io.gmq.transport.codec.Member.DELAY_MS;
import static io.gmq.transport.codec.Member.DETAILS;
import static io.gmq.transport.codec.Member.DURABILITY;
import static io.gmq.transport.codec.Member.ERROR;
import static io.gmq.transport.codec.Member.FROM;
import static io.gmq.transport.codec.Member.HEADERS;
import static io.gmq.transport.codec.Member.ID;
import static io.gmq.transport.codec.Member.IF_EMPTY;
import static io.gmq.transport.codec.Member.KEEP;
import static io.gmq.transport.codec.Member.LEASE_MS;
import static io.gmq.transport.codec.Member.MAX;
import static io.gmq.transport.codec.Member.MAX_ATTEMPTS;
import static io.gmq.transport.codec.Member.MAX_MESSAGE_LENGTH;
import static io.gmq.transport.codec.Member.MESSAGE;
import static io.gmq.transport.codec.Member.MESSAGES;
import static io.gmq.transport.codec.Member.NAME;
import static io.gmq.transport.codec.Member.ON_FULL;
import static io.gmq.transport.codec.Member.OPERATION;
import static io.gmq.transport.codec.Member.PAUSED;
import static io.gmq.transport.codec.Member.PAYLOAD;
import static io.gmq.transport.codec.Member.PREFIX;
import static io.gmq.transport.codec.Member.PRIORITY;
import static io.gmq.transport.codec.Member.PRODUCER;
import static io.gmq.transport.codec.Member.QUEUE;
import static io.gmq.transport.codec.Member.REASON;
import static io.gmq.transport.codec.Member.SEQUENCE;
import static io.gmq.transport.codec.Member.STATE;
import static io.gmq.transport.codec.Member.STEPS;
import static io.gmq.transport.codec.Member.TEXT;
import static io.gmq.transport.codec.Member.TO;
import static io.gmq.transport.codec.Member.TOPIC;
import static io.gmq.transport.codec.Member.TTL_MS;
import static io.gmq.transport.codec.Member.VERSION;
import static io.gmq.transport.codec.Member.WAIT_MS;

import java.util.stream.Stream;

/** The operations of the protocol, with the members each may and must have. */
enum Operation {
    PUBLISH("publish", required(), QUEUE, TOPIC, PAYLOAD, TEXT, MESSAGES, PRIORITY, DELAY_MS, TTL_MS, HEADERS, PRODUCER, SEQUENCE, CONFIRM,
        DURABILITY),
    TAKE("take", required(QUEUE), MAX, WAIT_MS, LEASE_MS, AS, DETAILS, KEEP, DURABILITY),
    ACK("ack", required(QUEUE), MESSAGE, MESSAGES, FROM, TO, ATTEMPT, DURABILITY),
    NACK("nack", required(QUEUE), MESSAGE, MESSAGES, FROM, TO, ATTEMPT, DELAY_MS, PRIORITY, DURABILITY),
    EXTEND("extend", required(QUEUE), MESSAGE, MESSAGES, FROM, TO, ATTEMPT, LEASE_MS, DURABILITY),
    PARK("park", required(QUEUE), MESSAGE, MESSAGES, FROM, TO, ATTEMPT, REASON, DURABILITY),
    KICK("kick", required(QUEUE), MAX),
    PEEK("peek", required(QUEUE), STATE, MAX, AS, DETAILS),
    ATOMIC("atomic", required(STEPS)),
    CONSUME("consume", required(QUEUE, CREDIT), LEASE_MS, AS, DETAILS, KEEP),
    MORE_CREDIT("credit", required(CONSUMER, CREDIT)),
    CANCEL("cancel", required(CONSUMER)),
    BIND("bind", required(TOPIC, QUEUE)),
    UNBIND("unbind", required(TOPIC, QUEUE)),
    CONFIGURE("configure", required(QUEUE), CAPACITY, MAX_MESSAGE_LENGTH, LEASE_MS, MAX_ATTEMPTS, DEAD_LETTER, TTL_MS, ON_FULL, PAUSED),
    DESCRIBE("describe", required(QUEUE)),
    LENGTH("length", required(QUEUE)),
    QUEUES("queues", required(), PREFIX, AFTER, MAX),
    PURGE("purge", required(QUEUE), STATE),
    DELETE("delete", required(QUEUE), IF_EMPTY),
    HELLO("hello", required(VERSION), NAME, AUTH),
    PING("ping", required()),
    /* The original's: what its clients send along is allowed, and ignored where it says nothing. */
    P("P", required(), QUEUE, TOPIC, PAYLOAD, TEXT, MESSAGES, PRIORITY, DELAY_MS, TTL_MS, HEADERS, PRODUCER, SEQUENCE, CONFIRM, DURABILITY,
        CONFIRMATION, ERROR, AUTH),
    S("S", required(QUEUE), AS, DETAILS, DURABILITY, PAYLOAD, CONFIRMATION, ERROR, AUTH),
    L("L", required(QUEUE), PAYLOAD, CONFIRMATION, ERROR, AUTH);

    private static final Operation[] ALL = values();
    private static final Words WORDS = Words.of(Stream.of(ALL).map(Operation::word).toArray(String[]::new));

    private final String word;
    private final long required;
    private final long allowed;

    Operation(final String word, final long required, final Member... optional) {
        this.word = word;
        this.required = required;
        long all = required | OPERATION.bit() | ID.bit();
        for (final Member member : optional) {
            all |= member.bit();
        }
        allowed = all;
    }

    private static long required(final Member... members) {
        long all = 0;
        for (final Member member : members) {
            all |= member.bit();
        }
        return all;
    }

    String word() {
        return word;
    }

    /** Whether it can be a step of an atomic request. */
    boolean isStep() {
        return this == PUBLISH || this == ACK || this == NACK || this == PARK;
    }

    /** Whether it is one of the original's, which can be one-shot requests. */
    boolean isShort() {
        return ordinal() >= P.ordinal();
    }

    boolean allows(final Member member) {
        return (allowed & member.bit()) != 0;
    }

    /** The first of the members seen that it does not know, or {@code null}. */
    Member firstUnknown(final long seen) {
        return first(seen & ~allowed);
    }

    /** The first member that it must have and that was not seen, or {@code null}. */
    Member firstMissing(final long seen) {
        return first(required & ~seen);
    }

    private static Member first(final long members) {
        return members == 0 ? null : Member.values()[Long.numberOfTrailingZeros(members)];
    }

    /** The operation of that name, or {@code null}. */
    static Operation find(final byte[] in, final int from, final int to) {
        final int place = WORDS.find(in, from, to);
        return place < 0 ? null : ALL[place];
    }
}
