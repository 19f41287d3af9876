package io.gmq.broker.cli;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What surrounds a command: its standard input, its environment, and which of the standard streams are terminals. What it prints
 * goes to the writers of picocli's {@code CommandLine}.
 *
 * @param in               standard input.
 * @param environment      variables.
 * @param inIsTerminal     somebody types there.
 * @param outIsTerminal    somebody reads results there.
 * @param errorsIsTerminal somebody reads errors and progress there.
 * @param secret           what somebody types there unseen: a line, or {@code null} where nothing can be typed so.
 */
public record Shell(
    InputStream in,
    Map<String, String> environment,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errorsIsTerminal,
    Supplier<String> secret) {
    /** Set by the launcher, which can tell: any of {@code i}, {@code o} and {@code e}, for what is a terminal. */
    static final String TERMINALS_PROPERTY = "gmq.terminals";

    /** Where secrets are typed like anything else. */
    public Shell(
        final InputStream in,
        final Map<String, String> environment,
        final boolean inIsTerminal,
        final boolean outIsTerminal,
        final boolean errorsIsTerminal) {
        this(in, environment, inIsTerminal, outIsTerminal, errorsIsTerminal, () -> line(in));
    }

    /** Of this process. */
    static Shell ofProcess() {
        final String terminals = System.getProperty(TERMINALS_PROPERTY, guessTerminals());
        return new Shell(System.in, System.getenv(), terminals.contains("i"), terminals.contains("o"), terminals.contains("e"),
            Shell::typedUnseen);
    }

    /** Java can only keep from showing it where standard output is a terminal too. */
    private static String typedUnseen() {
        final Console console = System.console();
        final char[] typed = console == null ? null : console.readPassword();
        return typed == null ? null : new String(typed);
    }

    /** The next line of a stream, byte by byte, since others read on behind it; {@code null} at its end. */
    static String line(final InputStream in) {
        try {
            final ByteArrayOutputStream line = new ByteArrayOutputStream();
            int next = in.read();
            if (next < 0) {
                return null;
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
            final String text = line.toString(StandardCharsets.UTF_8);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Without the launcher: up to Java 21 there is a console exactly if standard input and output are terminals.
    private static String guessTerminals() {
        return System.console() != null && Runtime.version().feature() < 22 ? "ioe" : "";
    }

    /** What is printed may have colours. */
    public boolean colour() {
        return outIsTerminal && environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }
}
