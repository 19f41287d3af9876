package io.gmq.engine.sim;

import io.gmq.engine.api.Ending;
import io.gmq.engine.api.FateSink;
import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.ReleaseCause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Folds what is told of each message into how it stands, and fails where a step does not follow from the one before. */
final class ToldFates implements FateSink {
    private final Map<Long, Life> lives = new HashMap<>();
    private final Map<Ending, Integer> endings = new HashMap<>();
    private final MessageView view = new MessageView();
    private long nextMessage = 1;
    /** The dead letter that is to come next, and what it was. */
    private long became;
    private long origin;

    private static final class Life {
        private final String queue;
        private MessageState state;
        private int attempt;
        private long connection;
        private Ending ending;

        private Life(final String queue, final MessageState state) {
            this.queue = queue;
            this.state = state;
        }
    }

    private static void check(final boolean isRight, final String what, final long message) {
        if (!isRight) {
            throw new AssertionError(what + ", message " + message);
        }
    }

    private Life life(final long message, final MessageState... states) {
        final Life life = lives.get(message);
        check(life != null, "told of and never published", message);
        check(life.ending == null, "told of after its end", message);
        check(states.length == 0 || List.of(states).contains(life.state), "was " + life.state, message);
        return life;
    }

    private static String text(final DirectBuffer name) {
        return name.getStringWithoutLengthUtf8(0, name.capacity());
    }

    @Override
    public void published(
        final long message, final DirectBuffer queue, final MessageState state, final int priority, final long payload, final long itsOrigin,
        final long connection) {
        check(message == nextMessage++, "published out of order", message);
        check(itsOrigin == (message == became ? origin : 0), "of another origin", message);
        check(itsOrigin == 0 || connection == 0, "a dead letter is the broker's", message);
        became = 0;
        lives.put(message, new Life(text(queue), state));
    }

    @Override
    public void ready(final long message, final long atMs) {
        life(message, MessageState.DELAYED).state = MessageState.READY;
    }

    @Override
    public void delivered(final long message, final int attempt, final long connection, final long atMs) {
        final Life life = life(message, MessageState.READY);
        check(attempt == life.attempt + 1, "attempt " + attempt + " after " + life.attempt, message);
        life.state = MessageState.LEASED;
        life.attempt = attempt;
        life.connection = connection;
    }

    @Override
    public void released(
        final long message, final MessageState state, final ReleaseCause cause, final long connection, final long atMs) {
        final Life life = life(message, MessageState.LEASED);
        check((connection == 0) == (cause == ReleaseCause.LEASE_ENDED), cause + " by " + connection, message);
        check(cause != ReleaseCause.CONNECTION_CLOSED || connection == life.connection, "closed by another", message);
        life.state = state;
    }

    @Override
    public void parked(
        final long message, final DirectBuffer reason, final int offset, final int length, final long connection, final long atMs) {
        life(message, MessageState.READY, MessageState.DELAYED, MessageState.LEASED).state = MessageState.PARKED;
    }

    @Override
    public void kicked(final long message, final long connection, final long atMs) {
        final Life life = life(message, MessageState.PARKED);
        life.state = MessageState.READY;
        life.attempt = 0;
    }

    @Override
    public void ended(final long message, final Ending ending, final long itsBecame, final long connection, final long atMs) {
        final Life life = life(message);
        check(ending != Ending.ACKED || life.state == MessageState.LEASED, "acked while " + life.state, message);
        check((itsBecame != 0) == (ending == Ending.DEAD_LETTERED), ending + " became " + itsBecame, message);
        if (itsBecame != 0) {
            became = itsBecame;
            origin = message;
        }
        life.ending = ending;
        endings.merge(ending, 1, Integer::sum);
    }

    /** How many have ended so. */
    int ended(final Ending ending) {
        return endings.getOrDefault(ending, 0);
    }

    /**
     * Compares with what the engine has.
     *
     * @param held how many messages it says that it has, those included that clients do not see any more.
     */
    void compare(final Inspector inspector, final long held) {
        check(nextMessage == inspector.nextMessage(), "published, and the next is " + inspector.nextMessage(), nextMessage);
        long open = 0;
        for (final Map.Entry<Long, Life> entry : lives.entrySet()) {
            final long message = entry.getKey();
            final Life life = entry.getValue();
            open += life.ending == null ? 1 : 0;
            if (inspector.message(message, view)) {
                check(life.ending == null, "is there, and has " + life.ending, message);
                check(view.state == life.state, "is " + view.state + ", told " + life.state, message);
                check(view.attempt == life.attempt, "attempt " + view.attempt + ", told " + life.attempt, message);
                check(text(view.queue).equals(life.queue), "is in " + text(view.queue) + ", told " + life.queue, message);
                check(view.connection == 0 || view.connection == life.connection, "leased by " + view.connection, message);
            }
        }
        check(open == held, "messages are held and " + open + " have not ended", held);
    }
}
