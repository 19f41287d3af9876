package io.gmq.compare.peer;

import io.gmq.bench.wire.BeanstalkWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** beanstalkd, without a log, and with one that is synced after every write. */
final class Beanstalkd implements Peer {
    private static final String NAME = "beanstalkd";
    private static final String DELETED = "reserved, deleted; the deletion is confirmed at the same level";

    /** There is no official Java client. */
    private static final Subject.Drivers RAW = new Subject.Drivers(new BeanstalkWire(), null);

    private final Places places;

    Beanstalkd(final Places places) {
        this.places = places;
    }

    @Override
    public String name() {
        return NAME;
    }

    private Optional<Path> program() {
        return places.programs().find(NAME);
    }

    @Override
    public Optional<String> missing() {
        return program().isPresent() ? Optional.empty() : Optional.of("Debian package beanstalkd");
    }

    @Override
    public List<Server> servers() {
        return List.of(
            new Instance(false, new Subject("beanstalkd-none", NAME, "no log", Level.MEMORY, "nothing", DELETED, RAW)),
            new Instance(true, new Subject("beanstalkd-f0", NAME, "log, -f0", Level.SYNCED, "power loss: synced before the reply",
                DELETED, RAW)));
    }

    private final class Instance implements Server {
        private final boolean log;
        private final Subject subject;

        private Instance(final boolean log, final Subject subject) {
            this.log = log;
            this.subject = subject;
        }

        @Override
        public String id() {
            return subject.id();
        }

        @Override
        public List<Subject> subjects() {
            return List.of(subject);
        }

        @Override
        public Launch prepare(final Path folder, final int port) throws IOException {
            final List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString(), "-l", RunningServer.HOST, "-p",
                Integer.toString(port)));
            if (log) {
                command.addAll(List.of("-b", Files.createDirectory(folder.resolve("log")).toString(), "-f0"));
            }
            return Launch.of(command.toArray(String[]::new));
        }

        @Override
        public String version(final RunningServer running) throws IOException {
            return Programs.ask(Pattern.compile("beanstalkd ([\\w.+-]+)"), program().orElseThrow().toString(), "-v");
        }
    }
}
