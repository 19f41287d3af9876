package io.gmq.transport.codec;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.SettleCommand;
import org.agrona.MutableDirectBuffer;

/** Says whether the members of an ack, nack, extend or park go together, and writes its command. */
final class SettleWriter {
    private static final int NONE = -1;

    private final Request request;
    private int selection;

    SettleWriter(final Request request) {
        this.request = request;
    }

    boolean isGood(final CommandType type) {
        selection = selection();
        if (selection == NONE) {
            return false;
        }
        if (request.has(Member.ATTEMPT) && selection != SettleCommand.ONE) {
            return request.refusal.refuse(Member.ATTEMPT, "'attempt' goes with a single 'message'");
        }
        return type != CommandType.EXTEND || request.leaseMs != 0
            || request.refusal.refuse(Member.LEASE_MS, "'lease_ms' is 0, must be at least 1; settle the message to be rid of it");
    }

    /** Which of the three ways to name leases the request uses, or {@link #NONE} if it is none or more than one. */
    private int selection() {
        final boolean isOne = request.has(Member.MESSAGE);
        final boolean isList = request.has(Member.MESSAGES);
        final boolean isRange = request.has(Member.FROM) || request.has(Member.TO);
        if ((isOne ? 1 : 0) + (isList ? 1 : 0) + (isRange ? 1 : 0) != 1) {
            request.refusal.refuse(Member.MESSAGE, "give one of 'message' (an id), 'messages' (ids), or 'from' and 'to'");
            return NONE;
        }
        if (isRange && !(request.has(Member.FROM) && request.has(Member.TO))) {
            request.refusal.refuse(request.has(Member.FROM) ? Member.TO : Member.FROM, "a range needs both 'from' and 'to'");
            return NONE;
        }
        if (isRange && request.from > request.to) {
            request.refusal.refuse(Member.TO, "'to' is " + request.to + ", must not be below 'from', which is " + request.from);
            return NONE;
        }
        if (isList && !request.isIdList) {
            request.refusal.refuse(Member.MESSAGES, "'messages' must be an array of ids");
            return NONE;
        }
        return isOne ? SettleCommand.ONE : isList ? SettleCommand.LIST : SettleCommand.RANGE;
    }

    /** How many ids are named. */
    int count() {
        return selection == SettleCommand.LIST ? request.idCount : selection == SettleCommand.RANGE ? 2 : 1;
    }

    /**
     * Writes the command, but for its header; it must be good.
     *
     * @return its bytes.
     */
    int write(final MutableDirectBuffer buffer, final int offset, final CommandType type) {
        final Name queue = request.queue;
        final int count = count();
        final int idsFrom = offset + SettleCommand.write(buffer, offset, type == CommandType.EXTEND ? request.leaseMs : request.delayMs,
            request.attempt, request.has(Member.PRIORITY) ? request.priority : SettleCommand.SAME_PRIORITY, selection, count, queue.buffer(), 0,
            queue.length(), request.reason.buffer(), request.reason.length());
        if (selection == SettleCommand.LIST) {
            for (int i = 0; i < count; i++) {
                SettleCommand.writeId(buffer, idsFrom, i, request.ids[i]);
            }
        } else {
            SettleCommand.writeId(buffer, idsFrom, 0, selection == SettleCommand.ONE ? request.message : request.from);
            if (selection == SettleCommand.RANGE) {
                SettleCommand.writeId(buffer, idsFrom, 1, request.to);
            }
        }
        return idsFrom + count * Long.BYTES - offset;
    }
}
