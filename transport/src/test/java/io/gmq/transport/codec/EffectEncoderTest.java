package io.gmq.transport.codec;

import static io.gmq.transport.codec.EffectKit.name;
import static io.gmq.transport.codec.EffectKit.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Count;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.EffectSink;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.MessageState;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.Payloads;
import io.gmq.engine.api.Presentation;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.Setting;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each effect to the byte; quotes in frames are written as apostrophes here. */
final class EffectEncoderTest {
    private static final long[] NONE = {};

    private final EffectKit kit = new EffectKit();

    private String tell(final Consumer<EffectSink> told) {
        return kit.tell(told).replace('"', '\'');
    }

    private static QueueSettings settings(final String deadLetter) {
        final QueueSettings settings = new QueueSettings().deadLetter(name(deadLetter), 0, deadLetter.length());
        return settings.set(Setting.CAPACITY, 10).set(Setting.MAX_MESSAGE_LENGTH, 20).set(Setting.LEASE_MS, 30).set(Setting.MAX_ATTEMPTS, 0)
            .set(Setting.TTL_MS, 0).set(Setting.ON_FULL, OnFull.DROP_OLDEST.code()).set(Setting.PAUSED, 1);
    }

    private static QueueCounts counts(final long first, final long oldestMs) {
        final QueueCounts counts = new QueueCounts();
        for (final Count count : Count.values()) {
            counts.set(count, first + count.ordinal());
        }
        return counts.set(Count.OLDEST_READY_MS, oldestMs);
    }

    @Test
    void shouldAnswerAPublish() {
        assertThat(tell(sink -> sink.published(to(0), 5, 1))).isEqualTo("published>synced {'confirmation':'Y','message':5}");
        assertThat(tell(sink -> sink.published(to(3, Presentation.BATCH | Presentation.NAMED_LEVEL, Durability.WRITTEN), 5, 2)))
            .isEqualTo("published>written {'id':3,'confirmation':'Y','first':5,'count':2,'durability':'written'}");
        assertThat(tell(sink -> sink.published(to(Presentation.BATCH), 0, 0))).as("no queue was reached")
            .isEqualTo("published>synced {'confirmation':'Y','count':0}");
    }

    @Test
    void shouldAnswerADuplicate() {
        assertThat(tell(sink -> sink.duplicate(to(0), 5, 1))).isEqualTo("published>synced {'confirmation':'Y','duplicate':true,'message':5}");
        assertThat(tell(sink -> sink.duplicate(to(0), 0, 0))).isEqualTo("published>synced {'confirmation':'Y','duplicate':true}");
        assertThat(tell(sink -> sink.duplicate(to(Presentation.BATCH), 5, 2)))
            .isEqualTo("published>synced {'confirmation':'Y','duplicate':true,'first':5,'count':2}");
        assertThat(tell(sink -> sink.duplicate(to(Presentation.BATCH), 0, 0))).isEqualTo("published>synced {'confirmation':'Y','duplicate':true}");
    }

    @Test
    void shouldCountPublishesThatAreNotAnswered() {
        assertThat(tell(sink -> sink.published(to(Presentation.QUIET), 5, 1))).isEqualTo("quiet>synced");
        assertThat(tell(sink -> sink.duplicate(to(Presentation.QUIET | Presentation.BATCH), 5, 2))).isEqualTo("quiet>synced");
        kit.confirmed(12);
        assertThat(tell(sink -> sink.published(to(4, Presentation.NAMED_LEVEL, Durability.SYNCED), 5, 1)))
            .isEqualTo("published>synced {'id':4,'confirmation':'Y','message':5,'confirmed':12,'durability':'synced'}");
        assertThat(tell(sink -> sink.duplicate(to(0), 0, 0))).isEqualTo("published>synced {'confirmation':'Y','duplicate':true,'confirmed':12}");
        assertThat(tell(sink -> sink.refused(to(Presentation.QUIET), RefusalCode.QUEUE_FULL, name("q"), 0, 1, 3, 4, -1)))
            .startsWith("reply>memory {'confirmation':'N','error':{'code':'queue_full',").doesNotContain("confirmed");
        assertThat(tell(sink -> sink.done(to(0)))).isEqualTo("reply>synced {'confirmation':'Y'}");
    }

    @Test
    void shouldAnswerAOneShotPublishThoughItIsADuplicate() {
        kit.confirmed(3).oneShot("{\"operation\":\"P\",\"queue\":\"q\",\"payload\":\"QQ==\",\"producer\":\"p\",\"sequence\":1}");
        assertThat(tell(sink -> sink.duplicate(to(Presentation.ONE_SHOT | Presentation.CLOSE), 0, 0))).isEqualTo("reply>synced {'operation':'P','queue':'q',"
            + "'payload':'QQ==','confirmation':'Y','error':null,'auth':{'user':'','password':''}}");
    }

