package io.gmq.transport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.RefusalCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Replies to the byte; quotes in requests and replies are written as apostrophes here. */
final class EncoderTest {
    private final CodecKit kit = new CodecKit();

    private String ask(final String request) {
        return kit.ask(request.replace('\'', '"')).replace('"', '\'');
    }

    private String ask(final long connection, final String request) {
        return kit.ask(connection, request.replace('\'', '"')).replace('"', '\'');
    }

    @Test
    void shouldAnswerAPublish() {
        assertThat(ask("{'id':1,'operation':'publish','queue':'q','payload':'aGVsbG8='}")).isEqualTo("{'id':1,'confirmation':'Y','message':1}");
        assertThat(ask("{'operation':'publish','queue':'q','text':'a'}")).isEqualTo("{'confirmation':'Y','message':2}");
        assertThat(ask("{'operation':'publish','queue':'q','messages':[{'text':'a'},{'text':'b'}],'id':0}"))
            .isEqualTo("{'id':0,'confirmation':'Y','first':3,'count':2}");
        assertThat(ask("{'operation':'publish','queue':'q','messages':[{'text':'a'}]}")).isEqualTo("{'confirmation':'Y','first':5,'count':1}");
        assertThat(ask("{'operation':'P','queue':'q','text':'a','id':9007199254740991}"))
            .isEqualTo("{'id':9007199254740991,'confirmation':'Y','message':6}");
    }

    @Test
    void shouldSayTheLevelOnlyWhereItWasNamed() {
        assertThat(ask("{'operation':'publish','queue':'q','text':'a','durability':'written'}"))
            .isEqualTo("{'confirmation':'Y','message':1,'durability':'written'}");
        assertThat(ask("{'operation':'take','queue':'q','lease_ms':0,'durability':'synced'}"))
            .isEqualTo("{'confirmation':'Y','messages':[{'message':1,'payload':'YQ=='}],'durability':'synced'}");
        assertThat(ask("{'operation':'ack','queue':'q','messages':[9],'durability':'memory'}"))
            .isEqualTo("{'confirmation':'Y','acked':0,'missing':[9],'durability':'memory'}");
    }

    @Test
    void shouldGiveMessagesAsPayloadOrText() {
        ask("{'operation':'publish','queue':'q','text':'\\u0000\\u001f\\b\\f\\n\\r\\t\\'\\\\\\/é\u007f'}");
        ask("{'operation':'publish','queue':'q','payload':'/w=='}");
        assertThat(kit.ask("{\"operation\":\"take\",\"queue\":\"q\",\"max\":9,\"as\":\"text\",\"id\":4}")).isEqualTo(
            "{\"id\":4,\"confirmation\":\"Y\",\"messages\":[{\"message\":1,\"text\":\"\\u0000\\u001f\\u0008\\u000c\\n\\r\\t\\\"\\\\/é\u007f\"},"
                + "{\"message\":2,\"payload\":\"/w==\"}]}");
        ask("{'operation':'nack','queue':'q','messages':[1,2]}");
        assertThat(ask("{'operation':'take','queue':'q','max':9,'as':'payload'}"))
            .isEqualTo("{'confirmation':'Y','messages':[{'message':1,'payload':'AB8IDAoNCSJcL8Opfw==','attempt':2},"
                + "{'message':2,'payload':'/w==','attempt':2}]}");
    }

    @Test
    void shouldGiveAnEmptyList() {
        ask("{'operation':'take','queue':'q','wait_ms':1}");
        assertThat(kit.advance(1).tick().replace('"', '\'')).isEqualTo("{'confirmation':'Y','messages':[]}");
        assertThat(ask("{'operation':'take','queue':'q','id':2}")).isEqualTo("{'id':2,'confirmation':'Y','messages':[]}");
    }

    @Test
    void shouldSayAttemptAndPriorityOnlyWhereTheySaySomething() {
        ask("{'operation':'publish','queue':'q','messages':[{'text':''},{'text':'','priority':0},{'text':'','priority':9}]}");
        assertThat(ask("{'operation':'take','queue':'q','max':3}")).isEqualTo("{'confirmation':'Y','messages':["
            + "{'message':3,'payload':'','priority':9},{'message':1,'payload':''},{'message':2,'payload':'','priority':0}]}");
        ask("{'operation':'nack','queue':'q','from':1,'to':3}");
        assertThat(ask("{'operation':'take','queue':'q','max':2}")).isEqualTo("{'confirmation':'Y','messages':["
            + "{'message':3,'payload':'','attempt':2,'priority':9},{'message':1,'payload':'','attempt':2}]}");
    }

