package io.gmq.transport.ingress;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.ring.CommandSink;
import io.gmq.transport.tcp.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;

/** Where commands go in a test: keeps them, has as much room as it is given, and is done with each at once. */
final class RecordedCommands implements CommandSink {
    final List<byte[]> commands = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    int flushes;

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length, final Object origin, final int replyBytes) {
        if (commands.size() >= room) {
            return false;
        }
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        commands.add(copy);
        if (origin instanceof Connection connection) {
            connection.releaseReserved(replyBytes);
        }
        return true;
    }

    @Override
    public void flush() {
        flushes++;
    }

    List<CommandType> types() {
        return commands.stream().map(command -> CommandType.of(command[0])).toList();
    }

    List<String> texts() {
        return commands.stream().map(HexFormat.of()::formatHex).toList();
    }
}