    private void give(final EffectSink sink) {
        sink.message(1, 1, 4, kit.payload("a"));
        sink.message(2, 3, 9, kit.payload(new byte[] {-1}, "h", "v\n", "i", ""));
    }

    @Test
    void shouldGiveMessages() {
        assertThat(tell(sink -> {
            sink.beginMessages(to(1, 0, Durability.MEMORY));
            give(sink);
            sink.endMessages();
        })).isEqualTo("reply>memory {'id':1,'confirmation':'Y','messages':[{'message':1,'payload':'YQ=='},"
            + "{'message':2,'payload':'/w==','attempt':3,'priority':9,'headers':{'h':'v\\n','i':''}}]}");
        assertThat(tell(sink -> {
            sink.beginMessages(to(Presentation.TEXT | Presentation.DETAILS | Presentation.NAMED_LEVEL));
            give(sink);
            sink.endMessages();
        })).isEqualTo("reply>synced {'confirmation':'Y','messages':[{'message':1,'text':'a','attempt':1,'priority':4,'published_ms':1700000000005},"
            + "{'message':2,'payload':'/w==','attempt':3,'priority':9,'published_ms':1700000000005,'headers':{'h':'v\\n','i':''}}],"
            + "'durability':'synced'}");
        assertThat(tell(sink -> {
            sink.beginMessages(to(Presentation.SINGLE));
            sink.message(1, 1, 4, kit.payload("a"));
            sink.endMessages();
        })).isEqualTo("reply>synced {'confirmation':'Y','message':1,'payload':'YQ=='}");
    }

    @Test
    void shouldShowMessages() {
        final String shown = tell(sink -> {
            sink.beginMessages(to(Presentation.TEXT));
            sink.peeked(1, 1, 4, kit.payload("a"), MessageState.READY, Payloads.NONE);
            sink.peeked(2, 0, 4, kit.payload("b"), MessageState.PARKED, kit.payload("why\u0000 \"not\"é"));
            sink.peeked(3, 2, 4, kit.payload("c"), MessageState.PARKED, kit.payload(""));
            sink.peeked(4, 1, 0, kit.payload("d", "h", "v"), MessageState.DELAYED, Payloads.NONE);
            sink.peeked(5, 1, 4, kit.payload(""), MessageState.LEASED, Payloads.NONE);
            sink.endMessages();
        });
        assertThat(shown).isEqualTo("reply>memory {'confirmation':'Y','messages':[{'message':1,'text':'a','state':'ready'},"
            + "{'message':2,'text':'b','attempt':0,'state':'parked','reason':'why\\u0000 \\'not\\'é'},"
            + "{'message':3,'text':'c','attempt':2,'state':'parked'},{'message':4,'text':'d','priority':0,'headers':{'h':'v'},'state':'delayed'},"
            + "{'message':5,'text':'','state':'leased'}]}");
    }

    @Test
    void shouldShowFewerMessagesRatherThanALongerFrame() {
        final long reason = kit.payload("\u0001".repeat(255));
        final String shown = tell(sink -> {
            sink.beginMessages(to(0));
            for (int i = 1; i <= 1000; i++) {
                sink.peeked(i, 1, 4, kit.payload("a"), MessageState.PARKED, reason);
            }
            sink.endMessages();
        });
        assertThat(shown.length()).isBetween(CodecKit.SETTINGS.maxFrameLength() - 2000, CodecKit.SETTINGS.maxFrameLength() + "reply>synced ".length());
        assertThat(shown).endsWith("'}]}").contains("{'message':1,").doesNotContain("{'message':1000,");
    }

    @Test
    void shouldPushMessages() {
        assertThat(tell(sink -> {
            sink.beginDelivery(to(9, Presentation.DETAILS | Presentation.TEXT, Durability.MEMORY), 7, name("xorders\""), 1, 7);
            give(sink);
            sink.endDelivery(321);
        })).isEqualTo("push 321>memory {'consumer':7,'queue':'orders\\'','messages':[{'message':1,'text':'a','attempt':1,'priority':4,"
            + "'published_ms':1700000000005},{'message':2,'payload':'/w==','attempt':3,'priority':9,'published_ms':1700000000005,"
            + "'headers':{'h':'v\\n','i':''}}]}");
        assertThat(tell(sink -> {
            sink.beginDelivery(to(0), 7, name("q"), 0, 1);
            sink.message(1, 1, 4, kit.payload("a"));
            sink.endDelivery(1);
        })).as("what is settled as it is sent waits").startsWith("push 1>synced {'consumer':7,");
    }

