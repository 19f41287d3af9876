package io.gmq.broker.auth;

import io.gmq.transport.codec.Right;
import io.gmq.transport.ingress.NameRights;
import java.util.List;

/** The rights of a user that are given by patterns. Immutable, for any thread. */
final class PatternRights implements NameRights {
    private final NamePattern[] publish;
    private final NamePattern[] consume;
    private final NamePattern[] configure;

    private PatternRights(final User user) {
        publish = patterns(user.publish());
        consume = patterns(user.consume());
        configure = patterns(user.configure());
    }

    /** Those of a user, which may be all there are. */
    static NameRights of(final User user) {
        return user.isAdmin() ? NameRights.ALL : new PatternRights(user);
    }

    private static NamePattern[] patterns(final List<String> texts) {
        return texts.stream().map(NamePattern::parse).toArray(NamePattern[]::new);
    }

    @Override
    public int of(final byte[] name, final int length) {
        return (isCovered(publish, name, length) ? Right.PUBLISH.bit() : 0)
            | (isCovered(consume, name, length) ? Right.CONSUME.bit() : 0)
            | (isCovered(configure, name, length) ? Right.CONFIGURE.bit() : 0);
    }

    private static boolean isCovered(final NamePattern[] patterns, final byte[] name, final int length) {
        for (final NamePattern pattern : patterns) {
            if (pattern.covers(name, length)) {
                return true;
            }
        }
        return false;
    }
}
