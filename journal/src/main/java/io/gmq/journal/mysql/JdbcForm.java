package io.gmq.journal.mysql;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code jdbc:mysql://user:password@host:port/name?option=value&…}, user and password in front of the host or among the options.
 * What is special in a URL is percent-encoded.
 *
 * <p>The driver would take options from a URL before any other, so the URL never reaches it: those in {@link #TAKEN} are handed
 * over by name.
 */
final class JdbcForm {
    private static final String SCHEME = "jdbc:mysql://";
    private static final String USER = "user";
    private static final String PASSWORD = "password";

    /** Encryption, and the way to the server. Keys are spelled as the driver does, whatever the case in the URL. */
    private static final Map<String, String> TAKEN = spellings(
        "sslMode", "useSSL", "requireSSL", "verifyServerCertificate", "tlsVersions", "tlsCiphersuites", "fallbackToSystemTrustStore",
        "fallbackToSystemKeyStore", "trustCertificateKeyStoreUrl", "trustCertificateKeyStoreType", "trustCertificateKeyStorePassword",
        "clientCertificateKeyStoreUrl", "clientCertificateKeyStoreType", "clientCertificateKeyStorePassword",
        "allowPublicKeyRetrieval", "serverRSAPublicKeyFile", "localSocketAddress", "socksProxyHost", "socksProxyPort",
        "socksProxyRemoteDns", USER, PASSWORD);

    private JdbcForm() {
    }

    private static Map<String, String> spellings(final String... names) {
        final Map<String, String> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (final String name : names) {
            spellings.put(name, name);
        }
        return spellings;
    }

    static boolean is(final String dsn) {
        return dsn.startsWith(SCHEME);
    }

    static DatabaseAddress parse(final String dsn) {
        final String rest = dsn.substring(SCHEME.length());
        final int question = rest.indexOf('?');
        final String place = question < 0 ? rest : rest.substring(0, question);
        final Map<String, String> options = options(question < 0 ? "" : rest.substring(question + 1));
        final int slash = place.indexOf('/');
        if (slash < 0) {
            throw DatabaseAddress.refused("there is no '/' before the name of the database");
        }
        final String authority = place.substring(0, slash);
        final int at = authority.lastIndexOf('@');
        final String account = authority.substring(0, Math.max(0, at));
        final int colon = account.indexOf(':');
        final String userOption = options.getOrDefault(USER, "");
        final String passwordOption = options.getOrDefault(PASSWORD, "");
        options.keySet().removeAll(List.of(USER, PASSWORD));
        final String user = decoded(colon < 0 ? account : account.substring(0, colon), false);
        final String password = colon < 0 ? passwordOption : decoded(account.substring(colon + 1), false);
        final String hostAndPort = authority.substring(at + 1);
        return DatabaseAddress.of(user.isEmpty() ? userOption : user, password,
            hostAndPort.isEmpty() ? DatabaseAddress.HOST_DEFAULT : hostAndPort, decoded(place.substring(slash + 1), false), options);
    }

    private static Map<String, String> options(final String query) {
        final Map<String, String> options = new TreeMap<>();
        for (final String option : query.split("&")) {
            final int equals = option.indexOf('=');
            final String name = equals < 0 ? null : TAKEN.get(decoded(option.substring(0, equals), true));
            if (name != null) {
                options.put(name, decoded(option.substring(equals + 1), true));
            }
        }
        return options;
    }

    private static String decoded(final String text, final boolean plusIsSpace) {
        try {
            return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException wouldRepeatTheText) {
            throw DatabaseAddress.refused("a '%' is not followed by two hexadecimal digits (a '%' itself is written %25)");
        }
    }
}