    @Test
    void shouldTellOfConsumers() {
        assertThat(tell(sink -> sink.consuming(to(2, 0, Durability.SYNCED), 7))).as("its pushes wait, it does not")
            .isEqualTo("reply>memory {'id':2,'confirmation':'Y','consumer':7}");
        assertThat(tell(sink -> sink.consumerEnded(to(2, Presentation.TEXT, Durability.SYNCED), 7)))
            .isEqualTo("push 0>memory {'consumer':7,'ended':'deleted'}");
    }

    @Test
    void shouldAnswerSettlings() {
        assertThat(tell(sink -> sink.settled(to(0), CommandType.ACK, 3, NONE, 0))).isEqualTo("reply>synced {'confirmation':'Y','acked':3}");
        assertThat(tell(sink -> sink.settled(to(0), CommandType.NACK, 0, new long[] {4, 5, 6}, 2)))
            .isEqualTo("reply>synced {'confirmation':'Y','nacked':0,'missing':[4,5]}");
        assertThat(tell(sink -> sink.settled(to(1, Presentation.NAMED_LEVEL, Durability.WRITTEN), CommandType.EXTEND, 1, NONE, 0)))
            .isEqualTo("reply>written {'id':1,'confirmation':'Y','extended':1,'durability':'written'}");
        assertThat(tell(sink -> sink.settled(to(0), CommandType.PARK, 1, NONE, 0))).isEqualTo("reply>synced {'confirmation':'Y','parked':1}");
        assertThat(tell(sink -> sink.counted(to(0), CommandType.KICK, 0))).isEqualTo("reply>synced {'confirmation':'Y','kicked':0}");
        assertThat(tell(sink -> sink.counted(to(0), CommandType.PURGE, 9))).isEqualTo("reply>synced {'confirmation':'Y','purged':9}");
    }

    @Test
    void shouldAnswerWithSettingsAndCounts() {
        final String expected = "'capacity':10,'max_message_length':20,'lease_ms':30,'max_attempts':0,'ttl_ms':0,'on_full':'drop_oldest',"
            + "'paused':true,'dead_letter':";
        assertThat(tell(sink -> sink.configured(to(0), settings("d\"")))).isEqualTo("reply>synced {'confirmation':'Y'," + expected + "'d\\''}");
        assertThat(tell(sink -> sink.described(to(2, 0, Durability.MEMORY), settings(""), counts(100, 5)))).isEqualTo("reply>memory {'id':2,"
            + "'confirmation':'Y'," + expected + "'','length':100,'ready':101,'delayed':102,'leased':103,'parked':104,'bytes':105,'consumers':106,"
            + "'published':107,'delivered':108,'acked':109,'expired':110,'dead_lettered':111,'dropped':112,'oldest_ready_ms':5}");
        assertThat(tell(sink -> sink.described(to(0), settings("").set(Setting.PAUSED, 0).set(Setting.ON_FULL, 0), counts(0, Count.NONE))))
            .contains("'on_full':'reject','paused':false").endsWith("'dropped':12}");
        assertThat(tell(sink -> sink.length(to(0), 1, 2, 3, 4)))
            .isEqualTo("reply>synced {'confirmation':'Y','length':10,'ready':1,'delayed':2,'leased':3,'parked':4}");
    }

    @Test
    void shouldListQueues() {
        assertThat(tell(sink -> {
            sink.beginQueues(to(0));
            sink.queue(name("xa"), 1, 1, counts(0, Count.NONE));
            sink.queue(name("b"), 0, 1, counts(1, 0));
            sink.endQueues(true);
        })).isEqualTo("reply>synced {'confirmation':'Y','queues':[{'queue':'a','length':0,'ready':1,'delayed':2,'leased':3,'parked':4,'bytes':5,"
            + "'consumers':6,'published':7,'delivered':8,'acked':9,'expired':10,'dead_lettered':11,'dropped':12},{'queue':'b','length':1,'ready':2,"
            + "'delayed':3,'leased':4,'parked':5,'bytes':6,'consumers':7,'published':8,'delivered':9,'acked':10,'expired':11,'dead_lettered':12,"
            + "'dropped':13,'oldest_ready_ms':0}],'more':true}");
        assertThat(tell(sink -> {
            sink.beginQueues(to(0));
            sink.endQueues(false);
        })).isEqualTo("reply>synced {'confirmation':'Y','queues':[]}");
    }

