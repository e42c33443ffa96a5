package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.body.Body;
import dev.longtail.config.Settings;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Tensor;
import dev.longtail.metrics.Propensity;
import dev.longtail.model.LabelModel;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body from outside the library in a model: training and scoring know it by its interface only. */
class OtherBodyTest {

    private static final int LABELS = 100;

    @TempDir
    Path folder;

    private static final LabelConfig CONFIG = Settings.override(
            LabelConfig.embedding(128, 32),
            Map.of("dimension", "24", "fanIn", "8", "maxEpochs", "4", "interval", "5", "initialScale", "1"));

    /** One learned number: hidden = scale * bag. */
    private record Scaling(int dimension, float[] scale) implements Body {

        @Override
        public int hidden() {
            return dimension;
        }

        @Override
        public void initialise(long seed) {
            scale[0] = 1;
        }

        @Override
        public List<Tensor> tensors() {
            return List.of(new Tensor.Floats("body.scale", List.of(1L), List.of(scale)));
        }

        @Override
        public void check() {
            assertThat(scale[0]).isFinite();
        }

        @Override
        public Pass pass(int maxBatch) {
            Panel hidden = Panel.of(dimension * maxBatch);
            return (rows, batch, workers) -> scaled(rows, batch, scale[0], hidden);
        }

        private Panel scaled(Panel rows, int batch, float factor, Panel out) {
            for (int example = 0; example < batch; example++) {
                for (int i = 0; i < dimension; i++) {
                    out.values()[out.at(i * batch + example)] =
                            factor * rows.values()[rows.at(example * dimension + i)];
                }
            }
            return out;
        }

        @Override
        public Training training(Plan plan, OptimizerConfig optimizer, RewireConfig rewire, Workers workers) {
            Panel encoded = Panel.of(dimension * plan.maxBatch());
            Panel hidden = Panel.of(dimension * plan.maxBatch());
            return new Training() {
                @Override
                public Panel forward(Panel rows, int batch, long step, Workers threads) {
                    scaled(rows, batch, 1, encoded);
                    return scaled(rows, batch, scale[0], hidden);
                }

                @Override
                public Panel encoded() {
                    return encoded;
                }

                @Override
                public Panel backward(Panel dHidden, int batch, StepSize step, Workers threads) {
                    float dScale = 0;
                    for (int i = 0; i < dimension * batch; i++) {
                        dScale += dHidden.values()[dHidden.at(i)] * encoded.values()[encoded.at(i)];
                        dHidden.values()[dHidden.at(i)] *= scale[0];
                    }
                    scale[0] -= 0.01f * step.factor() * dScale;
                    return dHidden;
                }

                @Override
                public void toBags(Panel dEncoded, int batch, Panel dRows) {
                    for (int example = 0; example < batch; example++) {
                        for (int i = 0; i < dimension; i++) {
                            dRows.values()[dRows.at(example * dimension + i)] =
                                    dEncoded.values()[dEncoded.at(i * batch + example)];
                        }
                    }
                }

                @Override
                public void carry(String name, StateCarrier state) {
                    state.floats(name + ".scale", scale);
                }

                @Override
                public long moved() {
                    return 0;
                }
            };
        }
    }

    @Test
    void aBodyFromOutsideLearnsWithTheRest() throws IOException {
        LabelModel plain = Planted.model(CONFIG.model(), LABELS);
        float[] scale = new float[1];
        LabelModel model = new LabelModel(
                CONFIG.model(), plain.features(), plain.labels(), 1000, dimension -> new Scaling(dimension, scale));
        try (Workers workers = new Workers(2)) {
            new LabelTrainer(CONFIG.train(), CONFIG.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, Planted.examples(2000, LABELS, 1), Optional.of(Planted.examples(300, LABELS, 2)));
            double precision = new Evaluation(model, 64, workers, 1)
                    .rank(Planted.examples(300, LABELS, 2), Propensity.DEFAULT)
                    .metrics()
                    .at(1)
                    .precision();
            assertThat(precision).isGreaterThan(0.8);
        }
        assertThatThrownBy(() -> model.body().local(new double[24]))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Scaling cannot be explained: it does not implement Body.local");
        assertThat(scale[0])
                .as("its own number is learned: a larger scale lowers the loss")
                .isGreaterThan(1.05f);
    }
}
