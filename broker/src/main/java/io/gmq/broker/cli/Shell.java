package io.gmq.broker.cli;

import java.io.InputStream;
import java.util.Map;

/**
 * What surrounds a command: its standard input, its environment, and which of the standard streams are terminals. What it prints
 * goes to the writers of picocli's {@code CommandLine}.
 *
 * @param in               standard input.
 * @param environment      variables.
 * @param inIsTerminal     somebody types there.
 * @param outIsTerminal    somebody reads results there.
 * @param errorsIsTerminal somebody reads errors and progress there.
 */
public record Shell(
    InputStream in, Map<String, String> environment, boolean inIsTerminal, boolean outIsTerminal, boolean errorsIsTerminal) {
    /** Set by the launcher, which can tell: any of {@code i}, {@code o} and {@code e}, for what is a terminal. */
    static final String TERMINALS_PROPERTY = "gmq.terminals";

    /** Of this process. */
    static Shell ofProcess() {
        final String terminals = System.getProperty(TERMINALS_PROPERTY, guessTerminals());
        return new Shell(System.in, System.getenv(), terminals.contains("i"), terminals.contains("o"), terminals.contains("e"));
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
