package io.gmq.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Ending;
import io.gmq.engine.api.Inspector;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.ReplyTo;
import io.gmq.engine.core.Engine;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.HandleCatcher;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the engine tells of its messages, against what is there, over random commands. */
final class ToldFatesTest {
    private static final int SEEDS = Integer.getInteger("gmq.sim.fates", 48);
    private static final int COMMANDS = 3000;
    private static final int COMPARE_EVERY = 50;

    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);

    @Test
    void shouldTellOfEachMessageHowItStands() {
        for (int seed = 0; seed < SEEDS; seed++) {
            try {
                run(seed);
            } catch (final AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        for (final Ending ending : Ending.values()) {
            assertThat(endings.getOrDefault(ending, 0)).as(ending.word()).isPositive();
        }
    }

    private void run(final int seed) {
        final ToldFates fates = new ToldFates();
        final Engine engine = new Engine(fates);
        final Engine deaf = new Engine();
        final Inspector inspector = engine.inspector();
        final MessageView view = new MessageView();
        final RandomCommands random = new RandomCommands(seed, id -> inspector.message(id, view)
            ? view.queue.getStringWithoutLengthUtf8(0, view.queue.capacity()) : null);
        for (int i = 0; i < COMMANDS; i++) {
            final byte[] command = random.next(inspector.nextMessage() - 1);
            apply(engine, command);
            apply(deaf, command);
            if (i % COMPARE_EVERY == 0) {
                fates.compare(inspector, engine.messages());
            }
        }
        final byte[] tick = new Commands().at(inspector.nowMs()).plain(CommandType.TICK);
        while (engine.nextDeadlineMs() == 0) {
            apply(engine, tick);
            apply(deaf, tick);
        }
        fates.compare(inspector, engine.messages());
        assertThat(engine.digest()).as("whoever listens changes nothing").isEqualTo(deaf.digest());
        for (final Ending ending : Ending.values()) {
            endings.merge(ending, fates.ended(ending), Integer::sum);
        }
    }

    private static void apply(final Engine engine, final byte[] command) {
        engine.apply(1, new UnsafeBuffer(command), 0, command.length, new Unheard());
        engine.reclaim(1);
    }

    private static final class Unheard extends HandleCatcher {
        @Override
        public void refused(
            final ReplyTo to, final RefusalCode code, final DirectBuffer name, final int offset,
            final int length, final long limit, final long actual, final int step) {
            // a refusal tells of no message
        }
    }
}
