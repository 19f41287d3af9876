package io.gmq.transport.codec;

import java.util.Locale;

/** What somebody may be allowed to do with a queue or a topic. */
public enum Right {
    /** To publish to it, which also creates a queue. */
    PUBLISH,
    /** To take or be pushed its messages, to settle them, and to look at it. */
    CONSUME,
    /** To change what it is: settings, bindings, being there at all. */
    CONFIGURE,
    /** Everything, on everything. */
    ADMIN;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Its name in files, options and errors. */
    public String word() {
        return word;
    }

    /** One bit of a set of rights. */
    public int bit() {
        return 1 << ordinal();
    }
}
