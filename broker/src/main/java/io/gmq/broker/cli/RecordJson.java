package io.gmq.broker.cli;

import io.gmq.broker.history.Verification;
import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.DigestCommand;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.StorageCommand;
import io.gmq.engine.api.TakeCommand;
import org.agrona.DirectBuffer;

/** Records of a journal as JSON lines: the request as its client has put it, in the words of the protocol. Reused from line to line. */
final class RecordJson {
    private static final Setting[] SETTINGS = Setting.values();

    private final JsonText text;
    private final Times times = new Times();
    private final PublishCommand publish = new PublishCommand();
    private final TakeCommand take = new TakeCommand();
    private final SettleCommand settle = new SettleCommand();
    private final AtomicCommand atomic = new AtomicCommand();
    private final ConsumeCommand consume = new ConsumeCommand();
    private final BindingCommand binding = new BindingCommand();
    private final ConfigureCommand configure = new ConfigureCommand();
    private final PeekCommand peek = new PeekCommand();
    private final QueuesCommand queues = new QueuesCommand();
    private DirectBuffer buffer;

    /** @param text to which lines are appended. */
    RecordJson(final JsonText text) {
        this.text = text;
    }

    /** Appends a record as one line. */
    void line(final long sequence, final DirectBuffer record, final int offset) {
        buffer = record;
        text.begin().number("sequence", sequence).name("time");
        times.append(text.out().append('"'), CommandHeader.timestampMs(record, offset)).append('"');
        command(offset, true);
        text.end().out().append('\n');
    }

    private void command(final int offset, final boolean isWhole) {
        final CommandType type = CommandHeader.type(buffer, offset);
        text.plain("operation", type.operation());
        if (isWhole) {
            header(offset);
        }
        final int presentation = CommandHeader.presentation(buffer, offset);
        body(type, offset, presentation);
        if ((presentation & Presentation.TEXT) != 0) {
            text.plain("as", "text");
        }
    }

    private void header(final int offset) {
        final long connection = CommandHeader.connection(buffer, offset);
        if (connection == CommandHeader.HOST) {
            return;
        }
        text.number("connection", connection);
        if (CommandHeader.correlation(buffer, offset) != CommandHeader.NO_CORRELATION) {
            text.number("id", CommandHeader.correlation(buffer, offset));
        }
        final Durability level = CommandHeader.level(buffer, offset);
        if (level != Durability.MEMORY) {
            text.plain("durability", level.level());
        }
    }

    private void body(final CommandType type, final int offset, final int presentation) {
        switch (type) {
            case START -> start(Limits.read(buffer, offset + CommandHeader.LENGTH));
            case PUBLISH -> publish(publish.wrap(buffer, offset), presentation);
            case TAKE -> take(take.wrap(buffer, offset));
            case ACK, NACK, EXTEND, PARK -> settle(type, settle.wrap(buffer, offset));
            case ATOMIC -> steps(atomic.wrap(buffer, offset));
            case CONSUME -> consume(consume.wrap(buffer, offset));
            case CREDIT -> text.number("consumer", ConsumerCommand.consumer(buffer, offset)).number("credit", ConsumerCommand.credit(buffer, offset));
            case CANCEL -> text.number("consumer", ConsumerCommand.consumer(buffer, offset));
            case BIND, UNBIND -> bind(binding.wrap(buffer, offset));
            case CONFIGURE -> configure(configure.wrap(buffer, offset));
            case DRAINED -> text.number("bytes", DrainedCommand.bytes(buffer, offset));
            case DIGEST -> text.plain("digest", Verification.hex(DigestCommand.digest(buffer, offset)));
            case STORAGE -> text.plain("state", StorageCommand.state(buffer, offset).word());
            case KICK, PURGE, DELETE, LENGTH, DESCRIBE -> queue(type, offset);
            case PEEK -> peek(peek.wrap(buffer, offset));
            case QUEUES -> queues(queues.wrap(buffer, offset));
            case CLOSE, TICK, CHECKPOINT, HELLO, PING, REJECT -> { }
        }
    }

    private void start(final Limits limits) {
        text.number("max_queue_number", limits.maxQueueNumber())
            .number("max_message_length", limits.maxMessageLength())
            .number("max_queue_capacity", limits.maxQueueCapacity())
            .number("lease_ms", limits.leaseMs())
            .number("max_held_bytes", limits.maxHeldBytes())
            .number("max_producers", limits.maxProducers());
    }

    private void publish(final PublishCommand its, final int presentation) {
        text.string(its.isTopic() ? "topic" : "queue", buffer, its.nameOffset(), its.nameLength());
        if (its.producerLength() > 0) {
            // The record has a sequence of its own.
            text.string("producer", buffer, its.producerOffset(), its.producerLength()).number("producer_sequence", its.producerSequence());
        }
        if ((presentation & Presentation.QUIET) != 0) {
            text.plain("confirm", "last");
        }
        if (its.count() == 1) {
            its.next();
            message(its);
            return;
        }
        text.beginArray("messages");
        for (int i = 0; i < its.count(); i++) {
            its.next();
            text.beginElement();
            message(its);
            text.end();
        }
        text.endArray();
    }

