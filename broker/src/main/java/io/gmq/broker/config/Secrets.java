package io.gmq.broker.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps passwords out of everything that is shown. It shows only what it recognises as harmless, and hides the rest: a data
 * source of a form that it does not know is hidden whole.
 */
final class Secrets {
    static final String MASK = "***";

    private static final String OPTIONS = "(?<options>\\?.*)?";
    private static final String HOST = "([\\w.-]*|\\[[0-9A-Fa-f:]+\\])(:[0-9]+)?";

    /** The original's form: {@code user:password@tcp(host:3306)/name?options}. The last slash ends the address, as Go has it. */
    private static final Pattern GO_FORM = Pattern.compile(
        "(?<user>[\\w.-]*)(?<password>:.*)?@(?<address>\\w*\\([\\w.:/\\[\\]-]*\\))?/(?<name>[\\w-]*)(?<options>\\?[^/]*)?");
    /** {@code jdbc:mysql://user:password@host:3306/name?options}. */
    private static final Pattern JDBC_FORM = Pattern.compile(
        "(?<scheme>jdbc:[\\w+:]+//)((?<user>[\\w.-]*)(?<password>:[^?@/]*)?@)?(?<address>" + HOST + "(," + HOST + ")*)/(?<name>[\\w-]*)"
            + OPTIONS);

    private static final List<String> TELLING = List.of(
        "auth", "database", "archive", "dsn", "jdbc", "tls", "pass", "pwd", "secret", "token", "cred", "key_store", "private");

    private Secrets() {
    }

    /** The mask, whatever the length; nothing stays nothing, so that one sees that no password is set. */
    static String mask(final String secret) {
        return secret.isEmpty() ? "" : MASK;
    }

    static String maskDataSource(final String dataSource) {
        final Matcher jdbc = JDBC_FORM.matcher(dataSource);
        if (jdbc.matches()) {
            return jdbc.group("scheme") + credentials(jdbc) + jdbc.group("address") + "/" + jdbc.group("name") + options(jdbc);
        }
        final Matcher go = GO_FORM.matcher(dataSource);
        if (go.matches()) {
            final String address = go.group("address");
            return credentials(go) + (address == null ? "" : address) + "/" + go.group("name") + options(go);
        }
        return mask(dataSource);
    }

    private static String credentials(final Matcher matcher) {
        final String user = matcher.group("user");
        return user == null ? "" : user + (matcher.group("password") == null ? "" : ":" + MASK) + "@";
    }

    private static String options(final Matcher matcher) {
        return matcher.group("options") == null ? "" : "?" + MASK;
    }

    /**
     * Whether a value of an unknown name should not be repeated, since the name may be a misspelt secret's.
     *
     * @param name  as it was given: a key, a variable.
     * @param value as it was given.
     */
    static boolean mayHide(final String name, final String value) {
        final String lower = name.toLowerCase(Locale.ROOT);
        return value.indexOf('@') >= 0 || TELLING.stream().anyMatch(lower::contains);
    }
}
