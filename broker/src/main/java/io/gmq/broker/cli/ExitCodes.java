package io.gmq.broker.cli;

/** What the process ends with. */
final class ExitCodes {
    /** It was done. */
    static final int OK = 0;
    /** It was not done; one line on standard error says why. */
    static final int FAILED = 1;
    /** The command line was not understood. */
    static final int USAGE = 2;
    /** A take waited as long as it was told, and no message came. */
    static final int NOTHING = 3;

    private ExitCodes() {
    }
}
