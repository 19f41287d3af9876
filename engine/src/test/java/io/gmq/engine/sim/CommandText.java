package io.gmq.engine.sim;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.LengthCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.QueuesCommand;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.api.TakeCommand;
import java.util.Locale;
import java.util.StringJoiner;
import org.agrona.concurrent.UnsafeBuffer;

/** A command as a line, for people who read a failure. */
final class CommandText {
    private CommandText() {
    }

    static String of(final byte[] command) {
        final UnsafeBuffer buffer = new UnsafeBuffer(command);
        final CommandType type = CommandHeader.type(buffer, 0);
        return String.format(Locale.ROOT, "@%d c%d#%d %s %s", CommandHeader.timestampMs(buffer, 0), CommandHeader.connection(buffer, 0),
            CommandHeader.correlation(buffer, 0), type.operation(), switch (type) {
                case START -> Limits.read(buffer, CommandHeader.LENGTH).toString();
                case PUBLISH -> publish(buffer);
                case TAKE -> take(buffer);
                case ACK, NACK, EXTEND -> settle(buffer);
                case LENGTH -> name(buffer, LengthCommand.nameOffset(0), LengthCommand.nameLength(buffer, 0));
                case QUEUES -> queues(buffer);
                case CLOSE, TICK, HELLO, PING, REJECT -> "";
            });
    }

    private static String name(final UnsafeBuffer buffer, final int offset, final int length) {
        final String name = ModelState.readable(ModelState.text(buffer, offset, length));
        return name.length() > 20 ? name.substring(0, 1) + "*" + length : name;
    }

    private static String publish(final UnsafeBuffer buffer) {
        final PublishCommand publish = new PublishCommand().wrap(buffer, 0);
        final StringJoiner text = new StringJoiner(" ");
        text.add(name(buffer, publish.nameOffset(), publish.nameLength()));
        for (int i = 0; i < publish.count(); i++) {
            publish.next();
            text.add("'" + ModelState.text(buffer, publish.payloadOffset(), publish.payloadLength()) + "'+" + publish.headersLength()
                + "/p" + publish.priority() + "/d" + publish.delayMs());
        }
        return text.toString();
    }

    private static String take(final UnsafeBuffer buffer) {
        final TakeCommand take = new TakeCommand().wrap(buffer, 0);
        return name(buffer, take.nameOffset(), take.nameLength()) + " max=" + take.max() + " wait=" + take.waitMs() + " lease="
            + take.leaseMs() + (take.keep() ? " keep" : "") + " room=" + take.replyBytesMax() + "*" + take.expansion();
    }

    private static String settle(final UnsafeBuffer buffer) {
        final SettleCommand settle = new SettleCommand().wrap(buffer, 0);
        final StringJoiner text = new StringJoiner(" ");
        text.add(name(buffer, settle.nameOffset(), settle.nameLength()));
        text.add(settle.selection() == SettleCommand.RANGE ? "range" : settle.selection() == SettleCommand.LIST ? "list" : "one");
        for (int i = 0; i < settle.count(); i++) {
            text.add(Long.toString(settle.id(i)));
        }
        return text.add("attempt=" + settle.attempt()).add("priority=" + settle.priority()).add("for=" + settle.durationMs()).toString();
    }

    private static String queues(final UnsafeBuffer buffer) {
        final QueuesCommand queues = new QueuesCommand().wrap(buffer, 0);
        return "prefix=" + name(buffer, queues.prefixOffset(), queues.prefixLength()) + " after="
            + name(buffer, queues.afterOffset(), queues.afterLength()) + " max=" + queues.max() + " room=" + queues.replyBytesMax();
    }
}
