package io.gmq.broker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.MessageView;
import io.gmq.engine.sim.RandomCommands;
import io.gmq.journal.RecoveryProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of random commands: what is told of their past agrees with itself and with how things are. */
class PastPropertyTest {
    private static final int SEEDS = Integer.getInteger("gmq.history.seeds", 8);
    private static final int COMMANDS = 500;
    private static final int CHECKPOINT_EVERY = 90;
    private static final int SNAPSHOT_AT = 250;
    private static final Set<String> ENDS = Set.of("acked", "expired", "dropped", "purged", "deleted", "dead_lettered");

    @TempDir
    private Path temp;

    private PastKit past(final int seed) throws IOException {
        final PastKit past = new PastKit(temp.resolve("seed-" + seed));
        final RandomCommands random = new RandomCommands(seed);
        for (int i = 1; i <= COMMANDS; i++) {
            final byte[] command = random.next(past.engine().inspector().nextMessage() - 1);
            if (CommandHeader.type(new UnsafeBuffer(command), 0) != CommandType.DIGEST) {
                past.apply(command);
            }
            if (i % CHECKPOINT_EVERY == 0) {
                past.checkpoint();
            }
            if (i == SNAPSHOT_AT) {
                past.snapshot();
            }
        }
        return past;
    }

    @Test
    void shouldVerifyAndTellEveryMessage() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            try (PastKit past = past(seed)) {
                final Verification.Result result = new Verification(past.files(), RecoveryProgress.NONE).run();
                assertThat(result.findings()).as("seed %d", seed).isEmpty();
                assertThat(result.digest()).as("seed %d", seed).isEqualTo(past.digest());
                assertThat(result.digestsRight()).isEqualTo(COMMANDS / CHECKPOINT_EVERY + 1);
                assertThat(result.snapshotsCompared()).isEqualTo(1);
                final Set<String> queues = new HashSet<>();
                for (long message = 1; message < past.engine().inspector().nextMessage(); message++) {
                    trace(past, message, queues, "seed " + seed + ", message " + message);
                }
                countArrivals(past, queues, "seed " + seed);
            }
        }
    }

    private static void trace(final PastKit past, final long message, final Set<String> queues, final String seed) {
        final List<TraceEvent> events = new ArrayList<>();
        final History history = past.history();
        final Tracer tracer = new Tracer(history.engineAt(Base.BEGINNING), message, event -> {
            if (event.message() == message) {
                events.add(event);
            }
        });
        assertThat(history.walk(0, 0, tracer)).isEmpty();
        assertThat(events).as(seed).isNotEmpty();
        assertThat(events.get(0).what()).as(seed).isEqualTo("published");
        assertThat(events.stream().filter(event -> event.what().equals("published"))).as(seed).hasSize(1);
        queues.add((String) events.get(0).members().get("queue"));

        final MessageView view = new MessageView();
        final TraceEvent last = events.get(events.size() - 1);
        final boolean isEnded = ENDS.contains(last.what()) || last.members().containsKey("settled");
        assertThat(isEnded).as("%s: %s", seed, events).isEqualTo(!past.engine().inspector().message(message, view));
        assertThat(events.stream().filter(event -> ENDS.contains(event.what()))).as(seed).hasSizeLessThanOrEqualTo(1);
        if (!isEnded) {
            assertThat(attempts(events)).as("%s: %s", seed, events).isEqualTo(view.attempt);
            assertThat(last.what()).as(seed).isIn(switch (view.state) {
                case LEASED -> Set.of("delivered", "extended", "kept");
                case PARKED -> Set.of("parked");
                case DELAYED -> Set.of("published", "released");
                case READY -> Set.of("published", "released", "ready", "kicked");
            });
            assertThat(view.state == MessageState.LEASED).as(seed).isEqualTo(Set.of("delivered", "extended", "kept").contains(last.what()));
        }
    }

    /** How often it was given out since it was kicked last. */
    private static int attempts(final List<TraceEvent> events) {
        int attempts = 0;
        for (final TraceEvent event : events) {
            if (event.what().equals("kicked")) {
                attempts = 0;
            } else if (event.what().equals("delivered")) {
                attempts++;
                assertThat(event.members()).containsEntry("attempt", attempts);
            }
        }
        return attempts;
    }

    /** Every message came into one queue, and into no other. */
    private static void countArrivals(final PastKit past, final Set<String> queues, final String seed) {
        long arrived = 0;
        for (final String queue : queues) {
            final List<Arrival> all = new ArrayList<>();
            final History history = past.history();
            final Arrivals arrivals = new Arrivals(history.engineAt(Base.BEGINNING), queue);
            assertThat(history.walk(0, 0, (sequence, timeMs, buffer, offset, length) -> {
                arrivals.apply(timeMs, buffer, offset, length, all::add);
                return true;
            })).isEmpty();
            arrived += all.size();
        }
        assertThat(arrived).as(seed).isEqualTo(past.engine().inspector().nextMessage() - 1);
    }
}