    private void message(final PublishCommand its) {
        text.payload(buffer, its.payloadOffset(), its.payloadLength());
        if (its.priority() != Limits.PRIORITY_DEFAULT) {
            text.number("priority", its.priority());
        }
        if (its.delayMs() != 0) {
            text.number("delay_ms", its.delayMs());
        }
        if (its.ttlMs() != PublishCommand.QUEUE_TTL) {
            text.number("ttl_ms", its.ttlMs());
        }
        if (its.headersLength() > 0) {
            text.headers(buffer, its.payloadOffset() + its.payloadLength(), its.headersLength());
        }
    }

    private void take(final TakeCommand its) {
        text.string("queue", buffer, its.nameOffset(), its.nameLength()).number("max", its.max());
        if (its.waitMs() != 0) {
            text.number("wait_ms", its.waitMs());
        }
        lease(its.leaseMs(), its.keep());
    }

    private void lease(final long leaseMs, final boolean keep) {
        if (leaseMs != TakeCommand.DEFAULT_LEASE) {
            text.number("lease_ms", leaseMs);
        }
        if (keep) {
            text.bool("keep", true);
        }
    }

    private void settle(final CommandType type, final SettleCommand its) {
        text.string("queue", buffer, its.nameOffset(), its.nameLength());
        switch (its.selection()) {
            case SettleCommand.ONE -> text.number("message", its.id(0));
            case SettleCommand.RANGE -> text.number("from", its.id(0)).number("to", its.id(1));
            default -> {
                text.beginArray("messages");
                for (int i = 0; i < its.count(); i++) {
                    text.element(its.id(i));
                }
                text.endArray();
            }
        }
        if (its.attempt() != SettleCommand.ANY_ATTEMPT) {
            text.number("attempt", its.attempt());
        }
        if (type == CommandType.NACK && its.durationMs() != 0) {
            text.number("delay_ms", its.durationMs());
        }
        if (type == CommandType.NACK && its.priority() != SettleCommand.SAME_PRIORITY) {
            text.number("priority", its.priority());
        }
        if (type == CommandType.EXTEND && its.durationMs() != TakeCommand.DEFAULT_LEASE) {
            text.number("lease_ms", its.durationMs());
        }
        if (its.reasonLength() > 0) {
            text.string("reason", buffer, its.reasonOffset(), its.reasonLength());
        }
    }

    private void steps(final AtomicCommand its) {
        text.beginArray("steps");
        for (int i = 0; i < its.count(); i++) {
            its.next();
            text.beginElement();
            command(its.stepOffset(), false);
            text.end();
        }
        text.endArray();
    }

    private void consume(final ConsumeCommand its) {
        text.string("queue", buffer, its.nameOffset(), its.nameLength()).number("credit", its.credit());
        lease(its.leaseMs(), its.keep());
    }

    private void bind(final BindingCommand its) {
        text.string("topic", buffer, its.topicOffset(), its.topicLength()).string("queue", buffer, its.nameOffset(), its.nameLength());
    }

    private void configure(final ConfigureCommand its) {
        text.string("queue", buffer, its.nameOffset(), its.nameLength());
        for (final Setting setting : SETTINGS) {
            if ((its.given() & setting.bit()) != 0) {
                final long value = its.value(setting);
                switch (setting) {
                    case ON_FULL -> text.plain(setting.word(), OnFull.of(value).word());
                    case PAUSED -> text.bool(setting.word(), value != 0);
                    default -> text.number(setting.word(), value);
                }
            }
        }
        if ((its.given() & ConfigureCommand.DEAD_LETTER) != 0) {
            text.string("dead_letter", buffer, its.deadLetterOffset(), its.deadLetterLength());
        }
    }

    private void queue(final CommandType type, final int offset) {
        text.string("queue", buffer, QueueCommand.nameOffset(offset), QueueCommand.nameLength(buffer, offset));
        final int argument = QueueCommand.argument(buffer, offset);
        if (type == CommandType.KICK) {
            text.number("max", argument);
        } else if (type == CommandType.DELETE) {
            text.bool("if_empty", argument == QueueCommand.IF_EMPTY);
        } else if (type == CommandType.PURGE && argument != MessageState.ALL_BUT_LEASED) {
            for (final MessageState state : MessageState.values()) {
                if ((argument & state.bit()) != 0) {
                    text.plain("state", state.word());
                }
            }
        }
    }

    private void peek(final PeekCommand its) {
        text.string("queue", buffer, its.nameOffset(), its.nameLength()).plain("state", its.state().word()).number("max", its.max());
    }

    private void queues(final QueuesCommand its) {
        text.string("prefix", buffer, its.prefixOffset(), its.prefixLength()).string("after", buffer, its.afterOffset(), its.afterLength())
            .number("max", its.max());
    }
}