    @Test
    void shouldGiveDetailsWhereAskedFor() {
        kit.advance(5);
        ask("{'operation':'publish','queue':'q','text':'a'}");
        kit.advance(5);
        assertThat(ask("{'operation':'take','queue':'q','details':true}")).isEqualTo("{'confirmation':'Y','messages':["
            + "{'message':1,'payload':'YQ==','attempt':1,'priority':4,'published_ms':1700000000005}]}");
        ask("{'operation':'nack','queue':'q','message':1}");
        assertThat(ask("{'operation':'take','queue':'q','details':false}"))
            .isEqualTo("{'confirmation':'Y','messages':[{'message':1,'payload':'YQ==','attempt':2}]}");
    }

    @Test
    void shouldGiveHeadersEscapedAndInTheirOrder() {
        ask("{'operation':'publish','queue':'q','text':'','headers':{'z':'1','a\\u0001\\'':'\\n\\\\é','':''}}");
        assertThat(kit.ask("{\"operation\":\"take\",\"queue\":\"q\",\"as\":\"text\"}")).isEqualTo("{\"confirmation\":\"Y\",\"messages\":["
            + "{\"message\":1,\"text\":\"\",\"headers\":{\"z\":\"1\",\"a\\u0001\\\"\":\"\\n\\\\é\",\"\":\"\"}}]}");
        ask("{'operation':'publish','queue':'q','text':'','headers':{}}");
        assertThat(ask("{'operation':'take','queue':'q','as':'text'}")).isEqualTo("{'confirmation':'Y','messages':[{'message':2,'text':''}]}");
    }

    @Test
    void shouldAnswerATakeThatWaited() {
        assertThat(ask(2, "{'id':8,'operation':'take','queue':'q','wait_ms':50,'as':'text','details':true}")).isEmpty();
        kit.advance(7);
        assertThat(ask("{'operation':'publish','queue':'q','text':'a'}")).isEqualTo("{'confirmation':'Y','message':1}\n"
            + "{'id':8,'confirmation':'Y','messages':[{'message':1,'text':'a','attempt':1,'priority':4,'published_ms':1700000000007}]}");
    }

    @Test
    void shouldAnswerTheShortTake() {
        ask("{'operation':'publish','queue':'q','text':'a','priority':5,'headers':{'h':'v'}}");
        assertThat(ask("{'operation':'S','queue':'q','id':3}"))
            .isEqualTo("{'id':3,'confirmation':'Y','message':1,'payload':'YQ==','priority':5,'headers':{'h':'v'}}");
        assertThat(ask("{'operation':'S','queue':'q'}")).isEqualTo("{'confirmation':'Y'}");
        assertThat(ask("{'operation':'S','queue':'none'}")).contains("'code':'no_such_queue'");
    }

    @Test
    void shouldAnswerSettlings() {
        ask("{'operation':'publish','queue':'q','messages':[{'text':''},{'text':''},{'text':''}]}");
        ask("{'operation':'take','queue':'q','max':3}");
        assertThat(ask("{'operation':'extend','queue':'q','from':0,'to':9,'id':1}")).isEqualTo("{'id':1,'confirmation':'Y','extended':3}");
        assertThat(ask("{'operation':'nack','queue':'q','message':3,'attempt':1}")).isEqualTo("{'confirmation':'Y','nacked':1}");
        assertThat(ask("{'operation':'ack','queue':'q','messages':[1,2,3,77]}")).isEqualTo("{'confirmation':'Y','acked':2,'missing':[3,77]}");
        assertThat(ask("{'operation':'ack','queue':'q','message':1,'id':2}")).startsWith("{'id':2,'confirmation':'N','error':{'code':'not_leased',")
            .endsWith(",'queue':'q'}}");
    }

    @Test
    void shouldAnswerLengthAndQueues() {
        ask("{'operation':'publish','queue':'a','messages':[{'text':''},{'text':''},{'text':'','delay_ms':9}]}");
        ask("{'operation':'publish','queue':'b\\'','text':''}");
        ask("{'operation':'take','queue':'a'}");
        assertThat(ask("{'operation':'length','queue':'a'}")).isEqualTo("{'confirmation':'Y','length':3,'ready':1,'delayed':1,'leased':1,'parked':0}");
        assertThat(ask("{'operation':'L','queue':'a','id':1}"))
            .isEqualTo("{'id':1,'confirmation':'Y','length':3,'ready':1,'delayed':1,'leased':1,'parked':0}");
        assertThat(kit.ask("{\"operation\":\"queues\"}")).isEqualTo("{\"confirmation\":\"Y\",\"queues\":["
            + "{\"queue\":\"a\",\"length\":3,\"ready\":1,\"delayed\":1,\"leased\":1,\"parked\":0,\"bytes\":0,\"consumers\":0,"
            + "\"published\":3,\"delivered\":1,\"acked\":0,\"expired\":0,\"dead_lettered\":0,\"dropped\":0,\"oldest_ready_ms\":0},"
            + "{\"queue\":\"b\\\"\",\"length\":1,\"ready\":1,\"delayed\":0,\"leased\":0,\"parked\":0,\"bytes\":0,\"consumers\":0,"
            + "\"published\":1,\"delivered\":0,\"acked\":0,\"expired\":0,\"dead_lettered\":0,\"dropped\":0,\"oldest_ready_ms\":0}]}");
        assertThat(ask("{'operation':'queues','max':1}")).endsWith("'oldest_ready_ms':0}],'more':true}");
        assertThat(ask("{'operation':'queues','prefix':'z','id':5}")).isEqualTo("{'id':5,'confirmation':'Y','queues':[]}");
    }

