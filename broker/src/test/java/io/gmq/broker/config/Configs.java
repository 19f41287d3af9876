package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Configurations for tests, on a machine that is the same everywhere. */
final class Configs {
    static final Machine MACHINE = new Machine(2, 8L << 30);

    private Configs() {
    }

    static ConfigLoader loader() {
        return new ConfigLoader(MACHINE);
    }

    /** The defaults with these assignments, each {@code section.key=value}. */
    static Config of(final String... assignments) {
        final ConfigLoader loader = loader();
        for (final String assignment : assignments) {
            loader.set(assignment);
        }
        return loader.load();
    }

    static Path write(final Path folder, final String text) {
        try {
            return Files.writeString(folder.resolve("gmq.json"), text);
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The one line with which this is refused. */
    static String refusalOf(final ThrowingCallable call) {
        final ConfigException refusal = catchThrowableOfType(ConfigException.class, call);
        if (refusal == null) {
            throw new AssertionError("not refused");
        }
        if (refusal.getMessage().chars().anyMatch(Character::isISOControl) || refusal.getCause() != null) {
            throw new AssertionError("more than one plain line: " + refusal.getMessage());
        }
        return refusal.getMessage();
    }
}
