package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/** What there is to know of a message at a moment: filled in by an {@link Inspector}, read before the next command. */
public final class MessageView {
    public long message;
    /** The queue's name, from the buffer's beginning to its capacity. */
    public DirectBuffer queue;
    public MessageState state;
    public int priority;
    /** How often it has been given out. */
    public int attempt;
    /** To be read through {@link StateMachine#payloads}. */
    public long payload;
    /** When its lease or delay ends; 0 where it has none. */
    public long deadlineMs;
    /** When its time to live is over; 0 for never. */
    public long expiryMs;
    /** Which connection has leased it; 0 if none has, or if the lease has outlived its connection. */
    public long connection;
    /** To which consumer of that connection it was pushed; 0 if it was taken. */
    public long consumer;
    /** Whether the lease outlives its connection. */
    public boolean keep;
    /** Why it is parked, to be read like a payload; {@link Payloads#NONE} if it is not, or without a reason. */
    public long reason;
}