    @Test
    void shouldAnswerPingAndHello() {
        assertThat(ask("{'operation':'ping'}")).isEqualTo("{'confirmation':'Y'}");
        assertThat(ask("{'operation':'ping','id':12}")).isEqualTo("{'id':12,'confirmation':'Y'}");
        assertThat(ask("{'operation':'hello','version':1,'name':'n','auth':{'user':'u','password':'p'}}")).isEqualTo(
            "{'confirmation':'Y','version':1,'software':'GMQ test','durability':'memory','storage':'filesystem','limits':{"
                + "'max_queue_number':100,'max_message_length':1000,'max_queue_capacity':2000,'max_frame_length':65536}}");
    }

    @Test
    void shouldGiveTheNumbersOfARefusal() {
        final String full = ask("{'operation':'publish','queue':'q','messages':[" + "{'text':''},".repeat(999) + "{'text':''}]}");
        assertThat(full).endsWith("'first':1,'count':1000}");
        ask("{'operation':'publish','queue':'q','messages':[" + "{'text':''},".repeat(999) + "{'text':''}]}");
        assertThat(ask("{'operation':'publish','queue':'q','text':'','id':1}"))
            .startsWith("{'id':1,'confirmation':'N','error':{'code':'queue_full','message':'queue \\'".replace("\\'", "'"))
            .endsWith("'queue':'q','limit':2000,'actual':2000,'retry_after_ms':100}}");
        assertThat(ask("{'operation':'publish','queue':'q','text':'" + "x".repeat(1001) + "'}"))
            .startsWith("{'confirmation':'N','error':{'code':'message_too_large',").endsWith("'queue':'q','limit':1000,'actual':1001}}");
        for (int i = 1; i < 100; i++) {
            ask("{'operation':'publish','queue':'" + i + "','text':''}");
        }
        assertThat(ask("{'operation':'publish','queue':'new','text':''}"))
            .startsWith("{'confirmation':'N','error':{'code':'too_many_queues',").endsWith("'queue':'new','limit':100,'actual':100}}");
        assertThat(ask("{'operation':'length','queue':'nope'}"))
            .startsWith("{'confirmation':'N','error':{'code':'no_such_queue',").endsWith("'queue':'nope'}}");
        assertThat(ask("{'operation':'publish','queue':'q','payload':'AAAAA','id':2}"))
            .startsWith("{'id':2,'confirmation':'N','error':{'code':'bad_payload',").endsWith("'member':'payload','offset':5}}");
        assertThat(ask("{'operation':'take','queue':'q','max':0}"))
            .startsWith("{'confirmation':'N','error':{'code':'bad_request',").endsWith("'member':'max'}}");
    }

    @Test
    void shouldNotRepeatCredentials() {
        for (final String request : new String[] {
            "{'operation':'hello','auth':{'user':'sesame','password':'sesame'}}", "{'operation':'hello','version':1,'auth':{'sesame':1}}",
            "{'operation':'hello','version':1,'auth':{'user':'u','password':'sesame','password':'sesame'}}",
            "{'operation':'ping','auth':{'user':'sesame','password':'sesame'}}"}) {
            assertThat(ask(request)).startsWith("{'confirmation':'N'").doesNotContain("sesame");
        }
    }

    @Test
    void shouldSayFarewell() {
        final byte[] farewell = JsonEffectEncoder.farewell(RefusalCode.SHUTTING_DOWN, "the broker \"stops\"");
        assertThat(new String(farewell, StandardCharsets.UTF_8))
            .isEqualTo("{\"confirmation\":\"N\",\"error\":{\"code\":\"shutting_down\",\"message\":\"the broker \\\"stops\\\"\"}}\n");
        assertThat(new String(JsonEffectEncoder.farewell(RefusalCode.OVERLOADED, "x"), StandardCharsets.UTF_8))
            .isEqualTo("{\"confirmation\":\"N\",\"error\":{\"code\":\"overloaded\",\"message\":\"x\",\"retry_after_ms\":100}}\n");
    }
}
