package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.nonparametric.BudgetConfig.Rule;
import dev.longtail.nonparametric.BudgetConfig.Sharing;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorBudgetTest {

    private static final AnchorObjective OBJECTIVE = new AnchorObjective(0.01, 1e-4);

    private static BudgetConfig config(int start, int step, Sharing sharing) {
        return new BudgetConfig(start, step, 100, 1, Rule.PAPER, sharing, OBJECTIVE);
    }

    @ParameterizedTest
    @CsvSource({
        "'3', UNKNOWN, 1",
        "'3 2', UNKNOWN, 1",
        "'3 2 1', FALLING, 1",
        "'9 9 3 2 1', FALLING, 1",
        "'3 3 2', FALLING, 1",
        "'1 2 3', RISING, -1",
        "'3 2 1 2 3', RISING, -1",
        "'1 2 2', RISING, -1",
        "'2 2 2', LEVEL, 0",
        "'1 3 2', LEVEL, 0",
        "'3 1 2', LEVEL, 0",
    })
    void lines10To16OfAlgorithm2(String history, Trend trend, int change) {
        List<Double> values =
                Arrays.stream(history.split(" ")).map(Double::valueOf).toList();
        List<Integer> anchors = Collections.nCopies(values.size(), 10);
        assertThat(Trend.of(values)).isEqualTo(trend);
        assertThat(config(10, 1, Sharing.TIED).change(anchors, values)).isEqualTo(change);
        assertThat(config(10, 3, Sharing.TIED).change(anchors, values)).isEqualTo(3 * change);
    }

    @ParameterizedTest
    @CsvSource({
        "'9 10 11', '3 2 1', 1",
        "'9 10 10', '3 2 1', 1",
        "'11 10 9', '3 2 1', -1",
        "'10 9 9', '3 2 1', -1",
        "'9 10 11', '1 2 3', -1",
        "'11 10 9', '1 2 3', 1",
        "'10 10 10', '3 2 1', 1",
        "'11 10 9', '1 2 1', 0",
        "'11 10', '2 1', 1",
    })
    void theDirectedRuleGoesOnOrTurnsRound(String anchors, String history, int change) {
        BudgetConfig config = new BudgetConfig(10, 1, 100, 1, Rule.DIRECTED, Sharing.TIED, OBJECTIVE);
        List<Integer> numbers =
                Arrays.stream(anchors.split(" ")).map(Integer::valueOf).toList();
        List<Double> values =
                Arrays.stream(history.split(" ")).map(Double::valueOf).toList();
        assertThat(config.change(numbers, values)).isEqualTo(change);
    }

    @Test
    void theNumberStaysBetweenFloorAndCap() {
        BudgetConfig config = new BudgetConfig(10, 4, 20, 2, Rule.PAPER, Sharing.TIED, OBJECTIVE);
        List<Double> rising = List.of(1.0, 2.0, 3.0);
        assertThat(config.change(List.of(18), List.of(1.0))).isEqualTo(2);
        assertThat(config.change(List.of(20), List.of(1.0))).isZero();
        assertThat(config.change(List.of(13, 9, 5), rising)).isEqualTo(-3);
        assertThat(config.change(List.of(10, 6, 2), rising)).isZero();
        assertThatThrownBy(() -> config.change(List.of(21), List.of(1.0)))
                .hasMessage("anchors must be from floor to cap, 2 to 20, got 21");
        assertThatThrownBy(() -> config.change(List.of(9, 9, 9), List.of(1.0, Double.NaN, 3.0)))
                .hasMessage("objective must be finite, got NaN");
        assertThatThrownBy(() -> config.change(List.of(9, 9), rising))
                .hasMessage("values of the objective must be as many as numbers of anchors, 2, and at least 1, got 3");
    }

    @Test
    void wrongBoundsAreRefused() {
        assertThatThrownBy(() -> Settings.override(BudgetConfig.DEFAULT, Map.of("start", "101")))
                .hasMessageContaining("start must be from floor to cap, 1 to 100, got 101");
        assertThatThrownBy(() -> Settings.override(BudgetConfig.DEFAULT, Map.of("floor", "0")))
                .hasMessageContaining("floor must be at least 1, got 0");
        assertThat(Settings.override(BudgetConfig.DEFAULT, Map.of("objective.lambda1", "0.5"))
                        .objective()
                        .lambda1())
                .isEqualTo(0.5);
    }

    /** A loss that falls with the anchors, the last ones bringing little: the objective is least at 12 of a table. */
    private static double loss(int anchors) {
        return 0.7 + (0.01 - 1e-4) * 144 / anchors;
    }

    @ParameterizedTest
    @CsvSource({
        "PAPER, 1",
        "PAPER, 5",
        "PAPER, 10",
        "DIRECTED, 1",
        "DIRECTED, 5",
        "DIRECTED, 10",
        "DIRECTED, 20",
        "DIRECTED, 40"
    })
    void itSettlesNearTheBestNumber(Rule rule, int start) {
        AnchorBudget budget = settled(rule, start);
        for (int epoch = 0; epoch < 50; epoch++) {
            budget.next(loss(budget.anchors(0)), 0);
            assertThat(budget.anchors(0)).isBetween(10, 14); // no further than 2 steps from 12
        }
    }

    /** It takes the fall of the objective that removing an anchor brought for a reason to add one. */
    @ParameterizedTest
    @ValueSource(ints = {20, 40})
    void thePapersRuleDoesNotComeDown(int start) {
        assertThat(settled(Rule.PAPER, start).anchors(0)).isBetween(start, start + 2);
    }

    private static AnchorBudget settled(Rule rule, int start) {
        AnchorBudget budget = new AnchorBudget(new BudgetConfig(start, 1, 100, 1, rule, Sharing.TIED, OBJECTIVE), 1);
        for (int epoch = 0; epoch < 80; epoch++) {
            budget.next(loss(budget.anchors(0)), 0);
        }
        assertThat(budget.course(0)).hasSize(81).startsWith(start, start + 1);
        return budget;
    }

    @Test
    void tiedTablesHaveOneObjectiveOfAllTheirAnchorsAndEntries() {
        AnchorBudget budget = new AnchorBudget(config(10, 2, Sharing.TIED), 2);
        assertThat(budget.next(1.5, 30, 70)).containsExactly(2, 2);
        assertThat(budget.history(0)).isEqualTo(budget.history(1)).containsExactly(OBJECTIVE.value(1.5, 100, 20));
        budget.next(1.6, 30, 70);
        assertThat(budget.next(1.7, 30, 70)).containsExactly(-2, -2); // three values by now
        assertThat(budget.anchors(0)).isEqualTo(budget.anchors(1)).isEqualTo(12);
    }

    @Test
    void independentTablesDecideByTheirOwnTerms() {
        AnchorBudget budget = new AnchorBudget(config(10, 1, Sharing.INDEPENDENT), 2);
        int[] changes = new int[2];
        for (int epoch = 0; epoch < 4; epoch++) {
            // the loss falls by less than the first table's entries cost, the second's stay as they are
            changes = budget.next(1 - 0.05 * epoch, 1000L * epoch, 500);
        }
        assertThat(changes).containsExactly(-1, 1);
        assertThat(budget.history(1).get(0)).isEqualTo(OBJECTIVE.value(1, 500, 10));
        assertThat(budget.anchors(0)).isEqualTo(10); // two added before a trend was known, two removed after
        assertThat(budget.anchors(1)).isEqualTo(14);
        assertThatThrownBy(() -> budget.next(1, 5)).hasMessage("tables with nnz must be all 2, got 1");
    }
}
