package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.body.BodyConfig;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.Weights;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.GrowthConfig;
import dev.longtail.topology.PatternConfig;
import dev.longtail.topology.PruneConfig;
import dev.longtail.topology.RewireConfig;
import dev.longtail.topology.RewireConfig.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs with each policy on planted labels. */
class PolicyTrainingTest {

    private static final int LABELS = 100;

    @TempDir
    Path folder;

    private static ModelConfig shape(Weights.Format weights) {
        return new ModelConfig(
                new TableConfig(TableConfig.Kind.DENSE, 32, 300, 1),
                new BodyConfig(0, 0),
                new OutputConfig(
                        OutputConfig.Kind.FIXED_FAN_IN, 8, 1, OutputConfig.Order.NUMBERS, 100, weights, 12, 0.1f),
                Loss.SQUARED_HINGE);
    }

    private static RewireConfig rewire(Policy policy) {
        return RewireConfig.DEFAULT
                .withPolicy(policy)
                .withSchedule(20, 0.66f)
                .withPrune(PruneConfig.fraction(0.25f))
                .withPattern(new PatternConfig(8, 2e-4f, 0.3f))
                .withGrowth(GrowthConfig.DEFAULT.withCandidates(6, 10));
    }

    static Stream<RewireConfig> policies() {
        RewireConfig set = rewire(Policy.SET);
        RewireConfig rigl = rewire(Policy.RIGL);
        GrowthConfig positives = set.growth().withSource(GrowthConfig.Source.POSITIVES);
        return Stream.concat(
                Stream.of(Policy.values()).map(PolicyTrainingTest::rewire),
                Stream.of(
                        set.withPrune(set.prune().withScope(PruneConfig.Scope.LAYER)),
                        set.withPrune(PruneConfig.threshold(0.02f)),
                        set.withGrowth(positives.withStart(GrowthConfig.Start.RANDOM)),
                        rigl.withGrowth(positives),
                        rigl.withPrune(
                                set.prune().withScope(PruneConfig.Scope.LAYER).withDecay(PruneConfig.Decay.COSINE))));
    }

    private List<EpochReport> train(LabelModel model, RewireConfig rewire, int threads) throws IOException {
        OptimizerConfig optimizer = OptimizerConfig.of(OptimizerConfig.Kind.ADAGRAD, 0.1f);
        ScheduleConfig schedule = new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0.05f, 0.05f);
        TrainConfig config = new TrainConfig(6, 64, 3, true, 6, optimizer, optimizer, optimizer, schedule);
        try (Workers workers = new Workers(threads)) {
            return new LabelTrainer(config, rewire, workers, TrainListener.SILENT, folder)
                    .train(model, Planted.examples(2000, LABELS, 1), Optional.empty());
        }
    }

    private static double precision(LabelModel model) {
        try (Workers workers = new Workers(2)) {
            return new Evaluation(model, 64, workers, 1)
                    .rank(Planted.examples(500, LABELS, 2), Propensity.DEFAULT)
                    .metrics()
                    .at(1)
                    .precision();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void plantedLabelsAreFoundWithEveryPolicy(RewireConfig rewire) throws IOException {
        LabelModel one = Planted.model(shape(Weights.Format.FLOAT32), LABELS);
        LabelModel two = Planted.model(shape(Weights.Format.FLOAT32), LABELS);
        List<EpochReport> first = train(one, rewire, 1);
        List<EpochReport> second = train(two, rewire, 2);
        assertThat(second).isEqualTo(first);
        assertThat(new ReferenceModel(two).parameters()).isEqualTo(new ReferenceModel(one).parameters());
        assertThat(precision(one)).isGreaterThan(0.8);
        long moved = first.stream().mapToLong(EpochReport::moved).sum();
        assertThat(moved > 0).isEqualTo(rewire.policy() != Policy.STATIC);
    }

    @Test
    void roundedWeightsMoveToo() throws IOException {
        LabelModel model = Planted.model(shape(Weights.Format.BFLOAT16), LABELS);
        assertThat(train(model, rewire(Policy.PATTERN), 2).get(0).moved()).isPositive();
        assertThat(precision(model)).isGreaterThan(0.8);
    }
}
