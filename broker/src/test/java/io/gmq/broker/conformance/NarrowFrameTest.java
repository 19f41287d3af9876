package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The narrowest frames that may be configured: no reply is longer, and each still says something. */
class NarrowFrameTest {
    private static final int MAX_FRAME_LENGTH = 35_840;
    private static final int MAX_MESSAGE_LENGTH = 1024;

    @TempDir
    Path temp;

    private TestBroker broker;
    private Wire wire;

    @BeforeEach
    void start() {
        broker = new TestBroker(temp, "queue.queue_type=memory", "ring.profile=compact", "queue.max_message_length=" + MAX_MESSAGE_LENGTH,
            "network.max_frame_length=" + MAX_FRAME_LENGTH);
        wire = broker.connect();
    }

    @AfterEach
    void stop() {
        wire.close();
        broker.close();
    }

    private Reply confirm(final String request) {
        final Reply reply = wire.confirm(request);
        assertThat(reply.line().getBytes(StandardCharsets.UTF_8).length).as(request).isLessThanOrEqualTo(MAX_FRAME_LENGTH);
        return reply;
    }

    @Test
    void shouldGiveTheLongestMessageWithTheLongestHeadersEscaped() {
        final String text = "\\u0001".repeat(MAX_MESSAGE_LENGTH);
        final String headers = IntStream.range(0, 32).mapToObj(i -> "'" + "\\u0002".repeat(i) + "':'" + "\\u0003".repeat(128 - i) + "'").reduce((a, b) -> a + "," + b)
            .orElseThrow();
        wire.confirm("{'operation':'publish','queue':'q','text':'" + text + "','headers':{" + headers + "},'priority':0}");
        wire.confirm("{'operation':'take','queue':'q'}");
        wire.confirm("{'operation':'park','queue':'q','message':1,'reason':'" + "\\u0004".repeat(255) + "'}");
        final Reply reply =
            confirm("{'id':9007199254740991,'operation':'peek','queue':'q','state':'parked','max':1000,'as':'text','details':true}");
        final Reply message = reply.messages().get(0);
        assertThat(message.string("text")).isEqualTo("\u0001".repeat(MAX_MESSAGE_LENGTH));
        assertThat(message.object("headers").members()).hasSize(32);
        assertThat(message.string("reason")).isEqualTo("\u0004".repeat(255));
        assertThat(reply.line().length()).as("close to the limit").isGreaterThan(MAX_FRAME_LENGTH * 9 / 10);
    }

    @Test
    void shouldListQueuesInPagesOfTheFrameLimit() {
        final int count = 150;
        for (int i = 0; i < count; i++) {
            wire.confirm("{'operation':'publish','queue':'" + String.format("%03d", i) + "\\\\".repeat(252) + "','text':''}");
        }
        final List<String> names = new ArrayList<>();
        Reply page = confirm("{'operation':'queues','max':1000}");
        int pages = 1;
        while (page.has("more")) {
            page.objects("queues").forEach(queue -> names.add(queue.string("queue")));
            page = confirm("{'operation':'queues','max':1000,'after':'" + names.get(names.size() - 1).replace("\\", "\\\\") + "'}");
            pages++;
        }
        page.objects("queues").forEach(queue -> names.add(queue.string("queue")));
        assertThat(names).hasSize(count).isSorted().doesNotHaveDuplicates();
        assertThat(pages).isGreaterThan(1);
    }

    @Test
    void shouldNameAThousandMissingIds() {
        wire.confirm("{'operation':'publish','queue':'q','text':''}");
        final List<Long> ids = LongStream.range(0, 1000).map(i -> Long.MAX_VALUE - i).boxed().toList();
        final Reply reply = confirm("{'operation':'ack','queue':'q','messages':" + ids.toString().replace(" ", "") + "}");
        assertThat(reply.array("missing")).isEqualTo(ids);
    }

    @Test
    void shouldSurviveClientsThatComeAndGoFasterThanTheyAreForgotten() {
        try (TestBroker small = new TestBroker(temp.resolve("small"), "queue.queue_type=memory", "ring.profile=dedicated", "network.max_connections=2");
            Wire stays = small.connect()) {
            stays.confirm("{'operation':'ping'}");
            for (int i = 0; i < 1000; i++) {
                try (Wire hasty = small.connect()) {
                    hasty.sendRaw("{\"id\":1,\"operation\":\"ping\"}\n{\"id\":2,\"operation\":\"ping\"}\n");
                    if (i % 3 > 0) {
                        hasty.reset();
                    }
                } catch (final UncheckedIOException refused) {
                    // no room for it, which it learned before it had sent anything
                }
            }
            stays.confirm("{'operation':'ping'}");
        }
    }
}
