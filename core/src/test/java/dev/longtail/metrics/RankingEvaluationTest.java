package dev.longtail.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RankingEvaluationTest {

    @Test
    void twoExamplesWorkedByHand() {
        // 100 training examples; labels 0 and 3 in 10 of them, 1 and 2 in 5.
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {10, 5, 5, 10}, 100, Propensity.DEFAULT, 1, 2);
        evaluation.add(new int[] {0, 1}, 2, new int[] {0, 2}, 2, 0);
        evaluation.add(new int[] {3, 1}, 2, new int[] {1}, 1, 0);
        Metrics metrics = evaluation.metrics();
        assertThat(metrics.examples()).isEqualTo(2);
        assertThat(metrics.examplesWithoutTruth()).isZero();

        Metrics.AtCutoff one = metrics.at(1);
        assertThat(one.precision()).isEqualTo(0.5); // hit, miss
        assertThat(one.recall()).isEqualTo(0.25); // 1 of 2, 0 of 1
        assertThat(one.ndcg()).isEqualTo(0.5);
        // C = (ln 100 - 1) * 2.5^0.55 = 5.967504781; 1/p of frequency 10: 1 + C * 11.5^-0.55, of 5: 1 + C * 6.5^-0.55.
        double ten = 2.557431533;
        double five = 3.131524994;
        assertThat(one.rawPropensityScored()).isEqualTo(ten / 2, within(1e-6));
        // Oracles at 1: the rarer of {0, 2} and {1}: both of frequency 5.
        assertThat(one.propensityScored()).isEqualTo(ten / (five + five), within(1e-6));
        // Label 0: tp 1 of 1 prediction and 1 truth: 1. Labels 1, 2, 3: no hit. Mean over 4 labels.
        assertThat(one.macroF1()).isEqualTo(0.25);
        assertThat(one.coverage()).isEqualTo(1.0 / 3); // label 0 of the true labels 0, 1, 2

        Metrics.AtCutoff two = metrics.at(2);
        assertThat(two.precision()).isEqualTo(0.5); // 1 of 2, 1 of 2
        assertThat(two.recall()).isEqualTo(0.75); // 1 of 2, 1 of 1
        // 1 / (1 + 0.6309297536) = 0.6131471928 and 0.6309297536
        assertThat(two.ndcg()).isEqualTo((0.6131471928 + 0.6309297536) / 2, within(1e-9));
        assertThat(two.propensityScored()).isEqualTo((ten + five) / (ten + five + five), within(1e-6));
        // Label 0: 2 * 1 / (1 + 1) = 1. Label 1: 2 * 1 / (2 + 1) = 2/3. Labels 2, 3: 0.
        assertThat(two.macroF1()).isEqualTo((1 + 2.0 / 3) / 4, within(1e-15));
        assertThat(two.coverage()).isEqualTo(2.0 / 3);
    }

    @Test
    void bandsWorkedByHand() {
        // Occurrences 9 | 3 3 3 | 1 x 9 of 27: label 0 is head, 1..3 middle, 4..12 tail.
        int[] frequencies = {9, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        RankingEvaluation evaluation = new RankingEvaluation(frequencies, 20, Propensity.DEFAULT, 2);
        evaluation.add(new int[] {0, 5}, 2, new int[] {0, 4, 5}, 3, 0); // head 1 of 1, tail 1 of 2
        evaluation.add(new int[] {1, 2}, 2, new int[] {2, 9}, 2, 0); // middle 1 of 1, tail 0 of 1
        Metrics metrics = evaluation.metrics();
        assertThat(metrics.bands()).isEqualTo(new LabelBands(9, 3, Map.of(Band.HEAD, 1, Band.MIDDLE, 3, Band.TAIL, 9)));
        assertThat(metrics.at(2).bands())
                .containsExactly(
                        new Metrics.InBand(Band.HEAD, 0.25, 1.0, 1),
                        new Metrics.InBand(Band.MIDDLE, 0.25, 1.0, 1),
                        new Metrics.InBand(Band.TAIL, 0.25, 0.25, 2));
        assertThat(metrics.at(2).precision()).isEqualTo(0.75);
    }

    @Test
    void unknownTruthsCountInRecallAndNdcgOnly() {
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {4, 4}, 50, Propensity.DEFAULT, 2);
        evaluation.add(new int[] {1, 0}, 2, new int[] {1}, 1, 3);
        Metrics.AtCutoff at = evaluation.metrics().at(2);
        assertThat(at.precision()).isEqualTo(0.5);
        assertThat(at.recall()).isEqualTo(0.25);
        assertThat(at.ndcg()).isEqualTo(0.6131471928, within(1e-9)); // ideal has two truths at the first two ranks
        assertThat(at.propensityScored()).isEqualTo(1.0);
        assertThat(at.coverage()).isEqualTo(1.0);
        // Label 0: one wrong prediction, label 1: right.
        assertThat(at.macroF1()).isEqualTo(0.5);
    }

    @Test
    void onlyUnknownTruthsIsAMissNotAnError() {
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {4, 4}, 50, Propensity.DEFAULT);
        evaluation.add(new int[] {1, 0}, 2, new int[0], 0, 1);
        Metrics metrics = evaluation.metrics(Bootstrap.DEFAULT);
        assertThat(metrics.examples()).isEqualTo(1);
        assertThat(metrics.at(5).recall()).isZero();
        assertThat(metrics.at(5).propensityScored()).isZero();
        assertThat(metrics.at(5).bands().get(0).recall()).isNaN();
        assertThat(metrics.toMap()).doesNotContainKey("head.R@5").containsKey("head.P@5");
    }

    @Test
    void examplesWithoutTruthAreLeftOutAndCounted() {
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {1, 2}, 3, Propensity.DEFAULT);
        evaluation.add(new int[] {1}, 1, new int[] {5}, 0, 0);
        assertThatThrownBy(evaluation::metrics)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing to measure (1 examples without one)");
        assertThatThrownBy(() -> evaluation.metrics(Bootstrap.DEFAULT)).isInstanceOf(IllegalStateException.class);
        evaluation.add(new int[] {1}, 1, new int[] {1}, 1, 0);
        Metrics metrics = evaluation.metrics();
        assertThat(metrics.examplesWithoutTruth()).isEqualTo(1);
        assertThat(metrics.at(1).precision()).isEqualTo(1.0);
        // The prediction for the example without truth is no false positive: F1 of label 1 is 1, of label 0 0.
        assertThat(metrics.at(1).macroF1()).isEqualTo(0.5);
        // A ranking of one label counts as five, four of them wrong.
        assertThat(metrics.at(5).precision()).isEqualTo(0.2);
    }

    @Test
    void orderAmongTheFirstKOnlyMattersForNdcg() {
        Metrics.AtCutoff[] at = new Metrics.AtCutoff[2];
        int[][] rankings = {{4, 1, 2}, {2, 4, 1}};
        for (int i = 0; i < 2; i++) {
            RankingEvaluation evaluation = new RankingEvaluation(new int[] {9, 1, 2, 3, 4}, 19, Propensity.AMAZON, 3);
            evaluation.add(rankings[i], 3, new int[] {0, 2, 4}, 3, 0);
            at[i] = evaluation.metrics().at(3);
        }
        assertThat(at[0].ndcg()).isNotEqualTo(at[1].ndcg());
        assertThat(at[0].precision()).isEqualTo(at[1].precision());
        assertThat(at[0].recall()).isEqualTo(at[1].recall());
        assertThat(at[0].propensityScored()).isEqualTo(at[1].propensityScored(), within(1e-7));
        assertThat(at[0].macroF1()).isEqualTo(at[1].macroF1());
        assertThat(at[0].bands()).isEqualTo(at[1].bands());
    }

    @Test
    void badInputIsRefused() {
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {1, 2, 3}, 3, Propensity.DEFAULT);
        assertThatThrownBy(() -> evaluation.add(new int[] {3}, 1, new int[] {0}, 1, 0))
                .hasMessage("predicted must hold labels from 0 to 2, got 3");
        assertThatThrownBy(() -> evaluation.add(new int[] {1}, 1, new int[] {-1}, 1, 0))
                .hasMessage("truth must hold labels from 0 to 2, got -1");
        assertThatThrownBy(() -> evaluation.add(new int[] {1, 2, 1}, 3, new int[] {0}, 1, 0))
                .hasMessage("predicted must hold distinct labels, got 1 at ranks 1 and 3");
        assertThatThrownBy(() -> evaluation.add(new int[] {1}, 1, new int[] {2, 2}, 2, 0))
                .hasMessage("truth must be strictly ascending, got 2 before 2");
        assertThatThrownBy(() -> evaluation.add(new int[] {1}, 1, new int[] {2}, 1, -1))
                .hasMessage("unknownTruths must be at least 0, got -1");
        assertThatThrownBy(() -> evaluation.add(new int[] {1}, 2, new int[] {2}, 1, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new RankingEvaluation(new int[1], 1, Propensity.DEFAULT, 3, 0))
                .hasMessage("cutoffs must be at least 1, got 0");
    }

    @Test
    void namesOfTheContract() {
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {1, 2, 3, 4, 5}, 6, Propensity.AMAZON);
        evaluation.add(new int[] {0, 1, 2, 3, 4}, 5, new int[] {0, 3}, 2, 0);
        Map<String, Number> map = evaluation.metrics(Bootstrap.DEFAULT).toMap();
        assertThat(map).containsKeys("P@1", "P@3", "P@5", "nDCG@5", "R@5", "PSP@1", "PSP@5", "macroF1@5", "tail.P@1");
        assertThat(map.get("P@5")).isEqualTo(0.4);
        assertThat(map.get("P@1.low")).isEqualTo(1.0);
        assertThat(map.get("examples")).isEqualTo(1);
        assertThat(map.get("propensityA")).isEqualTo(0.6);
        assertThat(map.get("propensityB")).isEqualTo(2.6);
        assertThatThrownBy(() -> evaluation.metrics().at(4))
                .hasMessage("k must be one of [1, 3, 5] which were evaluated, got 4");
    }

    @Test
    void sameExamplesSameResult() {
        Metrics first = random(new Random(8), new RandomData(), null).metrics(new Bootstrap(50, 0.95, 1));
        Metrics again = random(new Random(8), new RandomData(), null).metrics(new Bootstrap(50, 0.95, 1));
        assertThat(again).isEqualTo(first);
        assertThat(first.intervals().get("PSP@3").low()).isLessThan(first.at(3).propensityScored());
        assertThat(first.intervals().get("PSP@3").high())
                .isGreaterThan(first.at(3).propensityScored());
    }

    @Test
    void agreesWithTheDefinitionsOnRandomData() {
        RandomData data = new RandomData();
        List<NaiveMetrics.Case> cases = new ArrayList<>();
        Metrics metrics = random(new Random(21), data, cases).metrics();
        NaiveMetrics naive = new NaiveMetrics(data.frequencies, data.trainExamples, 0.55, 1.5, cases);
        assertThat(metrics.examples()).isEqualTo(cases.size());
        for (int k : new int[] {1, 3, 5}) {
            Metrics.AtCutoff at = metrics.at(k);
            assertThat(at.precision()).isEqualTo(naive.precision(k), within(1e-12));
            assertThat(at.ndcg()).isEqualTo(naive.ndcg(k), within(1e-12));
            assertThat(at.recall()).isEqualTo(naive.recall(k), within(1e-12));
            assertThat(at.rawPropensityScored()).isEqualTo(naive.propensityScored(k), within(1e-6));
            assertThat(at.propensityScored()).isEqualTo(naive.normalisedPropensityScored(k), within(1e-6));
            assertThat(at.macroF1()).isEqualTo(naive.macroF1(k), within(1e-12));
            assertThat(at.coverage()).isEqualTo(naive.coverage(k), within(1e-12));
            for (Metrics.InBand in : at.bands()) {
                Set<Integer> labels = new TreeSet<>();
                for (int label = 0; label < data.frequencies.length; label++) {
                    if (metrics.bands().of(data.frequencies[label]) == in.band()) {
                        labels.add(label);
                    }
                }
                assertThat(in.precision()).isEqualTo(naive.bandPrecision(k, labels), within(1e-12));
                assertThat(in.recall()).isEqualTo(naive.bandRecall(k, labels), within(1e-12));
            }
        }
    }

    private static final class RandomData {
        final int trainExamples = 700;
        final int[] frequencies = new int[40];

        RandomData() {
            for (int label = 0; label < frequencies.length; label++) {
                frequencies[label] = 300 / (label + 1) - 8;
                frequencies[label] = Math.max(0, frequencies[label]);
            }
        }
    }

    private static RankingEvaluation random(Random random, RandomData data, List<NaiveMetrics.Case> cases) {
        RankingEvaluation evaluation =
                new RankingEvaluation(data.frequencies, data.trainExamples, Propensity.DEFAULT, 5, 1, 3);
        for (int example = 0; example < 300; example++) {
            List<Integer> order = new ArrayList<>();
            for (int label = 0; label < data.frequencies.length; label++) {
                order.add(label);
            }
            Collections.shuffle(order, random);
            int[] predicted = order.subList(0, random.nextInt(8)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            Collections.shuffle(order, random);
            int[] truth = order.subList(0, random.nextInt(20)).stream()
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            int unknown = random.nextInt(3);
            evaluation.add(predicted, predicted.length, truth, truth.length, unknown);
            if (cases != null && truth.length + unknown > 0) {
                cases.add(new NaiveMetrics.Case(predicted, truth, unknown));
            }
        }
        return evaluation;
    }
}
