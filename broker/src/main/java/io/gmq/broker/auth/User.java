package io.gmq.broker.auth;

import io.gmq.transport.codec.Right;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One user, as a line of the users' file says.
 *
 * @param name      1 to 255 bytes without control characters.
 * @param hash      of the password, or {@code null} where there is none: then only a client certificate lets the user in.
 * @param publish   patterns over the queues and topics that the user may publish to.
 * @param consume   the same for taking, settling and looking.
 * @param configure the same for changing what a queue or topic is.
 * @param isAdmin   whether it may do everything, whatever the patterns say.
 * @param rate      requests a second over all its connections; 0 for as many as it likes.
 */
public record User(
    String name, String hash, List<String> publish, List<String> consume, List<String> configure, boolean isAdmin, long rate) {
    /** The most that a rate can be. */
    public static final long RATE_MAX = 1_000_000_000;

    private static final int NAME_LENGTH_MAX = 255;

    /** @throws UsersException if anything of it cannot be. */
    public User {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > NAME_LENGTH_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new UsersException("the name of a user must have 1 to " + NAME_LENGTH_MAX + " bytes and no control characters, '" + Shown.text(name)
                + "' is none");
        }
        if (hash != null && !Passwords.isHash(hash)) {
            throw new UsersException("the password of user '" + Shown.text(name) + "' is no hash as 'gmq user passwd' writes it; set it with that");
        }
        if (rate < 0 || rate > RATE_MAX) {
            throw new UsersException("the rate of user '" + Shown.text(name) + "' is " + rate + ", must be 0 (no bound) to " + RATE_MAX + " requests a second");
        }
        publish = List.copyOf(publish);
        consume = List.copyOf(consume);
        configure = List.copyOf(configure);
        publish.forEach(NamePattern::parse);
        consume.forEach(NamePattern::parse);
        configure.forEach(NamePattern::parse);
    }

    /** The same user with another password. */
    public User withHash(final String its) {
        return new User(name, its, publish, consume, configure, isAdmin, rate);
    }

    /** Everything that it may do, for people: {@code publish orders.>}. */
    public List<String> rights() {
        final List<String> rights = new ArrayList<>();
        if (isAdmin) {
            rights.add(Right.ADMIN.word());
        }
        publish.forEach(pattern -> rights.add(Right.PUBLISH.word() + " " + pattern));
        consume.forEach(pattern -> rights.add(Right.CONSUME.word() + " " + pattern));
        configure.forEach(pattern -> rights.add(Right.CONFIGURE.word() + " " + pattern));
        return rights;
    }

    /** Without the hash, which helps whoever wants to guess the password. */
    @Override
    public String toString() {
        return "user '" + Shown.text(name) + "'";
    }
}