    @Test
    void shouldListTheResultsOfSteps() {
        kit.confirmed(5);
        assertThat(tell(sink -> {
            sink.beginAtomic(to(6, 0, Durability.SYNCED));
            sink.settled(to(0), CommandType.ACK, 1, NONE, 0);
            sink.published(to(Presentation.BATCH), 5, 2);
            sink.published(to(-1, Presentation.NAMED_LEVEL, Durability.WRITTEN), 7, 1);
            sink.duplicate(to(0), 0, 0);
            sink.settled(to(-1, Presentation.NAMED_LEVEL, Durability.SYNCED), CommandType.PARK, 0, new long[] {8}, 1);
            sink.endAtomic();
        })).isEqualTo("reply>synced {'id':6,'confirmation':'Y','results':[{'acked':1},{'first':5,'count':2},{'message':7,'durability':'written'},"
            + "{'duplicate':true},{'parked':0,'missing':[8],'durability':'synced'}]}");
        assertThat(tell(sink -> sink.settled(to(0), CommandType.ACK, 1, NONE, 0))).isEqualTo("reply>synced {'confirmation':'Y','acked':1}");
    }

    private String refused(final RefusalCode code, final String queue, final long limit, final long actual, final int step) {
        return tell(sink -> sink.refused(to(0), code, name(queue), 0, queue.length(), limit, actual, step));
    }

    @Test
    void shouldGiveTheNumbersOfARefusal() {
        assertThat(refused(RefusalCode.NOT_EMPTY, "q", -1, 12, -1)).startsWith("reply>memory {'confirmation':'N','error':{'code':'not_empty',")
            .contains("12 messages").endsWith("'queue':'q','actual':12}}");
        assertThat(refused(RefusalCode.NO_SUCH_QUEUE, "q", -1, -1, 3)).endsWith(",'queue':'q','step':3}}");
        kit.command("{\"operation\":\"credit\",\"consumer\":12,\"credit\":1}");
        assertThat(refused(RefusalCode.BAD_REQUEST, "", -1, -1, -1)).contains("no consumer 12;").endsWith(",'member':'consumer'}}")
            .doesNotContain("queue");
        kit.command("{\"operation\":\"cancel\",\"consumer\":13}");
        assertThat(refused(RefusalCode.BAD_REQUEST, "", -1, -1, -1)).contains("no consumer 13;");
    }

    @Test
    void shouldSayWhatIsOverloaded() {
        kit.command("{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\"}");
        assertThat(refused(RefusalCode.OVERLOADED, "q", 1000, 1001, -1)).contains("1001 bytes of 1000").contains("queue.max_held_bytes")
            .endsWith("'queue':'q','limit':1000,'actual':1001,'retry_after_ms':100}}");
        kit.command("{\"operation\":\"publish\",\"topic\":\"t\",\"text\":\"\"}");
        assertThat(refused(RefusalCode.OVERLOADED, "t", Limits.COPIES_MAX, 100_001, -1)).contains("100001 copies");
        assertThat(refused(RefusalCode.OVERLOADED, "t", 1000, 1001, -1)).contains("1001 bytes of 1000");
        kit.command("{\"operation\":\"take\",\"queue\":\"q\",\"wait_ms\":1}");
        assertThat(refused(RefusalCode.OVERLOADED, "q", 5, 5, -1)).contains("5 of 5 takes are waiting");
        kit.command("{\"operation\":\"consume\",\"queue\":\"q\",\"credit\":1}");
        assertThat(refused(RefusalCode.OVERLOADED, "q", 5, 5, -1)).contains("5 of 5 consumers");
        kit.command("{\"operation\":\"bind\",\"queue\":\"q\",\"topic\":\"t\"}");
        assertThat(refused(RefusalCode.OVERLOADED, "q", 5, 5, -1)).contains("5 of 5 bindings");
        kit.command("{\"operation\":\"atomic\",\"steps\":[{\"operation\":\"ack\",\"queue\":\"q\",\"message\":1},"
            + "{\"operation\":\"publish\",\"topic\":\"t\",\"text\":\"\"},{\"operation\":\"publish\",\"queue\":\"q\",\"text\":\"\"}]}");
        assertThat(refused(RefusalCode.OVERLOADED, "q", Limits.RANGED_MAX, 100_001, 0)).contains("look at 100001 leases").contains("'step':0");
        assertThat(refused(RefusalCode.OVERLOADED, "q", Limits.COPIES_MAX, 100_001, 1)).contains("100001 copies").contains("'step':1");
        assertThat(refused(RefusalCode.OVERLOADED, "q", Limits.MET_MAX, 200_001, 1)).contains("more than 200000 bindings");
        assertThat(refused(RefusalCode.OVERLOADED, "q", 2_000_000, 2_000_001, 2)).contains("2000001 bytes").contains("'step':2");
    }
}
