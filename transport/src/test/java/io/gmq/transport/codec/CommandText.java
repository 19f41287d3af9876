package io.gmq.transport.codec;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.BindingCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.ConsumeCommand;
import io.gmq.engine.api.ConsumerCommand;
import io.gmq.engine.api.PeekCommand;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueueCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** A command as text, every field of it, as whoever asked for it would write it down. */
final class CommandText {
    private static final String[] PRESENTATIONS = {"named", "text", "details", "single", "batch", "one-shot", "close", "quiet"};

    private CommandText() {
    }

    static String of(final DirectBuffer buffer, final int offset) {
        final CommandType type = CommandHeader.type(buffer, offset);
        return type.operation() + " id=" + CommandHeader.correlation(buffer, offset) + " level=" + CommandHeader.level(buffer, offset).level()
            + presentation(CommandHeader.presentation(buffer, offset)) + body(type, buffer, offset);
    }

    /** The bits of {@link Presentation} by name. */
    static String presentation(final int bits) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < PRESENTATIONS.length; i++) {
            text.append((bits & 1 << i) == 0 ? "" : "+" + PRESENTATIONS[i]);
        }
        return text.toString();
    }

    private static String body(final CommandType type, final DirectBuffer buffer, final int offset) {
        return switch (type) {
            case PUBLISH -> publish(new PublishCommand().wrap(buffer, offset), buffer);
            case TAKE -> take(new TakeCommand().wrap(buffer, offset), buffer);
            case ACK, NACK, EXTEND, PARK -> settle(new SettleCommand().wrap(buffer, offset), buffer);
            case LENGTH, DESCRIBE, KICK, PURGE, DELETE -> " queue=" + text(buffer, QueueCommand.nameOffset(offset),
                QueueCommand.nameLength(buffer, offset)) + " argument=" + QueueCommand.argument(buffer, offset);
            case PEEK -> peek(new PeekCommand().wrap(buffer, offset), buffer);
            case ATOMIC -> atomic(new AtomicCommand().wrap(buffer, offset), buffer);
            case CONSUME -> consume(new ConsumeCommand().wrap(buffer, offset), buffer);
            case CREDIT, CANCEL -> " consumer=" + ConsumerCommand.consumer(buffer, offset) + " credit=" + ConsumerCommand.credit(buffer, offset);
            case BIND, UNBIND -> binding(new BindingCommand().wrap(buffer, offset), buffer);
            case CONFIGURE -> configure(new ConfigureCommand().wrap(buffer, offset), buffer);
            case QUEUES -> queues(new QueuesCommand().wrap(buffer, offset), buffer);
            default -> "";
        };
    }

    static String text(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String publish(final PublishCommand its, final DirectBuffer buffer) {
        final StringBuilder text = new StringBuilder(its.isTopic() ? " topic=" : " queue=").append(text(buffer, its.nameOffset(), its.nameLength()));
        if (its.producerLength() > 0) {
            text.append(" producer=").append(text(buffer, its.producerOffset(), its.producerLength())).append('/').append(its.producerSequence());
        }
        for (int i = 0; i < its.count(); i++) {
            its.next();
            final byte[] payload = new byte[its.payloadLength()];
            buffer.getBytes(its.payloadOffset(), payload);
            text.append(" [").append(HexFormat.of().formatHex(payload)).append(" p").append(its.priority()).append(" d").append(its.delayMs())
                .append(" t").append(its.ttlMs());
            int at = its.payloadOffset() + its.payloadLength();
            final int to = at + its.headersLength();
            while (at < to) {
                final int length = buffer.getShort(at) & 0xFFFF;
                text.append(' ').append(text(buffer, at + 2, length));
                at += 2 + length;
            }
            text.append(']');
        }
        return text.toString();
    }

    private static String take(final TakeCommand its, final DirectBuffer buffer) {
        return " queue=" + text(buffer, its.nameOffset(), its.nameLength()) + " max=" + its.max() + " wait=" + its.waitMs() + " lease=" + its.leaseMs()
            + " keep=" + its.keep() + " expansion=" + its.expansion();
    }

    private static String settle(final SettleCommand its, final DirectBuffer buffer) {
        final StringBuilder text = new StringBuilder(" queue=" + text(buffer, its.nameOffset(), its.nameLength()) + " reason="
            + text(buffer, its.reasonOffset(), its.reasonLength()) + " duration=" + its.durationMs() + " attempt=" + its.attempt() + " priority="
            + its.priority() + " selection=" + its.selection());
        for (int i = 0; i < its.count(); i++) {
            text.append(' ').append(its.id(i));
        }
        return text.toString();
    }

    private static String peek(final PeekCommand its, final DirectBuffer buffer) {
        return " queue=" + text(buffer, its.nameOffset(), its.nameLength()) + " max=" + its.max() + " state=" + its.state().word() + " expansion="
            + its.expansion();
    }

    private static String atomic(final AtomicCommand its, final DirectBuffer buffer) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < its.count(); i++) {
            its.next();
            text.append(" {").append(of(buffer, its.stepOffset())).append('}');
        }
        return text.toString();
    }

    private static String consume(final ConsumeCommand its, final DirectBuffer buffer) {
        return " queue=" + text(buffer, its.nameOffset(), its.nameLength()) + " credit=" + its.credit() + " lease=" + its.leaseMs() + " keep="
            + its.keep() + " expansion=" + its.expansion();
    }

    private static String binding(final BindingCommand its, final DirectBuffer buffer) {
        return " topic=" + text(buffer, its.topicOffset(), its.topicLength()) + " queue=" + text(buffer, its.nameOffset(), its.nameLength());
    }

    private static String configure(final ConfigureCommand its, final DirectBuffer buffer) {
        final StringBuilder text = new StringBuilder(" queue=" + text(buffer, its.nameOffset(), its.nameLength()));
        for (final Setting setting : Setting.values()) {
            text.append((its.given() & setting.bit()) == 0 ? "" : " " + setting.word() + "=" + its.value(setting));
        }
        return text + ((its.given() & ConfigureCommand.DEAD_LETTER) == 0 ? ""
            : " dead_letter=" + text(buffer, its.deadLetterOffset(), its.deadLetterLength()));
    }

    private static String queues(final QueuesCommand its, final DirectBuffer buffer) {
        return " prefix=" + text(buffer, its.prefixOffset(), its.prefixLength()) + " after=" + text(buffer, its.afterOffset(), its.afterLength())
            + " max=" + its.max();
    }
}
