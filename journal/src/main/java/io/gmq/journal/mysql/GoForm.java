package io.gmq.journal.mysql;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The original's form, {@code user:password@tcp(host:port)/name?options}, split as github.com/go-sql-driver/mysql does it: the last
 * slash, the last {@code @} before it, the first colon before that. So a password may hold any character.
 *
 * <p>Of the options only {@code tls} is taken: whoever asks for it must not be left without.
 */
final class GoForm {
    private static final Pattern NETWORK = Pattern.compile("(?:tcp[46]?)?(?:\\((?<address>.*)\\))?");
    private static final Pattern TLS = Pattern.compile("(?:.*&)?tls=(?<word>[^&]*)(?:&.*)?", Pattern.DOTALL);
    private static final Map<String, String> TLS_MODES =
        Map.of("true", "VERIFY_IDENTITY", "skip-verify", "REQUIRED", "preferred", "PREFERRED", "false", "DISABLED");

    private GoForm() {
    }

    static DatabaseAddress parse(final String dsn) {
        final int slash = dsn.lastIndexOf('/');
        if (slash < 0) {
            throw DatabaseAddress.refused("there is no '/' before the name of the database");
        }
        final int at = dsn.lastIndexOf('@', slash);
        final String account = dsn.substring(0, Math.max(0, at));
        final int colon = account.indexOf(':');
        final String rest = dsn.substring(slash + 1);
        final int question = rest.indexOf('?');
        return DatabaseAddress.of(
            colon < 0 ? account : account.substring(0, colon),
            colon < 0 ? "" : account.substring(colon + 1),
            hostAndPort(dsn.substring(at + 1, slash)),
            question < 0 ? rest : rest.substring(0, question),
            question < 0 ? Map.of() : options(rest.substring(question + 1)));
    }

    private static String hostAndPort(final String network) {
        final Matcher matcher = NETWORK.matcher(network);
        if (!matcher.matches()) {
            throw DatabaseAddress.refused("the host must stand in brackets, and be reached by TCP");
        }
        final String address = matcher.group("address");
        return address == null || address.isEmpty() ? DatabaseAddress.HOST_DEFAULT : address;
    }

    private static Map<String, String> options(final String query) {
        final Map<String, String> options = new HashMap<>();
        final Matcher tls = TLS.matcher(query);
        if (tls.matches()) {
            final String mode = TLS_MODES.get(tls.group("word"));
            if (mode == null) {
                throw DatabaseAddress.refused("option tls must be true, skip-verify, preferred or false");
            }
            options.put("sslMode", mode);
        }
        return options;
    }
}
