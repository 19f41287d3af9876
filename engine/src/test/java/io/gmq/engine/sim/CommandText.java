package io.gmq.engine.sim;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.DigestCommand;
import io.gmq.engine.api.DrainedCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.StorageCommand;
import io.gmq.engine.api.TakeCommand;
import java.util.Locale;
import java.util.StringJoiner;
import org.agrona.concurrent.UnsafeBuffer;

/** A command as a line, for people who read a failure. */
final class CommandText {
    private static final int SHOWN_MAX = 40;
    private static final int MESSAGES_SHOWN_MAX = 20;

    private CommandText() {
    }

    static String of(final byte[] command) {
        return of(new UnsafeBuffer(command), 0);
    }

    private static String of(final UnsafeBuffer buffer, final int offset) {
        final CommandType type = CommandHeader.type(buffer, offset);
        return String.format(Locale.ROOT, "@%d c%d#%d %s %s", CommandHeader.timestampMs(buffer, offset),
            CommandHeader.connection(buffer, offset), CommandHeader.correlation(buffer, offset), type.operation(), body(type, buffer, offset));
    }

    private static String body(final CommandType type, final UnsafeBuffer buffer, final int offset) {
        return switch (type) {
            case START -> Limits.read(buffer, offset + CommandHeader.LENGTH).toString();
            case PUBLISH -> publish(buffer, offset);
            case TAKE -> take(buffer, offset);
            case ACK, NACK, EXTEND, PARK -> settle(buffer, offset);
            case ATOMIC -> atomic(buffer, offset);
            case CONSUME -> consume(buffer, offset);
            case CREDIT, CANCEL -> ConsumerCommand.consumer(buffer, offset) + " +" + ConsumerCommand.credit(buffer, offset);
            case DRAINED -> DrainedCommand.bytes(buffer, offset) + "B";
            case PEEK -> peek(buffer, offset);
            case BIND, UNBIND -> binding(buffer, offset);
            case CONFIGURE -> configure(buffer, offset);
            case LENGTH, DESCRIBE, KICK, PURGE, DELETE -> name(buffer, QueueCommand.nameOffset(offset), QueueCommand.nameLength(buffer, offset))
                + " " + QueueCommand.argument(buffer, offset);
            case QUEUES -> queues(buffer, offset);
            case DIGEST -> Long.toHexString(DigestCommand.digest(buffer, offset));
            case STORAGE -> StorageCommand.state(buffer, offset).word();
            case CLOSE, TICK, HELLO, PING, REJECT, CHECKPOINT -> "";
        };
    }

    private static String name(final UnsafeBuffer buffer, final int offset, final int length) {
        final String name = ModelState.readable(ModelState.text(buffer, offset, length));
        return name.length() > SHOWN_MAX ? name.charAt(0) + "*" + length : name;
    }

    private static String publish(final UnsafeBuffer buffer, final int offset) {
        final PublishCommand publish = new PublishCommand().wrap(buffer, offset);
        final StringJoiner text = new StringJoiner(" ");
        text.add((publish.isTopic() ? "topic " : "") + name(buffer, publish.nameOffset(), publish.nameLength()));
        if (publish.producerLength() > 0) {
            text.add("producer=" + name(buffer, publish.producerOffset(), publish.producerLength()) + "/" + publish.producerSequence());
        }
        if (publish.count() > MESSAGES_SHOWN_MAX) {
            return text.add(publish.count() + " messages").toString();
        }
        for (int i = 0; i < publish.count(); i++) {
            publish.next();
            text.add("'" + name(buffer, publish.payloadOffset(), publish.payloadLength()) + "'+" + publish.headersLength() + "/p"
                + publish.priority() + "/d" + publish.delayMs() + "/ttl" + publish.ttlMs());
        }
        return text.toString();
    }

    private static String take(final UnsafeBuffer buffer, final int offset) {
        final TakeCommand take = new TakeCommand().wrap(buffer, offset);
        return name(buffer, take.nameOffset(), take.nameLength()) + " max=" + take.max() + " wait=" + take.waitMs() + " lease="
            + take.leaseMs() + (take.keep() ? " keep" : "") + " room=" + take.replyBytesMax() + "*" + take.expansion();
    }

    private static String settle(final UnsafeBuffer buffer, final int offset) {
        final SettleCommand settle = new SettleCommand().wrap(buffer, offset);
        final StringJoiner text = new StringJoiner(" ");
        text.add(name(buffer, settle.nameOffset(), settle.nameLength()));
        text.add(settle.selection() == SettleCommand.RANGE ? "range" : settle.selection() == SettleCommand.LIST ? "list" : "one");
        for (int i = 0; i < settle.count(); i++) {
            text.add(Long.toString(settle.id(i)));
        }
        return text.add("attempt=" + settle.attempt()).add("priority=" + settle.priority()).add("for=" + settle.durationMs())
            .add("reason=" + name(buffer, settle.reasonOffset(), settle.reasonLength())).toString();
    }

    private static String atomic(final UnsafeBuffer buffer, final int offset) {
        final AtomicCommand atomic = new AtomicCommand().wrap(buffer, offset);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < atomic.count(); i++) {
            atomic.next();
            text.append("\n      ").append(of(buffer, atomic.stepOffset()));
        }
        return text.toString();
    }

    private static String consume(final UnsafeBuffer buffer, final int offset) {
        final ConsumeCommand consume = new ConsumeCommand().wrap(buffer, offset);
        return name(buffer, consume.nameOffset(), consume.nameLength()) + " credit=" + consume.credit() + " lease=" + consume.leaseMs()
            + (consume.keep() ? " keep" : "") + " room=" + consume.pushBytesMax() + "*" + consume.expansion();
    }

    private static String peek(final UnsafeBuffer buffer, final int offset) {
        final PeekCommand peek = new PeekCommand().wrap(buffer, offset);
        return name(buffer, peek.nameOffset(), peek.nameLength()) + " " + peek.state().word() + " max=" + peek.max() + " room="
            + peek.replyBytesMax() + "*" + peek.expansion();
    }

    private static String binding(final UnsafeBuffer buffer, final int offset) {
        final BindingCommand binding = new BindingCommand().wrap(buffer, offset);
        return name(buffer, binding.topicOffset(), binding.topicLength()) + " -> "
            + name(buffer, binding.nameOffset(), binding.nameLength());
    }

    private static String configure(final UnsafeBuffer buffer, final int offset) {
        final ConfigureCommand configure = new ConfigureCommand().wrap(buffer, offset);
        final StringJoiner text = new StringJoiner(" ");
        text.add(name(buffer, configure.nameOffset(), configure.nameLength()));
        for (final Setting setting : Setting.values()) {
            if ((configure.given() & setting.bit()) != 0) {
                text.add(setting.word() + "=" + configure.value(setting));
            }
        }
        if ((configure.given() & ConfigureCommand.DEAD_LETTER) != 0) {
            text.add("dead_letter=" + name(buffer, configure.deadLetterOffset(), configure.deadLetterLength()));
        }
        return text.toString();
    }

    private static String queues(final UnsafeBuffer buffer, final int offset) {
        final QueuesCommand queues = new QueuesCommand().wrap(buffer, offset);
        return "prefix=" + name(buffer, queues.prefixOffset(), queues.prefixLength()) + " after="
            + name(buffer, queues.afterOffset(), queues.afterLength()) + " max=" + queues.max() + " room=" + queues.replyBytesMax();
    }
}
