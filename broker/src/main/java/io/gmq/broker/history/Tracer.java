package io.gmq.broker.history;

import io.gmq.broker.history.MessageWatch.Sight;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.StateMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Tells the life of a message, and of the dead letters that it becomes: applies record after record and compares the message before
 * and after each. Owned by one thread.
 */
public final class Tracer implements RecordVisitor {
    private static final String ORIGIN_MESSAGE = "gmq-origin-message";

    private final Witness witness;
    private final Consumer<TraceEvent> listener;
    private final Publications publications;
    private final List<Life> lives = new ArrayList<>();
    private final String held;

    private long sequence;
    private long timeMs;
    private CommandType type;
    private DirectBuffer buffer;
    private int offset;

    /**
     * Begins with a state of the past.
     *
     * @param listener hears what happens, in its order.
     */
    public Tracer(final StateMachine engine, final long message, final Consumer<TraceEvent> listener) {
        witness = new Witness(engine);
        publications = new Publications(witness);
        this.listener = listener;
        final Life life = new Life(message);
        lives.add(life);
        if (engine.inspector().nowMs() > 0) {
            life.watch.look(witness);
        }
        held = life.watch.now() == null ? null : life.watch.now().queue();
    }

    /** A message that is followed. */
    private static final class Life {
        private final MessageWatch watch;
        /** What has ended its lease, where that is known before the lease ends. */
        private String cause;
        private boolean isOver;

        private Life(final long message) {
            watch = new MessageWatch(message);
        }
    }

    /** The queue in which the message was when the history began; {@code null} where it was not there. */
    public String queueAtBeginning() {
        return held;
    }

    /** The id that the next message gets. */
    public long nextMessage() {
        return witness.nextMessage();
    }

    /** Whether the message, or what became of it, is still there. */
    public boolean isThere() {
        return lives.stream().anyMatch(life -> life.watch.now() != null);
    }

    @Override
    public boolean visit(final long its, final long itsMs, final DirectBuffer record, final int itsOffset, final int length) {
        sequence = its;
        timeMs = itsMs;
        buffer = record;
        offset = itsOffset;
        type = CommandHeader.type(record, itsOffset);
        witness.apply(record, itsOffset, length);
        boolean isOver = true;
        for (int i = 0; i < lives.size(); i++) {
            final Life life = lives.get(i);
            if (!life.isOver) {
                note(life);
                if (life.watch.look(witness)) {
                    compare(life);
                }
            }
            isOver &= life.isOver;
        }
        return !isOver;
    }

    /** Connections that end give their leases back in slices, by ticks: what began it has to be remembered. */
    private void note(final Life life) {
        final Sight now = life.watch.now();
        if (now == null || !now.isLeased() || now.connection() == 0) {
            return;
        }
        if (type == CommandType.START) {
            life.cause = "restart";
        } else if (type == CommandType.CLOSE && CommandHeader.connection(buffer, offset) == now.connection()) {
            life.cause = "connection_closed";
        }
    }

    private void compare(final Life life) {
        final Sight before = life.watch.before();
        final Sight now = life.watch.now();
        final Witness.Delivery delivery = witness.delivery(life.watch.message());
        final boolean isNew = before == null && life.watch.message() >= witness.firstNew();
        if (isNew) {
            tell(life, "published", publications.of(life.watch.message(), buffer, offset, now));
        }
        if (before != null) {
            leave(life, before, now, delivery);
        }
        if (delivery != null) {
            deliver(life, now, delivery);
        }
        if (now == null) {
            life.isOver = true;
            if (delivery == null && before != null) {
                end(life, before);
            }
        }
    }

    /** What ended the state before, where another followed. */
    private void leave(final Life life, final Sight before, final Sight now, final Witness.Delivery delivery) {
        if (before.isLeased() && now != null && now.isLeased() && delivery == null) {
            if (before.connection() != now.connection()) {
                tell(life, "kept", members("cause", cause(life, before)));
                life.cause = null;
            } else if (before.deadlineMs() != now.deadlineMs()) {
                tell(life, "extended", members("until_ms", now.deadlineMs()));
            }
            return;
        }
        if (before.isLeased() && (now != null || delivery != null)) {
            leaveLease(life, before, now);
        } else if (before.state() == MessageState.PARKED && (now == null || now.state() != MessageState.PARKED) && delivery != null
            || before.state() == MessageState.PARKED && now != null && now.state() == MessageState.READY) {
            tell(life, "kicked", Map.of());
        } else if (before.state() == MessageState.DELAYED && (delivery != null || now != null && now.state() == MessageState.READY)) {
            tell(life, "ready", members("cause", "delay_over"));
        }
        if (now != null && now.state() == MessageState.PARKED && before.state() != MessageState.PARKED) {
            tell(life, "parked", members("reason", now.reason()));
        }
    }

