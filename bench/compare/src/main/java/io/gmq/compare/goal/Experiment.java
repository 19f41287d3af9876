package io.gmq.compare.goal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Some lines of the table that are measured together: the same servers, the same rounds. */
abstract class Experiment implements AutoCloseable {
    /** A measurement. */
    @FunctionalInterface
    interface Step {
        void run(Values values) throws Exception;
    }

    private final Lab lab;
    private final List<Driven> opened = new ArrayList<>();

    Experiment(final Lab lab) {
        this.lab = lab;
    }

    /** For the command line. */
    abstract String id();

    /** Its lines. */
    abstract List<Goal> goals();

    /** Starts and warms up what is needed for more than one round. */
    abstract void open() throws Exception;

    /** One round. */
    abstract void round(int round, Values values) throws Exception;

    final Lab lab() {
        return lab;
    }

    /** It is closed with the experiment. */
    final Driven keep(final Driven what) {
        opened.add(what);
        return what;
    }

    /** Measurements by turns: in every other round the other way round, so that none is always the first. */
    static void byTurns(final int round, final Values values, final List<Step> steps) throws Exception {
        final List<Step> order = new ArrayList<>(steps);
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        for (final Step step : order) {
            step.run(values);
        }
    }

    static Goal.Side side(final String key, final String name) {
        return new Goal.Side(key, name);
    }

    @Override
    public final void close() {
        Collections.reverse(opened);
        opened.forEach(Driven::close);
        opened.clear();
    }
}
