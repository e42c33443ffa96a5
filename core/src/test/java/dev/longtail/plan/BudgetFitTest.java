package dev.longtail.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longtail.config.Settings;
import dev.longtail.plan.FittedPlan.Change;
import dev.longtail.text.VocabularyBuilder;
import dev.longtail.train.LabelConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BudgetFitTest {

    private static final LabelConfig BASE = LabelConfig.Preset.BASE.config();
    private static final JavaMachine MACHINE = new JavaMachine(8L << 30);

    /** About the counts of finna-yso-en; features, connections and time follow the settings in some simple way. */
    private static RunPlan plan(LabelConfig config) {
        double rare = 3.0 / config.text().minNgramFrequency();
        int words = 190_000 / config.text().minFrequency();
        int features = (int) (words + rare * 240_000);
        DataShape data = new DataShape(
                611_000,
                32_000,
                (long) (4_000_000 + rare * 2_000_000),
                2_200_000,
                features,
                words,
                new VocabularyBuilder.Size(features, 14L * features),
                new VocabularyBuilder.Size(2_000_000, 28_000_000),
                new DataShape.LabelTexts(25_000, 900_000, 400_000, 30_000),
                60_000_000);
        long kept = 25_000L * Math.min(200, config.train().association().slots());
        ArmShape arms = new ArmShape(
                kept, kept / 2, 25_000L * 3 * config.train().direct().candidates(), 2_000_000);
        MemoryPlan alive = new MemoryModel(config, data, arms, 2).alive();
        Cost epochs = new Cost(120, 60).times(config.train().maxEpochs());
        TimePlan time = new TimePlan(Map.of(Phase.EMBEDDING, epochs));
        return new RunPlan(config, data, alive, MACHINE.process(alive), time, 0, 0, ModelBytes.of(config, data, arms));
    }

    private static BudgetFit<LabelConfig, RunPlan> of(LabelConfig start, Set<String> held) {
        return new BudgetFit<>(start, held, LabelConcessions.all());
    }

    private static LabelConfig fit(LabelConfig start, Set<String> held, Budget budget) throws NothingFitsException {
        return of(start, held).from(start, budget, BudgetFitTest::plan);
    }

    private static Budget memory(long bytes) {
        return new Budget(bytes, Budget.NONE.modelBytes(), Budget.NONE.seconds());
    }

    private static Budget model(long bytes) {
        return new Budget(Budget.NONE.memoryBytes(), bytes, Budget.NONE.seconds());
    }

    @Test
    void whatFitsStaysAsItIs() throws NothingFitsException {
        assertThat(fit(BASE, Set.of(), Budget.NONE)).isEqualTo(BASE);
        assertThat(fit(BASE, Set.of(), memory(plan(BASE).leastMemory()))).isEqualTo(BASE);
    }

    @Test
    void memoryIsBroughtBelowTheLimitInSteps() throws NothingFitsException {
        long least = plan(BASE).leastMemory();
        int before = 0;
        for (double share : new double[] {0.95, 0.8, 0.7}) {
            Budget budget = memory((long) (share * least));
            LabelConfig fitted = fit(BASE, Set.of(), budget);
            assertThat(plan(fitted).leastMemory()).isLessThanOrEqualTo((long) (share * least));
            int changes = of(BASE, Set.of()).changes(fitted).size();
            assertThat(changes).isGreaterThanOrEqualTo(Math.max(1, before));
            before = changes;
        }
    }

    @Test
    void littleIsGivenUpForLittle() throws NothingFitsException {
        LabelConfig fitted =
                fit(BASE, Set.of(), memory((long) (0.95 * plan(BASE).leastMemory())));
        assertThat(fitted.model().embedding()).isTrue();
        assertThat(fitted.text().minFrequency()).isEqualTo(BASE.text().minFrequency());
        assertThat(fitted.train().maxEpochs()).isEqualTo(BASE.train().maxEpochs());
    }

    @Test
    void whatIsHeldStaysAndOthersGiveMore() throws NothingFitsException {
        Budget budget = memory((long) (0.8 * plan(BASE).leastMemory()));
        List<Change> changes = of(BASE, Set.of()).changes(fit(BASE, Set.of(), budget));
        Set<String> held = Set.of(changes.get(0).path());
        LabelConfig fitted = fit(BASE, held, budget);
        assertThat(of(BASE, held).changes(fitted))
                .isNotEmpty()
                .extracting(Change::path)
                .doesNotContainAnyElementsOf(held);
        assertThat(plan(fitted).leastMemory()).isLessThanOrEqualTo(budget.memoryBytes());
    }

    @Test
    void modelSizeAndTimeAreLimitsToo() throws NothingFitsException {
        long size = plan(BASE).model().total();
        LabelConfig smaller = fit(BASE, Set.of(), model(size * 2 / 3));
        assertThat(plan(smaller).model().total()).isLessThan(size * 2 / 3);
        LabelConfig faster = fit(BASE, Set.of(), new Budget(Budget.NONE.memoryBytes(), Budget.NONE.modelBytes(), 150));
        assertThat(faster.train().maxEpochs()).isEqualTo(2);
        assertThat(of(BASE, Set.of()).changes(faster)).containsExactly(new Change("train.maxEpochs", "4", "2"));
    }

    @Test
    void storedBitsGoFirstWhereAModelIsTooLarge() throws NothingFitsException {
        LabelConfig wide = Settings.override(BASE, Map.of("model.storedBits", "32"));
        LabelConfig fitted =
                fit(wide, Set.of(), model((long) (0.6 * plan(wide).model().total())));
        assertThat(of(wide, Set.of()).changes(fitted)).containsExactly(new Change("model.storedBits", "32", "8"));
    }

    @Test
    void whereNothingFitsTheSmallestBudgetThatWouldIsNamed() throws NothingFitsException {
        Budget tiny = memory(200_000_000);
        NothingFitsException failure =
                catchThrowableOfType(NothingFitsException.class, () -> fit(BASE, Set.of(), tiny));
        Budget smallest = failure.smallest();
        assertThat(smallest.memoryBytes())
                .isGreaterThan(tiny.memoryBytes())
                .isLessThan(plan(BASE).leastMemory());
        assertThat(smallest.modelBytes()).isEqualTo(Budget.NONE.modelBytes());
        assertThat(plan(fit(BASE, Set.of(), smallest)).leastMemory()).isLessThanOrEqualTo(smallest.memoryBytes());
    }

    @Test
    void everyConcessionEndsAndLeavesValidSettings() {
        for (Concession<LabelConfig> concession : LabelConcessions.all()) {
            LabelConfig config = BASE;
            int steps = 0;
            while (concession.applies().test(config)) {
                var changes = concession.next().apply(config);
                if (changes.isEmpty()) {
                    break;
                }
                LabelConfig next = Settings.override(config, changes.get());
                assertThat(next).as(concession.path()).isNotEqualTo(config);
                config = next;
                assertThat(++steps).as(concession.path()).isLessThan(100);
            }
        }
    }
}
