package io.gmq.compare.peer;

import io.gmq.bench.wire.RespWire;
import io.gmq.compare.link.RedisLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Redis, with a list as queue. */
final class Redis implements Peer {
    private static final String NAME = "Redis";
    private static final String GONE = "gone when taken: lists have no acknowledgement";

    private final Places places;

    Redis(final Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> missing() {
        return places.programs().find("redis-server").isPresent() ? Optional.empty() : Optional.of("Debian package redis-server");
    }

    @Override
    public List<Server> servers() {
        return List.of(
            new Instance("redis-none", "", List.of(
                subject("redis-none", "no AOF", Level.MEMORY, "nothing"),
                new Subject("redis-none-single", NAME, "list, no AOF, RPOP one by one", Level.MEMORY, "nothing", GONE,
                    new Subject.Drivers(new RespWire(), null, false)))),
            server("redis-everysec", "everysec", "AOF, everysec", Level.WRITTEN,
                "kill -9 of the server; a power loss takes the last second"),
            server("redis-always", "always", "AOF, always", Level.SYNCED, "power loss: synced before the reply"));
    }

    private Server server(final String id, final String sync, final String durability, final Level level, final String survives) {
        return new Instance(id, sync, List.of(subject(id, durability, level, survives)));
    }

    private static Subject subject(final String id, final String durability, final Level level, final String survives) {
        return new Subject(id, NAME, "list, " + durability, level, survives, GONE,
            new Subject.Drivers(new RespWire(true), (host, port, queue, length, flow) -> new RedisLink(host, port, queue, flow)));
    }

    /** @param sync the policy for the append only file; empty for none. */
    static String config(final Path folder, final int port, final String sync) {
        return String.join("\n",
            "bind " + RunningServer.HOST,
            "port " + port,
            "dir " + folder,
            "daemonize no",
            "# no snapshots while something is measured",
            "save \"\"",
            "appendonly " + (sync.isEmpty() ? "no" : "yes"),
            sync.isEmpty() ? "" : "appendfsync " + sync,
            "");
    }

    private final class Instance implements Server {
        private final String id;
        private final String sync;
        private final List<Subject> subjects;

        private Instance(final String id, final String sync, final List<Subject> subjects) {
            this.id = id;
            this.sync = sync;
            this.subjects = subjects;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public List<Subject> subjects() {
            return subjects;
        }

        @Override
        public Launch prepare(final Path folder, final int port) throws IOException {
            final Path config = Files.writeString(folder.resolve("redis.conf"), config(folder, port, sync));
            return Launch.of(places.programs().find("redis-server").orElseThrow().toString(), config.toString());
        }

        @Override
        public String version(final RunningServer running) throws IOException {
            return Programs.ask(Pattern.compile("v=([\\w.]+)"), places.programs().find("redis-server").orElseThrow().toString(),
                "--version");
        }
    }
}
