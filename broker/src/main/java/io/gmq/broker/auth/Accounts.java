package io.gmq.broker.auth;

import io.gmq.transport.ingress.Account;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts by the names of their users: those of the users' file, and the one that the configuration names. Looked up by any thread;
 * set as a whole when the file has changed. What connections hold of an account follows: other rights hold from their next request on, and
 * who is gone or has another password is no longer let in by the old one.
 */
final class Accounts {
    /** An account, and what lets somebody in by it. */
    static final class Entry {
        private final Account account;
        private final String hash;
        /** Says which credentials were good the last time; the gate's thread's. */
        private byte[] provenMac;

        private Entry(final User user) {
            account = new Account(user.name());
            hash = user.hash();
        }

        Account account() {
            return account;
        }

        /** {@code null} where no password lets anybody in. */
        String hash() {
            return hash;
        }

        byte[] provenMac() {
            return provenMac;
        }

        void prove(final byte[] mac) {
            provenMac = mac;
        }

        private boolean hasHash(final String its) {
            return hash == null ? its == null : hash.equals(its);
        }
    }

    private final User configured;
    private volatile Map<String, Entry> entries = Map.of();

    /** @param configured the one that the configuration names, or {@code null}. */
    Accounts(final User configured) {
        this.configured = configured;
        set(List.of());
    }

    /** The account of that name, or {@code null}. */
    Entry find(final String name) {
        return entries.get(name);
    }

    /** How many there are. */
    int size() {
        return entries.size();
    }

    /**
     * Sets the users of the file.
     *
     * @throws UsersException if one has the name of the configured one; nothing has changed then.
     */
    synchronized void set(final List<User> users) {
        final Map<String, Entry> next = new HashMap<>();
        if (configured != null) {
            next.put(configured.name(), entry(configured));
        }
        for (final User user : users) {
            if (configured != null && configured.name().equals(user.name())) {
                throw new UsersException(user + " is in the users' file and is auth.user too; remove one of them");
            }
            next.put(user.name(), entry(user));
        }
        if (configured != null) {
            grant(next, configured);
        }
        users.forEach(user -> grant(next, user));
        final Map<String, Entry> before = entries;
        entries = next;
        before.forEach((name, entry) -> {
            if (next.get(name) != entry) {
                entry.account.revoke();
            }
        });
    }

    private Entry entry(final User user) {
        final Entry before = entries.get(user.name());
        return before != null && before.hasHash(user.hash()) ? before : new Entry(user);
    }

    private static void grant(final Map<String, Entry> next, final User user) {
        next.get(user.name()).account.grant(PatternRights.of(user), user.rate());
    }
}
