package io.gmq.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Wrong requests of each operation, at a broker that holds something of everything: each gets its code and the member it is about,
 * changes nothing, and leaves the connection open. In the queue {@code q} message 1 is parked, 2 leased, 3 delayed, 4 ready.
 */
class MisuseTest {
    @TempDir
    Path temp;

    private TestBroker broker;
    private Wire wire;

    @BeforeEach
    void start() {
        broker = new TestBroker(temp, "queue.queue_type=memory", "ring.profile=compact");
        wire = broker.connect();
        wire.confirm("{'operation':'configure','queue':'q','dead_letter':'dead','max_attempts':3}");
        wire.confirm("{'operation':'bind','topic':'t.*','queue':'q'}");
        wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':'parked'},{'text':'leased'}],'producer':'p','sequence':5}");
        wire.confirm("{'operation':'take','queue':'q','max':2,'lease_ms':600000}");
        wire.confirm("{'operation':'park','queue':'q','message':1,'reason':'why'}");
        wire.confirm("{'operation':'publish','queue':'q','messages':[{'text':'delayed','delay_ms':600000},{'text':'ready','headers':{'a':'b'}}]}");
        wire.confirm("{'operation':'configure','queue':'empty','paused':true}");
        assertThat(wire.confirm("{'operation':'consume','queue':'empty','credit':5}").number("consumer")).isEqualTo(1);
    }

    @AfterEach
    void stop() {
        wire.close();
        broker.close();
    }

    /** All that can be seen from outside, but for ages. */
    private List<String> everything() {
        final List<String> all = new ArrayList<>();
        all.add(wire.confirm("{'operation':'queues','max':1000}").line().replaceAll(",\"oldest_ready_ms\":[0-9]+", ""));
        for (final String queue : new String[] {"q", "empty"}) {
            all.add(wire.confirm("{'operation':'describe','queue':'" + queue + "'}").line().replaceAll(",\"oldest_ready_ms\":[0-9]+", ""));
        }
        for (final String state : new String[] {"ready", "delayed", "leased", "parked"}) {
            all.add(wire.confirm("{'operation':'peek','queue':'q','max':1000,'details':true,'as':'text','state':'" + state + "'}").line());
        }
        return all;
    }

