package io.gmq.broker.process;

import io.gmq.broker.conformance.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Brokers that keep their messages in a database, with short times. */
final class DatabaseKit {
    private DatabaseKit() {
    }

    private static String[] on(final String dsn, final String... settings) {
        final List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("queue.queue_type=database", "database.dsn=" + dsn, "database.lease_ms=3s"));
        if (all.stream().noneMatch(setting -> setting.startsWith("database.timeout_ms="))) {
            all.add("database.timeout_ms=1s");
        }
        return all.stream().flatMap(setting -> Stream.of("--set", setting)).toArray(String[]::new);
    }

    /** One that is ready. */
    static BrokerProcess start(final Path folder, final String dsn, final String... settings) throws IOException {
        return BrokerProcess.start(folder, folder.resolve("unused"), on(dsn, settings));
    }

    /** One that is not waited for. */
    static BrokerProcess launch(final Path folder, final String dsn, final String... settings) throws IOException {
        final List<String> arguments = new ArrayList<>(List.of("--port", "0", "--data", folder.resolve("unused").toString()));
        arguments.addAll(List.of(on(dsn, settings)));
        return BrokerProcess.launch(folder, BrokerProcess.SERVER, arguments);
    }

    static long count(final BrokerProcess broker, final String what) {
        return broker.err().lines().filter(line -> line.contains(what)).count();
    }

    static void awaitLine(final BrokerProcess broker, final String what) {
        Await.until("a line with '" + what + "'", () -> count(broker, what) > 0);
    }
}
