package io.gmq.compare.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.compare.Targets;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Option;

class ExperimentTest {
    private static Experiments experiments(final List<String> sets) {
        final Setting setting = new Setting(1, Duration.ZERO, Duration.ofSeconds(1), false, sets);
        return new Experiments(new Lab(setting, new Lab.Places(Path.of("."), Path.of("bench.jar"), List.of()), line -> { }));
    }

    @Test
    void shouldGiveEachGoalAnIdOfItsOwn() {
        assertThat(experiments(List.of()).goals()).extracting(Goal::id).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }

    @Test
    void shouldMeasureWithAndWithoutWhatIsSet() {
        final List<Goal> set = experiments(List.of("ring.profile=shared")).goals();
        assertThat(set).extracting(Goal::id).doesNotHaveDuplicates().contains("memory-gmq-push-redis-count", "memory-gmq-set-push-redis-count");
        assertThat(set).filteredOn(goal -> goal.id().equals("memory-gmq-set-push-redis-count")).extracting(goal -> goal.ours().name())
            .containsExactly("GMQ, pushed, settled in ranges, with ring.profile=shared");
    }

    @Test
    void shouldNameAllExperimentsInTheHelp() throws NoSuchFieldException {
        final Field only = Targets.class.getDeclaredField("only");
        assertThat(only.getAnnotation(Option.class).description()[0]).endsWith(String.join(", ", experiments(List.of()).ids()) + ".");
    }

    @Test
    void shouldTurnTheOrderInEveryOtherRound() throws Exception {
        final List<String> order = new ArrayList<>();
        final List<Experiment.Step> steps = List.of(values -> order.add("a"), values -> order.add("b"));
        for (int round = 1; round <= 3; round++) {
            Experiment.byTurns(round, new Values(), steps);
        }
        assertThat(order).containsExactly("a", "b", "b", "a", "a", "b");
    }

    @Test
    void shouldTakeATenthWhereItIsQuick() {
        assertThat(new Setting(1, Duration.ZERO, Duration.ZERO, true, List.of()).large(10_000)).isEqualTo(1_000);
        assertThat(new Setting(1, Duration.ZERO, Duration.ZERO, false, List.of()).large(10_000)).isEqualTo(10_000);
    }
}
