package io.gmq.journal.chronicle;

/**
 * Chronicle's switches, which it reads from system properties when its classes are loaded. What the operator has set stays.
 * Called before the first use of a Chronicle class.
 */
final class ChronicleRuntime {
    private ChronicleRuntime() {
    }

    static void prepare() {
        // nothing on standard output, nothing to anyone's server
        set("chronicle.announcer.disable", true);
        set("chronicle.analytics.disable", true);
        // no log lines about how long a call took
        set("disable.perf.info", true);
        set("disable.debug.info", true);
        // no threads: a segment's mapping is released by whoever closes it
        set("chronicle.disk.monitor.disable", true);
        set("background.releaser", false);
        set("jvm.resource.tracing", false);
        // the journal is opened by one thread, written by a second and closed by the first, one after the other
        set("disable.single.threaded.check", true);
    }

    private static void set(final String name, final boolean value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, Boolean.toString(value));
        }
    }
}
