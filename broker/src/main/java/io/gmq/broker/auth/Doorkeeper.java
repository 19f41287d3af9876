package io.gmq.broker.auth;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import io.gmq.transport.ingress.Account;
import io.gmq.transport.ingress.Attempt;
import io.gmq.transport.ingress.Gate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate: has attempts to log in decided, one after the other, on a thread of its own. Holds the accounts, and keeps them as the users' file says. */
public final class Doorkeeper implements Gate, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
    /** Attempts that may wait. */
    private static final int WAITING_MAX = 1024;
    private static final long CLOSE_MS_MAX = 2000;

    private final Accounts accounts;
    private final Judge judge;
    private final UsersWatch watch;
    private final ThreadPoolExecutor thread;

    private Doorkeeper(final Accounts accounts, final Judge judge, final UsersWatch watch) {
        this.accounts = accounts;
        this.judge = judge;
        this.watch = watch;
        thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
            final Thread its = new Thread(task, "gmq-gate");
            its.setDaemon(true);
            return its;
        });
    }

    /**
     * The one that a configuration asks for; {@code null} where there are no accounts. Reads the users' file, and looks after it from now on.
     *
     * @throws UsersException if the file cannot be used.
     */
    public static Doorkeeper of(final Config config, final EpochClock clock) {
        if (!config.hasAccounts()) {
            return null;
        }
        final Path path = config.get(Keys.AUTH_USERS);
        final String user = config.get(Keys.AUTH_USER);
        final Accounts accounts = new Accounts(user.isEmpty() ? null : configured(user, config.get(Keys.AUTH_PASSWORD)));
        final UsersWatch watch = path.toString().isEmpty() ? null : new UsersWatch(new UsersFile(path), accounts);
        if (accounts.size() == 0) {
            LOG.warn("{} has no user yet, so nobody is let in; 'gmq user add' adds one", path);
        }
        return new Doorkeeper(accounts, new Judge(accounts, config.get(Keys.AUTH_REQUIRE_TLS), Passwords::matches, clock), watch);
    }

    /** The original's one account may do everything. */
    private static User configured(final String name, final String password) {
        return new User(name, Passwords.hash(password.getBytes(StandardCharsets.UTF_8)), List.of(), List.of(), List.of(), true, 0);
    }

    @Override
    public boolean offer(final Attempt attempt) {
        try {
            thread.execute(() -> decide(attempt));
            return true;
        } catch (final RejectedExecutionException full) {
            return false;
        }
    }

    private void decide(final Attempt attempt) {
        Decision decision = Decision.WRONG;
        try {
            decision = judge.judge(attempt.user(), attempt.password(), attempt.isOneShot(), attempt.address(), attempt.isSecure());
        } catch (final RuntimeException e) {
            LOG.error("an attempt to log in is refused after an internal error", e);
        }
        switch (decision.kind()) {
            case ACCEPTED -> attempt.accept(decision.account());
            case WRONG -> attempt.refuse();
            case NOT_SECURE -> attempt.refuseUnsecured();
            case DEFERRED -> attempt.defer(decision.retryAfterMs());
        }
    }

    @Override
    public Account ofCertificate(final String subject) {
        final Accounts.Entry entry = accounts.find(subject);
        return entry == null ? null : entry.account();
    }

    /** Waits for the attempt that is being decided, since its connection is told; those that wait are not decided any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        if (watch != null) {
            watch.close();
        }
        try {
            thread.awaitTermination(CLOSE_MS_MAX, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
