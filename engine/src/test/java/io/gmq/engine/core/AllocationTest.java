package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.SettleCommand;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.HandleCatcher;
import io.gmq.engine.kit.Peek;
import io.gmq.engine.kit.Publish;
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
    private final UnsafeBuffer bind = new UnsafeBuffer(commands.bind("t.*", "q"));
    private final UnsafeBuffer configure = new UnsafeBuffer(commands.configure(Configure.of("q").deadLetter("d").maxAttempts(9)));
    private final UnsafeBuffer toTopic = new UnsafeBuffer(commands.publish(Publish.toTopic("t.u", "x")));
    private final UnsafeBuffer byProducer = new UnsafeBuffer(commands.publish(Publish.toQueue("q", "x").by("p", 1)));
    private final UnsafeBuffer park = new UnsafeBuffer(commands.settle(Settle.park("q", 1)));
    private final UnsafeBuffer kick = new UnsafeBuffer(commands.kick("q", 1));
    private final UnsafeBuffer peek = new UnsafeBuffer(commands.peek(Peek.at("q")));
    private final UnsafeBuffer describe = new UnsafeBuffer(commands.describe("q"));
    private final UnsafeBuffer atomic =
        new UnsafeBuffer(commands.atomic(commands.settle(Settle.ack("q", 1)), commands.publish(Publish.toQueue("q", "x"))));
    private final UnsafeBuffer consume = new UnsafeBuffer(commands.by(3).consume(Consume.from("pushed").credit(9)));
    private final UnsafeBuffer toPushed = new UnsafeBuffer(commands.publish(Publish.toQueue("pushed", "x")));
    private final UnsafeBuffer ackPushed = new UnsafeBuffer(commands.settle(Settle.ack("pushed", 1)));
    private final UnsafeBuffer drained = new UnsafeBuffer(commands.drained(1000));
    private final UnsafeBuffer purge = new UnsafeBuffer(commands.purge("q", MessageState.ALL_BUT_LEASED));
    private long sequence = 100;
    private long producerSequence = 1;

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
        newer();
        kit.engine().reclaim(sequence);
    }

    private void newer() {
        apply(toTopic);
        apply(take);
        settle(park, caught.lastMessage());
        apply(kick);
        apply(peek);
        apply(describe);
        apply(take);
        SettleCommand.writeId(atomic, AtomicCommand.PREFIX_LENGTH + AtomicCommand.STEP_PREFIX_LENGTH + SettleCommand.prefixLength(1), 0,
            caught.lastMessage());
        apply(atomic);
        byProducer.putLong(PublishCommand.prefixLength(1, 1) - Short.BYTES - Long.BYTES, ++producerSequence);
        apply(byProducer);
        apply(byProducer);
        apply(purge);
        apply(toPushed);
        SettleCommand.writeId(ackPushed, SettleCommand.prefixLength("pushed".length()), 0, caught.lastMessage());
        apply(ackPushed);
        apply(drained);
    }

    @Test
    void shouldNotAllocatePerCommand() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        apply(configure);
        apply(bind);
        apply(consume);
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

        assertThat(caught.effects() - heard).as("all commands were obeyed").isGreaterThan(35L * ROUNDS);
        assertThat(kit.engine().messages()).isZero();
        assertThat(bytes).as("bytes for %d commands", 30 * ROUNDS).isLessThan(BYTES_MAX);
    }
}
