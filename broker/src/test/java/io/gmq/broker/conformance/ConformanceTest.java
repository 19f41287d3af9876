package io.gmq.broker.conformance;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the tests of the protocol share: one broker for each setup, and a connection and a queue of its own for each test. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.gmq.broker.conformance.Setup#tested")
abstract class ConformanceTest {
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    static Path temp;

    private static TestBroker broker;

    @Parameter
    Setup setup;

    /** A queue that nobody else uses. */
    final String q = "q" + TESTS.incrementAndGet();
    Wire wire;

    @BeforeParameterizedClassInvocation
    static void start(final Setup setup) {
        broker = new TestBroker(temp.resolve("data" + TESTS.incrementAndGet()), setup.settings());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void open() {
        wire = connect();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    static Wire connect() {
        return broker.connect();
    }

    /** Puts the test's queue where a request says {@code $q}. */
    String on(final String request) {
        return request.replace("$q", q);
    }

    Reply ask(final String request) {
        return wire.ask(on(request));
    }

    Reply confirm(final String request) {
        return wire.confirm(on(request));
    }

    /** Publishes a text and returns its id. */
    long publish(final String text) {
        return confirm("{'operation':'publish','queue':'$q','text':'" + text + "'}").number("message");
    }

    /** Takes everything and settles it. */
    Reply drain() {
        return confirm("{'operation':'take','queue':'$q','max':1000,'lease_ms':0,'as':'text'}");
    }

    Reply length() {
        return confirm("{'operation':'length','queue':'$q'}");
    }

    Reply describe() {
        return describe("$q");
    }

    Reply describe(final String queue) {
        return confirm("{'operation':'describe','queue':'" + queue + "'}");
    }

    /** @param settings members as in a request. */
    Reply configure(final String settings) {
        return confirm("{'operation':'configure','queue':'$q'," + settings + "}");
    }

    /** Up to a thousand messages of one state. */
    List<Reply> peek(final String state) {
        return confirm("{'operation':'peek','queue':'$q','state':'" + state + "','max':1000,'as':'text'}").messages();
    }

    /** Takes one message and returns its id. */
    long take() {
        return confirm("{'operation':'take','queue':'$q'}").ids().get(0);
    }

    /** Waits until a count of the test's queue has a value. */
    void awaitCount(final String count, final long value) {
        Await.until(count + " of " + value, () -> describe().number(count) == value);
    }
}