    private void leaveLease(final Life life, final Sight before, final Sight now) {
        final boolean isParkedByRequest = now != null && now.state() == MessageState.PARKED
            && (type == CommandType.PARK || type == CommandType.ATOMIC && !now.reason().equals("max_attempts"));
        if (!isParkedByRequest) {
            final Map<String, Object> members = members("cause", cause(life, before));
            if (now != null && now.state() == MessageState.DELAYED) {
                members.put("until_ms", now.deadlineMs());
            }
            if (now != null && now.priority() != before.priority()) {
                members.put("priority", now.priority());
            }
            tell(life, "released", members);
        }
        life.cause = null;
    }

    private String cause(final Life life, final Sight before) {
        if (life.cause != null) {
            return life.cause;
        }
        return switch (type) {
            case NACK, ATOMIC -> "nack";
            case CLOSE -> "connection_closed";
            case START -> "restart";
            default -> before.deadlineMs() <= timeMs ? "lease_ended" : type.operation();
        };
    }

    private void deliver(final Life life, final Sight now, final Witness.Delivery delivery) {
        final Map<String, Object> members = members("attempt", delivery.attempt());
        members.put("connection", delivery.connection());
        if (delivery.consumer() != 0) {
            members.put("consumer", delivery.consumer());
        }
        if (now != null && now.isLeased()) {
            members.put("until_ms", now.deadlineMs());
            if (now.keep()) {
                members.put("keep", true);
            }
        } else {
            members.put("settled", true);
        }
        tell(life, "delivered", members);
    }

    /** It is not there any more, and was not given out for good. */
    private void end(final Life life, final Sight before) {
        final long deadLetter = deadLetterOf(life.watch.message());
        if (deadLetter > 0) {
            final boolean isExpired = !before.isLeased() || !isUsedUp(deadLetter);
            if (before.isLeased()) {
                tell(life, "released", members("cause", cause(life, before)));
            }
            final Map<String, Object> members = members("reason", isExpired ? "expired" : "max_attempts");
            members.put("queue", witness.queueOf(deadLetter));
            members.put("became", deadLetter);
            tell(life, "dead_lettered", members);
            lives.add(new Life(deadLetter));
            return;
        }
        switch (type) {
            case PURGE -> tell(life, "purged", Map.of());
            case DELETE -> tell(life, "deleted", members("queue", before.queue()));
            default -> {
                if (before.isLeased() && (type == CommandType.ACK || type == CommandType.ATOMIC && !isOverdue(before))) {
                    tell(life, "acked", members("connection", CommandHeader.connection(buffer, offset)));
                } else {
                    tell(life, isOverdue(before) ? "expired" : "dropped", Map.of());
                }
            }
        }
    }

    private boolean isOverdue(final Sight before) {
        return before.expiryMs() != 0 && before.expiryMs() <= timeMs;
    }

    /** The new message that says that it comes from this one; 0 where there is none. */
    private long deadLetterOf(final long message) {
        final String origin = Long.toString(message);
        for (long id = witness.firstNew(); id < witness.nextMessage(); id++) {
            if (!publications.isPublished(id, buffer, offset) && origin.equals(header(id, ORIGIN_MESSAGE))) {
                return id;
            }
        }
        return 0;
    }

    private boolean isUsedUp(final long deadLetter) {
        return "max_attempts".equals(header(deadLetter, "gmq-reason"));
    }

    private String header(final long message, final String name) {
        final Payloads.View bytes = witness.bytesOf(message);
        return bytes == null ? null : Contents.headers(bytes).get(name);
    }

    private void tell(final Life life, final String what, final Map<String, Object> members) {
        listener.accept(new TraceEvent(sequence, timeMs, life.watch.message(), what, type.operation(), members));
    }

    private static Map<String, Object> members(final String name, final Object value) {
        final Map<String, Object> members = new LinkedHashMap<>();
        members.put(name, value);
        return members;
    }
}
