package io.gmq.compare.goal;

import java.util.List;
import java.util.function.Predicate;

/** All experiments, one after the other. */
public final class Experiments {
    private final Lab lab;
    private final List<Experiment> all;

    /** Nothing happens yet. */
    public Experiments(final Lab lab) {
        this.lab = lab;
        all = List.of(new Memory(lab), new Synced(lab), new Engine(lab), new Codec(lab), new LatencyAtHalf(lab), new Connections(lab), new Depth(lab),
            new Sizes(lab));
    }

    /** Their names. */
    public List<String> ids() {
        return all.stream().map(Experiment::id).toList();
    }

    /** All that is to be reached. */
    List<Goal> goals() {
        return all.stream().flatMap(experiment -> experiment.goals().stream()).toList();
    }

    /** Measures those that are wanted. What fails is left out, and that is said. */
    public Board run(final Predicate<String> wanted) throws InterruptedException {
        final Board board = new Board();
        for (final Experiment experiment : all) {
            if (wanted.test(experiment.id())) {
                board.open(experiment.id(), experiment.goals());
                run(experiment, board);
            }
        }
        return board;
    }

    private void run(final Experiment experiment, final Board board) throws InterruptedException {
        lab.say(experiment.id());
        try (experiment) {
            experiment.open();
            for (int round = 1; round <= lab.setting().rounds(); round++) {
                lab.say("  " + experiment.id() + ", round " + round + " of " + lab.setting().rounds());
                final Values values = new Values();
                experiment.round(round, values);
                board.add(experiment.id(), values.all());
            }
        } catch (final InterruptedException e) {
            throw e;
        } catch (final Exception e) {
            board.failed(experiment.id() + ": " + (e.getMessage() == null ? e : e.getMessage()));
            lab.say("  failed: " + e);
        }
    }
}
