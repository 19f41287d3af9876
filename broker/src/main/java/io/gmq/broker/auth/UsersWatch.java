package io.gmq.broker.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the users' file, and reads it again when it has changed, which it looks for once a second on a thread of its own. A file that cannot be
 * used changes nothing: the users stay as they were, and the log says so.
 */
final class UsersWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsersWatch.class);
    private static final long LOOK_MS = 1000;

    /** Tells one version of a file from another; nothing of it is known where there is none. */
    private record Version(FileTime changed, long length, Object key) {
        static Version of(final Path path) {
            try {
                final BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            } catch (final IOException gone) {
                return new Version(null, 0, null);
            }
        }
    }

    private final UsersFile file;
    private final Accounts accounts;
    private final ScheduledExecutorService thread;
    private Version seen;

    /** @throws UsersException if the file cannot be used. */
    UsersWatch(final UsersFile file, final Accounts accounts) {
        this.file = file;
        this.accounts = accounts;
        seen = Version.of(file.path());
        accounts.set(file.read());
        thread = Executors.newSingleThreadScheduledExecutor(task -> {
            final Thread its = new Thread(task, "gmq-users");
            its.setDaemon(true);
            return its;
        });
        thread.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /** Reads the file again if it has changed. */
    synchronized void look() {
        final Version now = Version.of(file.path());
        if (Objects.equals(now, seen)) {
            return;
        }
        seen = now;
        try {
            final List<User> users = file.read();
            accounts.set(users);
            LOG.info("read {} user{} from {}, which has changed", users.size(), users.size() == 1 ? "" : "s", file.path());
        } catch (final RuntimeException e) {
            LOG.warn("the users stay as they were: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
