package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.HandleCatcher;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Commands that come all day make no garbage. */
final class AllocationTest {
    private static final int ROUNDS = 100_000;
    /** What the measurement itself and a late compilation may take: less than a byte a command. */
    private static final long BYTES_MAX = 64 * 1024;

    private final EngineKit kit = new EngineKit();
    private final HandleCatcher caught = new HandleCatcher();
    private final Commands commands = new Commands().at(EngineKit.START_MS).by(2);
    private final UnsafeBuffer publish = new UnsafeBuffer(commands.publish("q", Draft.ofLength(200).headers("a header"), Draft.ofLength(5)));
    private final UnsafeBuffer take = new UnsafeBuffer(commands.take(Take.from("q").max(2)));
    private final UnsafeBuffer wait = new UnsafeBuffer(commands.take(Take.from("q").max(2).waitMs(50)));
    private final UnsafeBuffer length = new UnsafeBuffer(commands.length("q"));
    private final UnsafeBuffer queues = new UnsafeBuffer(commands.queues("", "", 10, 1 << 20));
    private final UnsafeBuffer tick = new UnsafeBuffer(commands.plain(CommandType.TICK));
    private final UnsafeBuffer ack = new UnsafeBuffer(commands.settle(Settle.ack("q", 1)));
    private final UnsafeBuffer nack = new UnsafeBuffer(commands.settle(Settle.nack("q", 1)));
    private final UnsafeBuffer extend = new UnsafeBuffer(commands.settle(Settle.extend("q", 1)));
    private long sequence = 100;

    private void apply(final UnsafeBuffer command) {
        kit.engine().apply(++sequence, command, 0, command.capacity(), caught);
    }

    private void settle(final UnsafeBuffer command, final long message) {
        SettleCommand.writeId(command, SettleCommand.prefixLength(1), 0, message);
        apply(command);
    }

    /** Every command of a working day; leaves the engine as it was. */
    private void round() {
        apply(publish);
        apply(take);
        final long second = caught.lastMessage();
        settle(extend, second);
        settle(nack, second);
        apply(take);
        settle(ack, second);
        settle(ack, second - 1);
        apply(take);
        apply(wait);
        apply(publish);
        settle(ack, caught.lastMessage());
        settle(ack, caught.lastMessage() - 1);
        apply(length);
        apply(queues);
        apply(tick);
        kit.engine().reclaim(sequence);
    }

    @Test
    void shouldNotAllocatePerCommand() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        kit.publish(2, "q", "warm");
        kit.take(2, Take.from("q").leaseMs(0));
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
        final long heard = caught.effects();
        final long id = Thread.currentThread().getId();
        final long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < ROUNDS; i++) {
            round();
        }
        final long bytes = threads.getThreadAllocatedBytes(id) - before;

        assertThat(caught.effects() - heard).as("all commands were obeyed").isGreaterThan(20L * ROUNDS);
        assertThat(kit.engine().messages()).isZero();
        assertThat(bytes).as("bytes for %d commands", 16 * ROUNDS).isLessThan(BYTES_MAX);
    }
}
