package io.gmq.compare.peer;

import io.gmq.compare.link.ArtemisLink;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ActiveMQ Artemis, set up as its own {@code artemis create} does it; durability is the message's own. */
final class Artemis implements Peer {
    private static final String NAME = "ActiveMQ Artemis";
    private static final String JAR = "artemis-server";
    private static final String NATIVE = "activemq-artemis-native";
    private static final String LIBRARY = "libartemis-native-64.so";
    /** As its own profile has them. */
    private static final List<String> JVM = List.of("-Xms512m", "-Xmx2g", "-XX:+UseG1GC", "-XX:+UseStringDeduplication",
        "-XX:AutoBoxCacheMax=20000", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    private static final String ACKED = "acknowledged, several at a time; the acknowledgement is not confirmed";

    private static final int SYNC_TRIES = 5;

    private final Places places;

    Artemis(final Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> missing() {
        return places.classPath("artemis", JAR).isPresent()
            ? Optional.empty() : Optional.of("fetched from Maven Central (org.apache.artemis:" + JAR + ") by bench/compare/run");
    }

    private boolean hasAsyncIo() {
        return places.programs().hasLibrary("libaio.so.1");
    }

    @Override
    public List<String> unavailable() {
        return hasAsyncIo() ? List.of()
            : List.of(NAME + " with its journal on libaio, its default on Linux: the library is not here (Debian package libaio1), "
                + "so the journal is NIO");
    }

    @Override
    public List<Server> servers() {
        final String journal = hasAsyncIo() ? "ASYNCIO" : "NIO";
        return List.of(new Broker(journal, List.of(
            subject("artemis-nonpersistent", "non-persistent", Level.MEMORY, false, "nothing"),
            subject("artemis-persistent", "persistent, journal " + journal, Level.SYNCED, true,
                "power loss: synced before the confirmation"))));
    }

    private static Subject subject(final String id, final String durability, final Level level, final boolean durable,
        final String survives) {
        return new Subject(id, NAME, durability, level, survives, ACKED,
            new Subject.Drivers(null, (host, port, queue, length, flow) -> new ArtemisLink(host, port, queue, durable, length, flow)));
    }

    /** @param bufferTimeoutNs how long the journal waits for more to sync at once; its own tool measures the disk for that. */
    static String config(final Path folder, final int port, final String journal, final long bufferTimeoutNs) {
        return String.join("\n",
            "<configuration xmlns=\"urn:activemq\">",
            "  <core xmlns=\"urn:activemq:core\">",
            "    <name>gmq-compare</name>",
            "    <persistence-enabled>true</persistence-enabled>",
            "    <security-enabled>false</security-enabled>",
            "    <journal-type>" + journal + "</journal-type>",
            "    <paging-directory>" + folder.resolve("paging") + "</paging-directory>",
            "    <bindings-directory>" + folder.resolve("bindings") + "</bindings-directory>",
            "    <journal-directory>" + folder.resolve("journal") + "</journal-directory>",
            "    <large-messages-directory>" + folder.resolve("large") + "</large-messages-directory>",
            "    <journal-datasync>true</journal-datasync>",
            "    <journal-min-files>2</journal-min-files>",
            "    <journal-pool-files>10</journal-pool-files>",
            "    <journal-device-block-size>4096</journal-device-block-size>",
            "    <journal-file-size>10M</journal-file-size>",
            "    <journal-buffer-timeout>" + bufferTimeoutNs + "</journal-buffer-timeout>",
            "    <journal-max-io>" + (journal.equals("ASYNCIO") ? "4096" : "1") + "</journal-max-io>",
            "    <!-- it is stopped between measurements and must not take that for a hanging thread -->",
            "    <critical-analyzer>false</critical-analyzer>",
            "    <acceptors>",
            "      <acceptor name=\"artemis\">tcp://" + RunningServer.HOST + ":" + port
                + "?tcpSendBufferSize=1048576;tcpReceiveBufferSize=1048576;useEpoll=true;protocols=CORE</acceptor>",
            "    </acceptors>",
            "    <address-settings>",
            "      <address-setting match=\"#\">",
            "        <max-size-bytes>-1</max-size-bytes>",
            "        <address-full-policy>PAGE</address-full-policy>",
            "        <message-counter-history-day-limit>10</message-counter-history-day-limit>",
            "      </address-setting>",
            "    </address-settings>",
            "  </core>",
            "</configuration>",
            "");
    }

    /** Its own library for asynchronous I/O is in a jar, and loaded only from a folder. */
    private Path unpackLibrary(final Path folder) throws IOException {
        final Path jar = places.servers().resolve("artemis").resolve(NATIVE + "-" + places.versionOf("artemis", NATIVE) + ".jar");
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            final Path library = content.getPath("lib", "linux-" + System.getProperty("os.arch").replace("amd64", "x86_64"), LIBRARY);
            if (Files.exists(library)) {
                Files.copy(library, folder.resolve(LIBRARY));
            }
        }
        return folder;
    }

    private final class Broker implements Server {
        private final String journal;
        private final List<Subject> subjects;

        private Broker(final String journal, final List<Subject> subjects) {
            this.journal = journal;
            this.subjects = subjects;
        }

        @Override
        public String id() {
            return "artemis";
        }

        @Override
        public List<Subject> subjects() {
            return subjects;
        }

        @Override
        public Launch prepare(final Path folder, final int port) throws IOException {
            long syncNs = Long.MAX_VALUE;
            for (int i = 0; i < SYNC_TRIES; i++) {
                syncNs = Math.min(syncNs, SyncLoop.overwriteAndSync(folder, SyncLoop.SHORT_NS).percentileNs(50));
            }
            final Path config = Files.writeString(folder.resolve("broker.xml"), config(folder, port, journal, syncNs));
            final List<String> command = new ArrayList<>(List.of(places.java().toString()));
            command.addAll(JVM);
            command.add("-Djava.library.path=" + unpackLibrary(folder));
            command.addAll(List.of("-cp", places.classPath("artemis", JAR).orElseThrow(),
                places.launchers().resolve("artemis/ArtemisBroker.java").toString(), config.toUri().toString()));
            return new Launch(List.of(), command, Map.of());
        }

        @Override
        public String version(final RunningServer running) {
            return places.versionOf("artemis", JAR);
        }
    }
}
