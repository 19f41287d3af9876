package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.Setting;
import io.gmq.engine.api.StorageState;
import io.gmq.engine.kit.Commands;
import io.gmq.engine.kit.Configure;
import io.gmq.engine.kit.Consume;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.EngineKit;
import io.gmq.engine.kit.Peek;
import io.gmq.engine.kit.Publish;
import io.gmq.engine.kit.Settle;
import io.gmq.engine.kit.Take;
import io.gmq.engine.sim.RandomCommands;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Every kind of record as JSON. */
class RecordJsonTest {
    private static final int SEEDS = 20;
    private static final int COMMANDS = 300;

    private final Commands commands = new Commands().by(3).at(1_764_097_460_123L);

    private static String json(final byte[] command) {
        final JsonText text = new JsonText();
        new RecordJson(text).line(17, new UnsafeBuffer(command), 0);
        return text.out().toString();
    }

    /** What follows the words that all lines have. */
    private static String members(final byte[] command) {
        final String line = json(command);
        final String prefix = "{\"sequence\":17,\"time\":\"2025-11-25T19:04:20.123Z\",\"operation\":\"";
        assertThat(line).startsWith(prefix).endsWith("}\n");
        return line.substring(prefix.length(), line.length() - 2).replace('"', '\'');
    }

    @Test
    void shouldTellWhoAskedAndHow() {
        commands.reply(9, Presentation.TEXT, Durability.SYNCED);
        assertThat(members(commands.take(Take.from("q")))).isEqualTo("take','connection':3,'id':9,'durability':'synced','queue':'q','max':1,'as':'text'");
        assertThat(members(new Commands().by(CommandHeader.HOST).at(1_764_097_460_123L).plain(CommandType.TICK))).isEqualTo("tick'");
    }

    @Test
    void shouldDecodeEveryKind() {
        final String by = "','connection':3,";
        assertThat(members(commands.start(EngineKit.LIMITS))).isEqualTo("start" + by + "'max_queue_number':100,'max_message_length':1000,"
            + "'max_queue_capacity':100000,'lease_ms':5000,'max_held_bytes':1073741824,'max_producers':100");
        assertThat(members(commands.publish("q", Draft.of("m")))).isEqualTo("publish" + by + "'queue':'q','text':'m'");
        assertThat(members(commands.publish(Publish.toTopic("t.x", Draft.of("m").priority(9).delayMs(5).ttlMs(0).header("a", "b"),
            Draft.of(new byte[] {(byte) 0x80})).by("till", 4)))).isEqualTo("publish" + by + "'topic':'t.x','producer':'till','producer_sequence':4,"
            + "'messages':[{'text':'m','priority':9,'delay_ms':5,'ttl_ms':0,'headers':{'a':'b'}},{'payload':'gA=='}]");
        assertThat(members(commands.take(Take.from("q").max(7).waitMs(5).leaseMs(0).kept())))
            .isEqualTo("take" + by + "'queue':'q','max':7,'wait_ms':5,'lease_ms':0,'keep':true");
        assertThat(members(commands.settle(Settle.ack("q", 1).attempt(2)))).isEqualTo("ack" + by + "'queue':'q','message':1,'attempt':2");
        assertThat(members(commands.settle(Settle.nack("q", 1, 2).forMs(5).priority(0))))
            .isEqualTo("nack" + by + "'queue':'q','messages':[1,2],'delay_ms':5,'priority':0");
        assertThat(members(commands.settle(Settle.extend("q").range(1, 9).forMs(5)))).isEqualTo("extend" + by + "'queue':'q','from':1,'to':9,'lease_ms':5");
        assertThat(members(commands.settle(Settle.park("q", 1).reason("why")))).isEqualTo("park" + by + "'queue':'q','message':1,'reason':'why'");
        assertThat(members(commands.kick("q", 3))).isEqualTo("kick" + by + "'queue':'q','max':3");
        assertThat(members(commands.purge("q", MessageState.ALL_BUT_LEASED))).isEqualTo("purge" + by + "'queue':'q'");
        assertThat(members(commands.purge("q", MessageState.PARKED.bit()))).isEqualTo("purge" + by + "'queue':'q','state':'parked'");
        assertThat(members(commands.delete("q", true))).isEqualTo("delete" + by + "'queue':'q','if_empty':true");
        assertThat(members(commands.bind("t.*", "q"))).isEqualTo("bind" + by + "'topic':'t.*','queue':'q'");
        assertThat(members(commands.unbind("t.*", "q"))).isEqualTo("unbind" + by + "'topic':'t.*','queue':'q'");
        assertThat(members(commands.consume(Consume.from("q").credit(5).leaseMs(8).kept())))
            .isEqualTo("consume" + by + "'queue':'q','credit':5,'lease_ms':8,'keep':true");
        assertThat(members(commands.credit(2, 5))).isEqualTo("credit" + by + "'consumer':2,'credit':5");
        assertThat(members(commands.cancel(2))).isEqualTo("cancel" + by + "'consumer':2");
        assertThat(members(commands.drained(99))).isEqualTo("drained" + by + "'bytes':99");
        assertThat(members(commands.digest(0xAB))).isEqualTo("digest" + by + "'digest':'00000000000000ab'");
        assertThat(members(commands.storage(StorageState.FULL))).isEqualTo("storage" + by + "'state':'full'");
        assertThat(members(commands.plain(CommandType.CLOSE))).isEqualTo("close','connection':3");
        assertThat(members(commands.configure(Configure.of("q").capacity(5).onFull(OnFull.DROP_OLDEST).paused(true).set(Setting.TTL_MS, 0).deadLetter(""))))
            .isEqualTo("configure" + by + "'queue':'q','capacity':5,'ttl_ms':0,'on_full':'drop_oldest','paused':true,'dead_letter':''");
        final byte[] one = commands.publish("q", Draft.of("m"));
        final byte[] two = commands.settle(Settle.ack("q", 1));
        assertThat(members(commands.atomic(one, two))).isEqualTo("atomic" + by + "'steps':[{'operation':'publish','queue':'q','text':'m'},"
            + "{'operation':'ack','queue':'q','message':1}]");
        assertThat(members(commands.peek(Peek.at("q")))).startsWith("peek" + by + "'queue':'q','state':'ready','max':");
    }

    @Test
    void shouldEscapeWhatPlaysTricks() {
        assertThat(json(commands.publish("q\"\\", Draft.of("a\u001b\u0000\u202e\u00e9\ud83d\ude00"))))
            .contains("\"queue\":\"q\\\"\\\\\",\"text\":\"a\\u001b\\u0000\\u202e\u00e9\\ud83d\\ude00\"");
    }

    @Test
    void shouldGiveValidJsonForAnyCommand() throws IOException {
        final JsonFactory json = new JsonFactory();
        for (int seed = 0; seed < SEEDS; seed++) {
            final RandomCommands random = new RandomCommands(seed);
            for (int i = 0; i < COMMANDS; i++) {
                final byte[] command = random.next(i);
                final String line = json(command);
                assertThat(line.indexOf('\n')).as("seed %d", seed).isEqualTo(line.length() - 1);
                try (JsonParser parser = json.createParser(line)) {
                    while (parser.nextToken() != null) {
                        parser.getText();
                    }
                }
            }
        }
    }
}
