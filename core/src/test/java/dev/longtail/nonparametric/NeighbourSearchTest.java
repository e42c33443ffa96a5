package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.nonparametric.BudgetConfig.Rule;
import dev.longtail.nonparametric.BudgetConfig.Sharing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourSearchTest {

    private static final AnchorObjective OBJECTIVE = new AnchorObjective(0.01, 0);

    private static BudgetConfig config(int start) {
        return new BudgetConfig(start, 1, 100, 1, Rule.SETTLED, Sharing.TIED, OBJECTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "'5', '1', 0", // nothing to compare with yet
        "'5 5', '1 0.9', 0", // falls
        "'5 5', '1 0.9995', -1", // has settled: fewer are tried first
        "'5 5', '1 1.1', -1",
        "'5 5 4', '1 1 0.9', -1", // fewer are better: fewer still, at once
        "'5 5 4', '1 1 1.1', 0", // worse, but perhaps not for long
        "'5 5 4 4', '1 1 1.2 1.1', 0",
        "'5 5 4 4', '1 1 1.1 1.1', 1", // settled and worse: back
        "'5 5 4 4 5', '1 1 1.1 1.1 1', 0",
        "'5 5 4 4 5 5', '1 1 1.1 1.1 1 1', 1", // the other way
        "'5 5 4 4 5 5 6 6', '1 1 1.1 1.1 1 1 0.9 0.9', 1", // better: on
        "'5 5 4 4 5 5 6 6', '1 1 1.1 1.1 1 1 1.2 1.2', -1",
        "'5 5 4 4 5 5 6 6 5 5', '1 1 1.1 1.1 1 1 1.2 1.2 1 1', 0", // both neighbours are worse
    })
    void numbersAreCompared(String anchors, String history, int change) {
        List<Integer> numbers =
                Arrays.stream(anchors.split(" ")).map(Integer::valueOf).toList();
        List<Double> values =
                Arrays.stream(history.split(" ")).map(Double::valueOf).toList();
        assertThat(config(5).change(numbers, values)).isEqualTo(change);
    }

    @Test
    void theRangeIsKept() {
        BudgetConfig config = new BudgetConfig(2, 2, 3, 1, Rule.SETTLED, Sharing.TIED, OBJECTIVE);
        assertThat(config.change(List.of(2, 2), List.of(1.0, 1.0))).isEqualTo(-1);
        assertThat(config.change(List.of(2, 2, 1, 1, 2, 2), List.of(1.0, 1.0, 2.0, 2.0, 1.0, 1.0)))
                .isEqualTo(1);
        assertThat(config.change(List.of(1, 1), List.of(1.0, 1.0))).isEqualTo(2);
        assertThatThrownBy(() -> config.change(List.of(2), List.of(Double.NaN)))
                .hasMessage("objective must be finite, got NaN");
        assertThatThrownBy(() -> Settings.override(BudgetConfig.DEFAULT, Map.of("tolerance", "-1")))
                .hasMessage("tolerance must be at least 0, got -1.0");
    }

    /**
     * Training that goes on for long, jumps where anchors come or go, and then takes epochs to learn what changed: the
     * objective is least at 12 anchors.
     */
    private static List<Integer> course(int start, int epochs) {
        AnchorBudget budget = new AnchorBudget(config(start), 1);
        double jump = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int now = budget.anchors(0);
            double loss = 0.7 + 1.44 / now + Math.exp(-epoch / 4.0) + jump;
            int change = budget.next(loss, 0)[0];
            jump = change > 0 ? jump + 0.03 : change < 0 ? jump + 0.002 : jump / 3;
        }
        return budget.course(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 10, 20, 40})
    void itSettlesWhereTheObjectiveIsLeast(int start) {
        List<Integer> end = course(start, 250);
        end = end.subList(200, 250);
        assertThat(end).allMatch(k -> k >= 10 && k <= 14);
        assertThat(end.stream().distinct().count()).isLessThanOrEqualTo(3);
        // most of the time it does not try others
        assertThat(end.stream().collect(Collectors.groupingBy(k -> k, Collectors.counting())))
                .anySatisfy((k, times) -> assertThat(times).isGreaterThan(30));
    }

    @Test
    void whatWasTriedIsTriedAgainLaterAndLater() {
        List<Integer> course = course(12, 250);
        List<Integer> trials = new ArrayList<>();
        for (int epoch = 1; epoch < course.size(); epoch++) {
            if (course.get(epoch) == 11 && course.get(epoch - 1) != 11) {
                trials.add(epoch);
            }
        }
        assertThat(trials).hasSizeBetween(3, 5);
        assertThat(trials.get(2) - trials.get(1)).isGreaterThan(trials.get(1) - trials.get(0));
    }
}
