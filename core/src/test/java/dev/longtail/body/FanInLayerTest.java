package dev.longtail.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.model.ModelConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.table.TableConfig;
import org.junit.jupiter.api.Test;

class FanInLayerTest {

    @Test
    void fortyThousandUnitsAreWhatPlainSumsSay() {
        int units = 40_000;
        FanInLayer layer = new FanInLayer(units, 48, 5, 0);
        layer.initialise(3);
        for (int unit = 0; unit < units; unit++) {
            layer.bias()[unit] = 0.001f * unit;
        }
        Panel x = Panel.of(48 * 3);
        for (int i = 0; i < 48 * 3; i++) {
            x.values()[x.at(i)] = (float) Math.cos(i);
        }
        Panel z = Panel.of(units * 3);
        try (Workers workers = new Workers(2)) {
            layer.forward(x, 3, z, workers);
        }
        double squares = 0;
        for (int unit = 0; unit < units; unit++) {
            int shard = layer.shards().of(unit);
            FixedFanIn rows = layer.rows(shard);
            int row = unit - layer.shards().first(shard);
            double[] sums = {0.001 * unit, 0.001 * unit, 0.001 * unit};
            for (int slot = 0; slot < 5; slot++) {
                float weight = rows.weights().at(row * 5 + slot);
                squares += weight * weight;
                for (int example = 0; example < 3; example++) {
                    sums[example] += weight * x.values()[x.at(rows.inputOf(row, slot) * 3 + example)];
                }
            }
            for (int example = 0; example < 3; example++) {
                assertThat((double) z.values()[z.at(unit * 3 + example)]).isCloseTo(sums[example], within(1e-5));
            }
        }
        assertThat(squares / (units * 5)).as("variance is 1 / fan-in").isCloseTo(0.2, within(0.002));
    }

    @Test
    void aHundredThousandUnitsTakeSixBytesAConnection() {
        Body body =
                new BodyConfig(0, 100_000, 32, Activation.RELU, BodyConfig.Normalisation.LAYER, false, 0).newBody(512);
        assertThat(body.hidden()).isEqualTo(100_000);
        long bytes = body.tensors().stream()
                .mapToLong(tensor -> tensor.elements() * (tensor instanceof Tensor.Chars ? 2 : 4))
                .sum();
        assertThat(bytes).isEqualTo(100_000L * 32 * 6 + 100_000 * 4);
    }

    @Test
    void shapesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> sparse(3_000_000, 100)).hasMessageContaining("intermediateFanIn must be at most 2684");
        assertThatThrownBy(() -> sparse(0, 3)).hasMessageContaining("set intermediate");
        assertThatThrownBy(() -> new BodyConfig(0, 10, 0, Activation.RELU, BodyConfig.Normalisation.LAYER, true, 0))
                .hasMessageContaining("rewireIntermediate must be false without intermediateFanIn");
        assertThatThrownBy(() -> new BodyConfig(0, 10, 3, Activation.RELU, BodyConfig.Normalisation.LAYER, false, 0.3f))
                .hasMessageContaining("ablation must be 0 without rewireIntermediate");
        assertThatThrownBy(() -> model(sparse(100, 65))).hasMessageContaining("intermediateFanIn must be at most the");
        assertThatThrownBy(() -> model(sparse(300_000, 8)))
                .hasMessageContaining("fanIn must be at least 5, a slot for each bank of 65,536 of the 300000 inputs");
        assertThat(model(sparse(262_144, 8)).body().intermediate()).isEqualTo(262_144);
        assertThatThrownBy(() -> model(65_537, sparse(100, 8)))
                .hasMessage("dimension must be at most 65536 below a sparse intermediate layer, got 65537");
    }

    private static BodyConfig sparse(int units, int fanIn) {
        return new BodyConfig(0, units, fanIn, Activation.RELU, BodyConfig.Normalisation.LAYER, false, 0);
    }

    private static ModelConfig model(BodyConfig body) {
        return model(64, body);
    }

    private static ModelConfig model(int dimension, BodyConfig body) {
        return new ModelConfig(
                new TableConfig(TableConfig.Kind.DENSE, dimension, 1, 1),
                body,
                new OutputConfig(
                        OutputConfig.Kind.FIXED_FAN_IN,
                        4,
                        1,
                        OutputConfig.Order.NUMBERS,
                        100,
                        Weights.Format.FLOAT32,
                        3,
                        0),
                Loss.SQUARED_HINGE);
    }
}
