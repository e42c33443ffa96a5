package dev.longtail.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.train.LabelConfig;
import dev.longtail.tune.FakeObjective.Value;
import dev.longtail.tune.Trial.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HalvingSearchTest {

    private static final int EXAMPLES = 2700;

    /** Patience, 2 to start with, stands for all that settings may be: nine others. */
    private static final SearchSpace NINE = space("patience=11,12,13,14,15,16,17,18,19");

    private static final FakeObjective.Cost PER_EXAMPLE = (config, examples) -> examples / 1000.0;

    private static SearchSpace space(String... dimensions) {
        LabelConfig start = LabelConfig.embedding(128, 32);
        List<Dimension> parsed = new ArrayList<>();
        for (String dimension : dimensions) {
            parsed.add(DimensionText.parse(dimension, start));
        }
        return SearchSpace.of(start, parsed, List.of());
    }

    private static TuneConfig config(double seconds) {
        return new TuneConfig(seconds, TuneMetric.DEFAULT, 3, 3, 300, 9, Long.MAX_VALUE);
    }

    private static TuneResult search(double seconds, SearchSpace space, Objective objective, FakeObjective clock)
            throws IOException {
        return new HalvingSearch(config(seconds), objective, clock.clock(), TuneListener.SILENT).run(space, 1);
    }

    private static TuneResult search(double seconds, SearchSpace space, FakeObjective objective) throws IOException {
        return search(seconds, space, objective, objective);
    }

    private static int patience(Trial trial) {
        return trial.candidate().config().train().patience();
    }

    private static List<Integer> tried(TuneResult result, int rung) {
        return result.trials().stream()
                .filter(trial -> trial.rung() == rung && trial.isMeasured())
                .map(HalvingSearchTest::patience)
                .toList();
    }

    /** The larger the better in the first rung; the other way round in the second; in the third as it is given. */
    private static Value worth(double ofStart, double ofOthers) {
        return (config, examples) -> {
            int patience = config.train().patience();
            return switch (examples) {
                case 300 -> patience;
                case 900 -> patience == 2 ? 0 : 100 - patience;
                default -> patience == 2 ? ofStart : ofOthers;
            };
        };
    }

    @Test
    void aThirdOfTheCandidatesPassesEachRungBesideTheStart() throws IOException {
        TuneResult result = search(1000, NINE, new FakeObjective(EXAMPLES, worth(1, 2), PER_EXAMPLE));

        assertThat(result.rungs()).containsExactly(300, 900, 2700);
        assertThat(tried(result, 1)).containsExactlyInAnyOrder(2, 11, 12, 13, 14, 15, 16, 17, 18, 19);
        assertThat(tried(result, 2)).containsExactly(2, 19, 18, 17);
        assertThat(tried(result, 3)).containsExactly(2, 17);
        assertThat(result.winner().config().train().patience()).isEqualTo(17);
        assertThat(result.winner().changes()).containsOnlyKeys("train.patience");
        assertThat(result.trials()).hasSize(10 + 4 + 2).allMatch(Trial::isMeasured);
    }

    @Test
    void theWinnerIsNeverWorseThanTheStartWhereThatIsDecided() throws IOException {
        FakeObjective objective = new FakeObjective(EXAMPLES, worth(3, 2), PER_EXAMPLE);
        TuneResult result = search(1000, NINE, objective);
        assertThat(tried(result, 3)).containsExactly(2, 17);
        assertThat(result.winner().isStart()).isTrue();
        assertThat(result.winner().changes()).isEmpty();

        // of equals, the start
        TuneResult equal = search(1000, NINE, new FakeObjective(EXAMPLES, worth(2, 2), PER_EXAMPLE));
        assertThat(equal.winner().isStart()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {4, 5, 6, 8, 10, 13, 17, 20, 30, 40, 60, 100, 300})
    void theBudgetHoldsTheFinalTraining(double budget) throws IOException {
        // a batch of 1 takes 60 times as long as one of 60
        FakeObjective objective = new FakeObjective(
                EXAMPLES,
                (config, examples) -> 1.0 / config.train().batch() + examples,
                (config, examples) -> examples / 1000.0 * 60 / config.train().batch());
        SearchSpace space = space("batch=1..200:log");
        TuneResult result = search(budget, space, objective);
        double all = objective.seconds() + objective.duration(result.winner().config(), EXAMPLES);

        assertThat(all).isLessThanOrEqualTo(budget);
        assertThat(result.seconds()).isCloseTo(objective.seconds(), within(1e-8));
        assertThat(result.finalSeconds()).isGreaterThanOrEqualTo(all - objective.seconds() - 1e-9);
        if (budget > 100) {
            assertThat(result.winner().isStart()).isFalse();
        }
    }

    @Test
    void moreTimeTriesMoreOfTheSameCandidates() throws IOException {
        SearchSpace space = space("batch=1..4096");
        List<List<Integer>> firsts = new ArrayList<>();
        for (double budget : new double[] {8, 16, 32}) {
            TuneResult result =
                    search(budget, space, new FakeObjective(EXAMPLES, (config, examples) -> 1, PER_EXAMPLE));
            firsts.add(result.trials().stream()
                    .filter(trial -> trial.rung() == 1)
                    .map(trial -> trial.candidate().config().train().batch())
                    .toList());
        }
        assertThat(firsts.get(0).size()).isGreaterThan(1);
        assertThat(firsts.get(1))
                .hasSizeGreaterThan(firsts.get(0).size())
                .startsWith(firsts.get(0).toArray(Integer[]::new));
        assertThat(firsts.get(2)).hasSizeGreaterThanOrEqualTo(firsts.get(1).size());
    }

    @Test
    void withoutTimeForAllExamplesTheLastRungHasAThird() throws IOException {
        // The first rung takes 0.3 s and the fixed 0.25; nine times the examples then 0.3 * 9^1.15 + 0.25 = 4.004 s.
        assertThat(search(40, NINE, new FakeObjective(EXAMPLES, worth(1, 2), PER_EXAMPLE))
                        .rungs())
                .containsExactly(300, 900);
        assertThat(search(40.1, NINE, new FakeObjective(EXAMPLES, worth(1, 2), PER_EXAMPLE))
                        .rungs())
                .containsExactly(300, 900, 2700);
    }

    @Test
    void withoutAnyTimeThereIsTheStart() throws IOException {
        TuneResult result = search(0.5, NINE, new FakeObjective(EXAMPLES, worth(1, 2), PER_EXAMPLE));
        assertThat(result.winner().isStart()).isTrue();
        assertThat(result.trials()).hasSize(1);
    }

    @Test
    void whatIsTooSlowToBeTrainedMakesRoomForTheNextBest() throws IOException {
        // 19, the best, takes 30 times as long as the others
        FakeObjective objective = new FakeObjective(
                EXAMPLES,
                worth(0, 1),
                (config, examples) -> examples / 1000.0 * (config.train().patience() == 19 ? 10 : 1));
        TuneResult result = search(28, NINE, objective);
        assertThat(result.trials())
                .filteredOn(trial -> patience(trial) == 19 && !trial.isMeasured())
                .isNotEmpty()
                .allMatch(trial -> trial.outcome() == Outcome.NO_TIME);
        assertThat(tried(result, 2)).startsWith(2, 18);
        assertThat(patience(result.latest(result.winner()).orElseThrow())).isNotIn(2, 19);
    }

    @Test
    void whatDoesNotFitTheMemoryIsNotTried() throws IOException {
        TuneConfig config = new TuneConfig(1000, TuneMetric.DEFAULT, 3, 1, 300, 9, 256);
        FakeObjective objective = new FakeObjective(
                EXAMPLES, (settings, examples) -> settings.model().table().dimension(), PER_EXAMPLE);
        SearchSpace space = space("dimension=64,256,257");
        TuneResult result = new HalvingSearch(config, objective, objective.clock(), TuneListener.SILENT).run(space, 1);
        assertThat(result.winner().changes()).containsEntry("model.table.dimension", "256");
        assertThat(result.trials())
                .filteredOn(trial -> trial.outcome() == Outcome.NO_MEMORY)
                .singleElement()
                .satisfies(trial -> assertThat(trial.reason()).contains("257", "256"));
    }

    @Test
    void whatFailsIsNotedAndTheSearchGoesOn() throws IOException {
        FakeObjective fake = new FakeObjective(EXAMPLES, worth(1, 2), PER_EXAMPLE);
        Objective objective = failing(fake, 19);
        TuneResult result = search(1000, NINE, objective, fake);
        assertThat(result.trials())
                .filteredOn(trial -> trial.outcome() == Outcome.IMPOSSIBLE)
                .singleElement()
                .satisfies(trial -> assertThat(trial.reason()).isEqualTo("19 is too much"));
        assertThat(tried(result, 2)).containsExactly(2, 18, 17);
        // settings to start from that fail are the user's business
        assertThatThrownBy(() -> search(1000, NINE, failing(fake, 2), fake))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 is too much");
    }

    private static Objective failing(FakeObjective fake, int patience) {
        return new Objective() {
            @Override
            public int examples() {
                return fake.examples();
            }

            @Override
            public long bytes(LabelConfig config) {
                return fake.bytes(config);
            }

            @Override
            public Measurement measure(LabelConfig config, int examples, BooleanSupplier timeIsUp) {
                if (config.train().patience() == patience) {
                    throw new IllegalArgumentException(patience + " is too much");
                }
                return fake.measure(config, examples, timeIsUp);
            }
        };
    }

    @Test
    void aListenerHearsOfRungsAndTrials() throws IOException {
        List<String> heard = new ArrayList<>();
        TuneListener listener = new TuneListener() {
            @Override
            public void rung(RungStart start) {
                heard.add("rung " + start.rung() + "/" + start.rungs() + " " + start.examples() + " "
                        + start.candidates());
            }

            @Override
            public void tried(Trial trial, Optional<Trial> best, double secondsLeft) {
                if (trial.rung() > 1) {
                    heard.add(patience(trial) + " best " + patience(best.orElseThrow()));
                }
            }
        };
        FakeObjective objective = new FakeObjective(EXAMPLES, worth(1, 2), PER_EXAMPLE);
        new HalvingSearch(config(1000), objective, objective.clock(), listener).run(NINE, 1);
        assertThat(heard)
                .containsExactly(
                        "rung 1/3 300 10",
                        "rung 2/3 900 4",
                        "2 best 2",
                        "19 best 19",
                        "18 best 18",
                        "17 best 17",
                        "rung 3/3 2700 2",
                        "2 best 2",
                        "17 best 17");
    }
}
