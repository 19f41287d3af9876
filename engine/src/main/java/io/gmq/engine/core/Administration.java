package io.gmq.engine.core;

import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.Ending;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;

/** What is done to queues as a whole: settings, bindings, kicking, purging, deleting. */
final class Administration {
    private static final MessageState[] STATES = MessageState.values();

    private final Current current;
    private final QueueTable queues;
    private final Topics topics;
    private final Fates fates;
    private final Touched touched;
    private final Chores chores;
    private final QueueSettings settings = new QueueSettings();

    Administration(
        final Current current, final QueueTable queues, final Topics topics, final Fates fates, final Touched touched, final Chores chores) {
        this.current = current;
        this.queues = queues;
        this.topics = topics;
        this.fates = fates;
        this.touched = touched;
        this.chores = chores;
    }

    boolean configure(final ConfigureCommand asked) {
        MessageQueue queue = queues.find(current.command, asked.nameOffset(), asked.nameLength());
        final boolean isNew = queue == null;
        if (isNew) {
            if (!current.mayAdd(queues, asked.nameOffset(), asked.nameLength())) {
                return false;
            }
            queue = queues.add(current.command, asked.nameOffset(), asked.nameLength());
        }
        final QueueConfig before = queue.config;
        queue.config = before.with(asked, current.command);
        final boolean isChanged = queue.config != before;
        queue.config.tell(settings, current.limits);
        current.effects.configured(current.to, settings);
        if (isChanged) {
            touched.add(queue);
        }
        return isNew || isChanged;
    }

    boolean bind(final BindingCommand asked) {
        MessageQueue queue = queues.find(current.command, asked.nameOffset(), asked.nameLength());
        final boolean isNew = queue == null;
        final boolean isBound = !isNew && topics.find(queue, current.command, asked.topicOffset(), asked.topicLength()) != null;
        if (isNew && !current.mayAdd(queues, asked.nameOffset(), asked.nameLength())) {
            return false;
        }
        if (!isBound && !topics.hasRoom(current.command, asked.topicOffset(), asked.topicLength())) {
            return current.refuse(RefusalCode.OVERLOADED, asked.nameOffset(), asked.nameLength(), Limits.BINDINGS_MAX, topics.size());
        }
        if (isNew) {
            queue = queues.add(current.command, asked.nameOffset(), asked.nameLength());
        }
        if (!isBound) {
            topics.bind(queue, current.command, asked.topicOffset(), asked.topicLength());
        }
        current.effects.done(current.to);
        return !isBound;
    }

    boolean unbind(final BindingCommand asked) {
        final MessageQueue queue = queues.find(current.command, asked.nameOffset(), asked.nameLength());
        if (queue == null) {
            return current.refuse(RefusalCode.NO_SUCH_QUEUE, asked.nameOffset(), asked.nameLength());
        }
        final Binding binding = topics.find(queue, current.command, asked.topicOffset(), asked.topicLength());
        if (binding != null) {
            topics.unbind(binding);
        }
        current.effects.done(current.to);
        return binding != null;
    }

    /** The queue that a {@link QueueCommand} names, or {@code null}, and then the request is refused. */
    private MessageQueue find(final int offset) {
        final int nameOffset = QueueCommand.nameOffset(offset);
        final int nameLength = QueueCommand.nameLength(current.command, offset);
        final MessageQueue queue = queues.find(current.command, nameOffset, nameLength);
        if (queue == null) {
            current.refuse(RefusalCode.NO_SUCH_QUEUE, nameOffset, nameLength);
        }
        return queue;
    }

    boolean kick(final int offset) {
        final MessageQueue queue = find(offset);
        if (queue == null) {
            return false;
        }
        final int max = Math.min(QueueCommand.argument(current.command, offset), queue.parked());
        for (int i = 0; i < max; i++) {
            fates.kick(queue.first(MessageState.PARKED), queue);
        }
        current.effects.counted(current.to, CommandType.KICK, max);
        return max > 0;
    }

    boolean purge(final int offset) {
        final MessageQueue queue = find(offset);
        if (queue == null) {
            return false;
        }
        final int states = QueueCommand.argument(current.command, offset);
        int purged = 0;
        for (final MessageState state : STATES) {
            if ((states & state.bit()) != 0) {
                purged += queue.killAll(state, Ending.PURGED, current.to.connection(), current.atMs);
            }
        }
        current.effects.counted(current.to, CommandType.PURGE, purged);
        return chores.work() || purged > 0;
    }

    boolean delete(final int offset) {
        final MessageQueue queue = find(offset);
        if (queue == null) {
            return false;
        }
        if (QueueCommand.argument(current.command, offset) == QueueCommand.IF_EMPTY && queue.length() > 0) {
            return current.refuse(RefusalCode.NOT_EMPTY, queue, -1, queue.length());
        }
        for (final MessageState state : STATES) {
            queue.killAll(state, Ending.DELETED, current.to.connection(), current.atMs);
        }
        queues.delete(queue);
        current.effects.done(current.to);
        chores.work();
        return true;
    }
}
