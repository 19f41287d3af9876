package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged requests by the thousand: each line gets exactly one reply in good form, and the broker lives. */
class FuzzTest {
    private static final int LINES = 15_000;
    private static final String[] GOOD = {
        "{\"id\":1,\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"h\\u00e9llo \\ud83d\\ude00\",\"priority\":9,\"headers\":{\"a\":\"b\"}}",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"payload\":\"aGVsbG8=\",\"delay_ms\":5,\"durability\":\"written\"}",
        "{\"operation\":\"publish\",\"queue\":\"q2\",\"messages\":[{\"text\":\"a\"},{\"payload\":\"Yg==\",\"priority\":1}]}",
        "{\"id\":2,\"operation\":\"take\",\"queue\":\"q\",\"max\":10,\"lease_ms\":50,\"as\":\"text\",\"details\":true}",
        "{\"operation\":\"take\",\"queue\":\"q2\",\"lease_ms\":0,\"keep\":false}",
        "{\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[1,2,3,4]}",
        "{\"operation\":\"nack\",\"queue\":\"q\",\"from\":1,\"to\":900,\"delay_ms\":1,\"priority\":3}",
        "{\"operation\":\"extend\",\"queue\":\"q\",\"message\":7,\"attempt\":1,\"lease_ms\":20}",
        "{\"operation\":\"length\",\"queue\":\"q\"}",
        "{\"operation\":\"queues\",\"prefix\":\"\",\"after\":\"a\",\"max\":3}",
        "{\"operation\":\"hello\",\"version\":1,\"name\":\"x\",\"auth\":{\"user\":\"u\",\"password\":\"p\"}}",
        "{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"x\",\"ttl_ms\":20,\"producer\":\"p\",\"sequence\":12,\"confirm\":\"each\"}",
        "{\"operation\":\"publish\",\"topic\":\"a.b\",\"text\":\"to all\",\"priority\":2}",
        "{\"operation\":\"bind\",\"topic\":\"a.*\",\"queue\":\"q2\"}",
        "{\"operation\":\"unbind\",\"topic\":\"a.>\",\"queue\":\"q\"}",
        "{\"operation\":\"park\",\"queue\":\"q\",\"from\":1,\"to\":900,\"reason\":\"why\"}",
        "{\"operation\":\"kick\",\"queue\":\"q\",\"max\":5}",
        "{\"id\":3,\"operation\":\"peek\",\"queue\":\"q\",\"state\":\"parked\",\"max\":2,\"as\":\"text\",\"details\":true}",
        "{\"operation\":\"atomic\",\"steps\":[{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"a\"},{\"operation\":\"ack\",\"queue\":\"q\",\"messages\":[1]}]}",
        "{\"operation\":\"consume\",\"queue\":\"q2\",\"credit\":3,\"lease_ms\":30,\"as\":\"text\"}",
        "{\"operation\":\"credit\",\"consumer\":1,\"credit\":2}",
        "{\"operation\":\"cancel\",\"consumer\":2}",
        "{\"operation\":\"configure\",\"queue\":\"q\",\"capacity\":99,\"max_attempts\":2,\"dead_letter\":\"q2\",\"on_full\":\"drop_oldest\",\"paused\":false}",
        "{\"operation\":\"describe\",\"queue\":\"q2\"}",
        "{\"operation\":\"purge\",\"queue\":\"q2\",\"state\":\"ready\"}",
        "{\"operation\":\"delete\",\"queue\":\"q2\",\"if_empty\":true}",
        "{\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"\",\"confirmation\":\"\",\"error\":null,\"auth\":{}}"};
    private static final Set<String> CODES = Set.of("bad_json", "bad_request", "bad_payload", "unknown_operation", "no_such_queue", "not_leased",
        "not_empty", "queue_full", "unsupported", "too_many_queues", "message_too_large");

    @TempDir
    Path temp;

    @ParameterizedTest
    @EnumSource(value = Setup.class, names = {"COMPACT_FILESYSTEM", "DEDICATED_MEMORY"})
    void shouldAnswerEveryLineOnce(final Setup setup) {
        final long seed = Long.getLong("gmq.seed", System.nanoTime());
        System.out.println("FuzzTest: repeat with -Dgmq.seed=" + seed);
        final Random random = new Random(seed);
        final ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < LINES; i++) {
            lines.writeBytes(damaged(random));
            lines.write('\n');
        }
        int confirmed = 0;
        try (TestBroker broker = new TestBroker(temp, setup.settings("queue.max_queue_number=20")); Wire wire = broker.connect()) {
            final Mailbox box = new Mailbox(wire);
            final CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> wire.sendRaw(lines.toByteArray()).send("{'id':4711,'operation':'ping'}"));
            int last = 0;
            for (int i = 0; i < LINES + 1; i++) {
                final Reply reply = box.reply();
                last += reply.line().equals("{\"id\":4711,\"confirmation\":\"Y\"}") ? 1 : 0;
                confirmed += reply.isConfirmed() ? 1 : 0;
                assertThat(reply.isConfirmed() || CODES.contains(reply.code())).as("seed %d: %s", seed, reply).isTrue();
            }
            sending.join();
            assertThat(last).as("replies to the last request, seed %d", seed).isEqualTo(1);
            assertThat(box.confirm("{'id':4712,'operation':'ping'}").number("id")).as("the next reply, seed %d", seed).isEqualTo(4712);
        }
        assertThat(confirmed).as("confirmed of %d, seed %d", LINES, seed).isBetween(LINES / 20, LINES * 9 / 10);
    }

    /** A good request with some bytes changed, taken out, put in or repeated; never an empty line, never two. */
    private static byte[] damaged(final Random random) {
        final byte[] good = GOOD[random.nextInt(GOOD.length)].getBytes(StandardCharsets.UTF_8);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final int damages = random.nextInt(4);
        final int every = Math.max(1, good.length / Math.max(1, damages));
        int next = damages == 0 ? good.length : random.nextInt(every);
        for (int i = 0; i < good.length; i++) {
            if (i < next) {
                out.write(good[i]);
                continue;
            }
            next += 1 + random.nextInt(every * 2);
            switch (random.nextInt(5)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.write("{}[]\":,\\0123456789.-eE".charAt(random.nextInt(22)));
                case 2 -> { }
                case 3 -> out.write(good, i, random.nextInt(good.length - i + 1));
                default -> {
                    out.write(good[i]);
                    out.write(good[random.nextInt(good.length)]);
                }
            }
        }
        final byte[] line = out.toByteArray();
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
        }
        return line.length == 0 ? new byte[] {'x'} : line;
    }
}