    private void assertRefused(final String request, final String code, final String member) {
        final List<String> before = everything();
        final Reply error = wire.ask(request).error();
        assertThat(error.string("code")).as(error.toString()).isEqualTo(code);
        assertThat(error.string("message")).isNotBlank();
        if (member != null) {
            assertThat(error.string("member")).as(error.toString()).isEqualTo(member);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'operation':'publish','text':'x'}                                        | bad_request | queue",
        "{'operation':'publish','queue':'q','topic':'t.a','text':'x'}              | bad_request | topic",
        "{'operation':'publish','queue':'q','text':'x','payload':'eA=='}           | bad_request |",
        "{'operation':'publish','queue':'q','payload':'eA='}                       | bad_payload | payload",
        "{'operation':'publish','queue':'q','text':'x','ttl_ms':-1}                | bad_request | ttl_ms",
        "{'operation':'publish','queue':'q','text':'x','ttl_ms':316224000001}      | bad_request | ttl_ms",
        "{'operation':'publish','queue':'q','text':'x','producer':'p'}             | bad_request | sequence",
        "{'operation':'publish','queue':'q','text':'x','sequence':6}               | bad_request | producer",
        "{'operation':'publish','queue':'q','text':'x','producer':'','sequence':6} | bad_request | producer",
        "{'operation':'publish','queue':'q','text':'x','producer':'p','sequence':-1} | bad_request | sequence",
        "{'operation':'publish','queue':'q','text':'x','producer':'p','sequence':'6'} | bad_request | sequence",
        "{'operation':'publish','queue':'q','text':'x','confirm':'first'}          | bad_request | confirm",
        "{'operation':'publish','queue':'q','text':'x','confirm':true}             | bad_request | confirm",
        "{'operation':'publish','queue':'q','messages':[{'text':'x','ttl_ms':'1'}]} | bad_request | ttl_ms",
        "{'operation':'publish','queue':'q','messages':[{'text':'x','topic':'t'}]} | bad_request | topic",
        "{'operation':'publish','topic':'t.*','text':'x'}                          | bad_request | topic",
        "{'operation':'publish','queue':'q','text':'x','durability':'replicated'}  | unsupported | durability"})
    void shouldRefuseAWrongPublish(final String request, final String code, final String member) {
        assertRefused(request, code, member);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'operation':'take'}                                              | bad_request   | queue",
        "{'operation':'take','queue':'q','max':1001}                       | bad_request   | max",
        "{'operation':'take','queue':'q','lease_ms':-1}                    | bad_request   | lease_ms",
        "{'operation':'take','queue':'q','lease_ms':0,'keep':true}         | bad_request   | keep",
        "{'operation':'take','queue':'q','durability':'memory'}            | bad_request   | durability",
        "{'operation':'take','queue':'nowhere'}                            | no_such_queue |",
        "{'id':1,'operation':'S','queue':'nowhere'}                        | no_such_queue |",
        "{'id':1,'operation':'S','queue':'q','max':1}                      | bad_request   | max",
        "{'operation':'peek'}                                              | bad_request   | queue",
        "{'operation':'peek','queue':'q','state':'gone'}                   | bad_request   | state",
        "{'operation':'peek','queue':'q','max':0}                          | bad_request   | max",
        "{'operation':'peek','queue':'q','wait_ms':1}                      | bad_request   | wait_ms",
        "{'operation':'peek','queue':'nowhere'}                            | no_such_queue |"})
    void shouldRefuseAWrongTakeOrPeek(final String request, final String code, final String member) {
        assertRefused(request, code, member);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'operation':'ack','queue':'q'}                                   | bad_request   |",
        "{'operation':'ack','queue':'q','message':4}                       | not_leased    |",
        "{'operation':'ack','queue':'q','message':2,'attempt':2}           | not_leased    |",
        "{'operation':'ack','queue':'q','messages':[]}                     | bad_request   | messages",
        "{'operation':'ack','queue':'q','messages':[2],'message':2}        | bad_request   |",
        "{'operation':'ack','queue':'q','messages':[2],'attempt':1}        | bad_request   | attempt",
        "{'operation':'ack','queue':'q','from':1}                          | bad_request   | to",
        "{'operation':'ack','queue':'q','message':2,'delay_ms':1}          | bad_request   | delay_ms",
        "{'operation':'ack','queue':'nowhere','message':2}                 | no_such_queue |",
        "{'operation':'nack','queue':'q','message':3}                      | not_leased    |",
        "{'operation':'nack','queue':'q','message':2,'priority':10}        | bad_request   | priority",
        "{'operation':'nack','queue':'q','message':2,'delay_ms':-1}        | bad_request   | delay_ms",
        "{'operation':'extend','queue':'q','message':1}                    | not_leased    |",
        "{'operation':'extend','queue':'q','message':2,'lease_ms':0}       | bad_request   | lease_ms",
        "{'operation':'park','queue':'q','message':1}                      | not_leased    |",
        "{'operation':'park','queue':'q','message':2,'reason':7}           | bad_request   | reason",
        "{'operation':'park','queue':'q','message':2,'priority':1}         | bad_request   | priority",
        "{'operation':'park','queue':'q','message':2,'durability':'synced'} | unsupported  | durability",
        "{'operation':'park','queue':'nowhere','message':2}                | no_such_queue |",
        "{'operation':'kick'}                                              | bad_request   | queue",
        "{'operation':'kick','queue':'q','max':0}                          | bad_request   | max",
        "{'operation':'kick','queue':'q','max':1001}                       | bad_request   | max",
        "{'operation':'kick','queue':'q','message':1}                      | bad_request   | message",
        "{'operation':'kick','queue':'nowhere'}                            | no_such_queue |"})
    void shouldRefuseAWrongSettlingOrKick(final String request, final String code, final String member) {
        assertRefused(request, code, member);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'operation':'atomic'}                                            | bad_request   | steps",
        "{'operation':'atomic','steps':[]}                                 | bad_request   | steps",
        "{'operation':'atomic','steps':{}}                                 | bad_request   | steps",
        "{'operation':'atomic','steps':[{'operation':'kick','queue':'q'}]} | bad_request   | operation",
        "{'operation':'atomic','steps':[{'operation':'akc','queue':'q'}]}  | unknown_operation | operation",
        "{'operation':'atomic','steps':[{'operation':'ack','queue':'q','message':2},{'operation':'park','queue':'q','message':2}]} | not_leased |",
        "{'operation':'atomic','steps':[{'operation':'ack','queue':'q','message':2}],'durability':'memory'} | bad_request | durability",
        "{'operation':'consume','queue':'q'}                               | bad_request   | credit",
        "{'operation':'consume','queue':'q','credit':0}                    | bad_request   | credit",
        "{'operation':'consume','queue':'q','credit':100001}               | bad_request   | credit",
        "{'operation':'consume','queue':'q','credit':1,'lease_ms':-1}      | bad_request   | lease_ms",
        "{'operation':'consume','queue':'q','credit':1,'lease_ms':0,'keep':true} | bad_request | keep",
        "{'operation':'consume','queue':'q','credit':1,'max':1}            | bad_request   | max",
        "{'operation':'consume','queue':'q','credit':1,'as':'json'}        | bad_request   | as",
        "{'operation':'consume','credit':1}                                | bad_request   | queue",
        "{'operation':'credit','consumer':1}                               | bad_request   | credit",
        "{'operation':'credit','consumer':1,'credit':0}                    | bad_request   | credit",
        "{'operation':'credit','consumer':2,'credit':1}                    | bad_request   | consumer",
        "{'operation':'credit','credit':1}                                 | bad_request   | consumer",
        "{'operation':'cancel'}                                            | bad_request   | consumer",
        "{'operation':'cancel','consumer':2}                               | bad_request   | consumer",
        "{'operation':'cancel','consumer':-1}                              | bad_request   | consumer",
        "{'operation':'cancel','consumer':1,'queue':'q'}                   | bad_request   | queue"})
    void shouldRefuseAWrongAtomicOrConsumer(final String request, final String code, final String member) {
        assertRefused(request, code, member);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'operation':'bind','queue':'q'}                                  | bad_request   | topic",
        "{'operation':'bind','topic':'t'}                                  | bad_request   | queue",
        "{'operation':'bind','topic':'t..u','queue':'q'}                   | bad_request   | topic",
        "{'operation':'bind','topic':7,'queue':'q'}                        | bad_request   | topic",
        "{'operation':'unbind','topic':'t.*'}                              | bad_request   | queue",
        "{'operation':'unbind','topic':'>.t','queue':'q'}                  | bad_request   | topic",
        "{'operation':'unbind','topic':'t.*','queue':'nowhere'}            | no_such_queue |",
        "{'operation':'configure','capacity':1}                            | bad_request   | queue",
        "{'operation':'configure','queue':'q','capacity':0}                | bad_request   | capacity",
        "{'operation':'configure','queue':'q','paused':'no'}               | bad_request   | paused",
        "{'operation':'configure','queue':'q','capacity':9,'on_full':'x'}  | bad_request   | on_full",
        "{'operation':'configure','queue':'q','dead_letter':'q'}           | bad_request   | dead_letter",
        "{'operation':'describe'}                                          | bad_request   | queue",
        "{'operation':'describe','queue':'q','state':'ready'}              | bad_request   | state",
        "{'operation':'describe','queue':'nowhere'}                        | no_such_queue |",
        "{'operation':'length','queue':''}                                 | bad_request   | queue",
        "{'operation':'L','queue':'q','max':1}                             | bad_request   | max",
        "{'operation':'queues','max':1001}                                 | bad_request   | max",
        "{'operation':'queues','prefix':7}                                 | bad_request   | prefix",
        "{'operation':'queues','after':null}                               | bad_request   | after",
        "{'operation':'purge'}                                             | bad_request   | queue",
        "{'operation':'purge','queue':'q','state':'all'}                   | bad_request   | state",
        "{'operation':'purge','queue':'nowhere'}                           | no_such_queue |",
        "{'operation':'delete'}                                            | bad_request   | queue",
        "{'operation':'delete','queue':'q','if_empty':1}                   | bad_request   | if_empty",
        "{'operation':'delete','queue':'q','if_empty':true}                | not_empty     |",
        "{'operation':'delete','queue':'nowhere'}                          | no_such_queue |",
        "{'operation':'hello','version':2}                                 | bad_request   | version",
        "{'operation':'hello','version':1,'auth':7}                        | bad_request   | auth",
        "{'operation':'ping','queue':'q'}                                  | bad_request   | queue",
        "{'operation':'P','queue':'q','payload':'x'}                       | bad_payload   | payload",
        "{'operation':'remove','queue':'q'}                                | unknown_operation | operation"})
    void shouldRefuseAWrongQuestionOrSetting(final String request, final String code, final String member) {
        assertRefused(request, code, member);
    }
}
