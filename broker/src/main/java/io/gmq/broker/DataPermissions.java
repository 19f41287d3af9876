package io.gmq.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether others than the broker's own user may get at a folder or file of its own: whoever reads the journal reads all messages,
 * and whoever writes it decides what they are. Only warns, since some run it that way on purpose. Any thread's.
 */
final class DataPermissions {
    private static final Logger LOG = LoggerFactory.getLogger(DataPermissions.class);
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private DataPermissions() {
    }

    /** Says so if others may read or write there. */
    static void warnIfOpen(final Path path) {
        final String others = ofOthers(path);
        if (!others.isEmpty()) {
            LOG.warn("others may get at {} ({}): whoever can read it can read all messages, whoever can write it can change them;"
                + " 'chmod -R go-rwx {}' closes it", path, others, path);
        }
    }

    /** What others may do there, in words, empty where they may nothing that matters. The group may read, as an operator's backup does. */
    static String ofOthers(final Path path) {
        try {
            return Files.getPosixFilePermissions(path).stream().filter(OF_OTHERS::contains).sorted()
                .map(permission -> permission.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        } catch (final IOException | UnsupportedOperationException e) {
            return ""; // not there yet, or a file system without permissions
        }
    }
}
