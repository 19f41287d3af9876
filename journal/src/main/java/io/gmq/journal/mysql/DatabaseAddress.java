package io.gmq.journal.mysql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is and who we are there. Read from the original GMQ's form, {@code user:password@(host:port)/name}, which is
 * the Go driver's, or from a JDBC URL.
 *
 * <p>Immutable, for any thread. It holds a password, and neither its text nor its errors show anything that might be one.
 */
public final class DatabaseAddress {
    static final String HOST_DEFAULT = "127.0.0.1";

    private static final int PORT_DEFAULT = 3306;
    private static final int PORT_MAX = 65535;
    private static final String FORMS = "write user:password@(host:3306)/name or jdbc:mysql://user:password@host:3306/name";
    private static final Pattern HOST_AND_PORT =
        Pattern.compile("(?:(?<host>[\\w.-]+)|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_$-]{1,64}");
    private static final Pattern HARMLESS = Pattern.compile("[\\w.-]+");

    private final String user;
    private final String password;
    private final String host;
    private final int port;
    private final String name;
    private final Map<String, String> options;

    private DatabaseAddress(
        final String user,
        final String password,
        final String host,
        final int port,
        final String name,
        final Map<String, String> options) {
        this.user = user;
        this.password = password;
        this.host = host;
        this.port = port;
        this.name = name;
        this.options = Map.copyOf(options);
    }

    /**
     * Reads either form. Of the options behind a question mark those are taken that say how the connection is encrypted and
     * how the server is reached; everything else is GMQ's to decide, and left out.
     *
     * @throws IllegalArgumentException if it is neither. The message is one line that says what to write, without anything of the text.
     */
    public static DatabaseAddress parse(final String dsn) {
        return JdbcForm.is(dsn) ? JdbcForm.parse(dsn) : GoForm.parse(dsn);
    }

    /** Checks the parts. */
    static DatabaseAddress of(
        final String user, final String password, final String hostAndPort, final String name, final Map<String, String> options) {
        if (user.isEmpty() || hasControlCharacter(user)) {
            throw refused("there is no user before the host");
        }
        final Matcher address = HOST_AND_PORT.matcher(hostAndPort);
        if (!address.matches()) {
            throw refused("the host is not one name or address with a port");
        }
        final String digits = address.group("port");
        final int port = digits == null ? PORT_DEFAULT : Integer.parseInt(digits);
        if (port < 1 || port > PORT_MAX) {
            throw refused("the port is not from 1 to " + PORT_MAX);
        }
        if (!NAME.matcher(name).matches()) {
            throw refused("the name of the database behind the last '/' is missing, or not up to 64 letters, digits, '_', '$' and '-'");
        }
        final String ipv6 = address.group("ipv6");
        return new DatabaseAddress(user, password, ipv6 == null ? address.group("host") : ipv6, port, name, options);
    }

    static IllegalArgumentException refused(final String why) {
        return new IllegalArgumentException(why + "; " + FORMS);
    }

    private static boolean hasControlCharacter(final String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** What the driver is asked for: host, port and name, nothing else. */
    String url() {
        return "jdbc:mysql://" + hostAndPort() + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** User, password and the options that were taken, in the driver's words. */
    Properties properties() {
        final Properties properties = new Properties();
        properties.putAll(options);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return properties;
    }

    /** {@code user@host:port/name}. A user that looks odd is masked: it may be a password in the wrong place. */
    @Override
    public String toString() {
        return (HARMLESS.matcher(user).matches() ? user : "***") + "@" + hostAndPort() + "/" + name;
    }

    private String hostAndPort() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
