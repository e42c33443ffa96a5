package dev.longtail.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.data.RawExample;
import dev.longtail.direct.DirectConfig;
import dev.longtail.direct.LabelDuals;
import dev.longtail.matrix.SparseRows;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.parallel.Workers;
import dev.longtail.train.ExampleDuals;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training examples that scores come from. */
class RepresenterFinderTest {

    private static final String ARMS = "association.slots=30 train.negatives=5 direct.candidates=12";
    private static final int MOST = 1000;
    private static final int UNSEEN = 5000;

    @TempDir
    Path folder;

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private static LabelConfig config(String settings) {
        return TextModels.config(settings.split(" "));
    }

    private LabelModel model(String settings) throws IOException {
        return TextModels.train(config(settings), folder);
    }

    private ExampleDuals trained(LabelModel model, String settings) {
        return trained(model, settings, TextModels.examples(model.features()));
    }

    private ExampleDuals trained(LabelModel model, String settings, Examples examples) {
        return new ExampleDuals(model, config(settings).train(), examples, workers, done -> {});
    }

    private static RawExample text(int number) {
        return new RawExample().setText(TextModels.text(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ARMS,
                ARMS + " model.embedding=false",
                ARMS + " direct.smallest=0.02 text.wordNgrams=2 table.ngrams=false",
                ARMS + " intermediate=24 storedBits=8",
            })
    void partsAddUpToTheScoreOfTheLabel(String settings) throws IOException {
        LabelModel model = model(settings);
        RepresenterFinder finder = new RepresenterFinder(model, trained(model, settings), workers);
        Explainer explainer = new Explainer(model, 5, 0, workers);
        for (int number = UNSEEN; number < UNSEEN + 6; number++) {
            for (Explanation explanation : explainer.explain(text(number))) {
                if (explanation.standing().candidate()) {
                    Representers all = finder.find(text(number), explanation.label(), MOST);
                    Representers few = finder.find(text(number), explanation.label(), 2);
                    assertThat(all.sum()).isCloseTo(explanation.score(), within(1e-5));
                    assertThat(few.sum()).isCloseTo(all.sum(), within(1e-9));
                    requireFirst(few.supporting(), all.supporting(), 1);
                    requireFirst(few.opposing(), all.opposing(), -1);
                }
            }
        }
    }

    /** Two points of a side where there are as many, of its sign, those that say the most first. */
    private static void requireFirst(Representers.Side few, Representers.Side all, int sign) {
        int told = Math.min(2, all.points().size());
        assertThat(few.points()).isEqualTo(all.points().subList(0, told));
        assertThat(all.others()).isZero();
        assertThat(few.others()).isEqualTo(all.points().size() - told);
        double before = Double.POSITIVE_INFINITY;
        for (RepresenterPoint point : all.points()) {
            assertThat(sign * point.value()).isPositive().isLessThanOrEqualTo(before);
            before = sign * point.value();
        }
    }

    /** By hand: what the examples of a label hold of the words that are asked for. */
    @Test
    void weightsOfCountsAreDividedByWhatExamplesBroughtToThem() throws IOException {
        LabelModel model = model(ARMS);
        model.mixture(Mixture.ASSOCIATION);
        ExampleDuals trained = trained(model, ARMS);
        LabelDuals duals = trained.solve(TextModels.label(3));
        int[] carrying = Arrays.copyOf(duals.examples(), duals.carrying());
        Representers found = new RepresenterFinder(model, trained, workers).find(text(3), TextModels.label(3), MOST);
        Example asked = encoded(model, text(3));
        for (RepresenterPoint point : found.supporting().points()) {
            double expected = 0;
            for (int i = 0; i < asked.featureCount; i++) {
                int feature = asked.features[i];
                double count = Arrays.stream(carrying)
                        .mapToDouble(example -> value(trained.features(), example, feature))
                        .sum();
                double weight = model.association().orElseThrow().weight(TextModels.label(3), feature);
                expected += count == 0
                        ? 0
                        : asked.weights[i] * weight * value(trained.features(), point.example(), feature) / count;
            }
            assertThat(point.carries()).isTrue();
            assertThat(TextModels.label(point.example())).isEqualTo(TextModels.label(3));
            assertThat(point.value()).isCloseTo(model.mixture().association() * expected, within(1e-9));
        }
        assertThat(found.supporting().points()).hasSizeGreaterThan(5);
    }

    /** The coefficients are those of a minimum: 1 - y s(x) = a / (2 C) where a is above 0 (squared hinge). */
    @Test
    void coefficientsMakeTheScorerAndAreOptimal() throws IOException {
        String settings = ARMS + " direct.sweeps=500 direct.tolerance=0.0001 direct.smallest=0";
        LabelModel model = model(settings);
        DirectConfig direct = config(settings).train().direct();
        ExampleDuals trained = trained(model, settings);
        for (int label = 0; label < TextModels.LABELS; label += 7) {
            LabelDuals duals = trained.solve(label);
            double[] weights = new double[model.features().size()];
            double bias = LabelDuals.START;
            for (int i = 0; i < duals.examples().length; i++) {
                add(weights, trained.features(), duals.examples()[i], duals.coefficients()[i]);
                bias += duals.coefficients()[i];
            }
            assertThat(model.direct().orElseThrow().bias(label)).isCloseTo((float) bias, within(1e-5f));
            double largest = Arrays.stream(weights).map(Math::abs).max().orElseThrow();
            for (int feature = 0; feature < weights.length; feature++) {
                assertThat((double) model.direct().orElseThrow().weight(label, feature))
                        .isCloseTo(weights[feature], within(largest / 127 * 0.51));
            }
            int supporting = 0;
            for (int i = 0; i < duals.examples().length; i++) {
                double sign = i < duals.carrying() ? 1 : -1;
                double dual = sign * duals.coefficients()[i];
                double cost = sign > 0 ? direct.positiveCost() : direct.negativeCost();
                double margin = sign * (bias + score(weights, trained.features(), duals.examples()[i]));
                assertThat(dual).isNotNegative();
                if (dual > 0) {
                    assertThat(1 - margin).isCloseTo(dual / (2 * cost), within(1e-3));
                    supporting++;
                } else {
                    assertThat(margin).isGreaterThan(1 - 1e-3);
                }
            }
            assertThat(supporting).isPositive();
        }
    }

    @Test
    void anExampleThatWasLearnedFromSpeaksMostForItself() throws IOException {
        LabelModel model = model(ARMS);
        model.mixture(Mixture.DIRECT);
        ExampleDuals trained = trained(model, ARMS);
        RepresenterFinder finder = new RepresenterFinder(model, trained, workers);
        int label = TextModels.label(11);
        Representers found = finder.find(text(11), label, 3);
        assertThat(found.supporting().points())
                .extracting(RepresenterPoint::carries)
                .contains(true);
        assertThat(found.supporting().points().get(0).value()).isPositive();
        assertThat(found.start()).isEqualTo(-1);
        assertThat(found.embedding()).isZero();
    }

    @Test
    void otherExamplesAreRefused() throws IOException {
        LabelModel model = model(ARMS);
        Examples right = TextModels.examples(model.features());
        SplittableRandom random = new SplittableRandom(5);
        Examples wrong = new Examples() {
            @Override
            public int size() {
                return right.size();
            }

            @Override
            public void read(int number, Example into) {
                right.read(number, into);
                into.labels[0] = random.nextInt(TextModels.LABELS);
            }
        };
        ExampleDuals trained = trained(model, ARMS, wrong);
        assertThatThrownBy(() -> trained.solve(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not make the scorer that the model has of label <http://example.org/0>");
    }

    @Test
    void modelsWithoutSuchArmsAreRefused() throws IOException {
        for (String settings : List.of("", "direct.candidates=12")) {
            LabelModel model = model(settings);
            assertThatThrownBy(() -> trained(model, settings))
                    .hasMessageContaining("must be one with an association arm and a direct arm");
        }
    }

    private static Example encoded(LabelModel model, RawExample raw) {
        Example example = new Example();
        model.features().newEncoder().encode(raw, example);
        return example;
    }

    private static double value(SparseRows rows, int row, int feature) {
        for (int at = rows.start(row); at < rows.start(row + 1); at++) {
            if (rows.columns()[at] == feature) {
                return rows.values()[at];
            }
        }
        return 0;
    }

    private static void add(double[] weights, SparseRows rows, int row, double factor) {
        for (int at = rows.start(row); at < rows.start(row + 1); at++) {
            weights[rows.columns()[at]] += factor * rows.values()[at];
        }
    }

    private static double score(double[] weights, SparseRows rows, int row) {
        double score = 0;
        for (int at = rows.start(row); at < rows.start(row + 1); at++) {
            score += weights[rows.columns()[at]] * rows.values()[at];
        }
        return score;
    }
}
