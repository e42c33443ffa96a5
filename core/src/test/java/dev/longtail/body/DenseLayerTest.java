package dev.longtail.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerConfig.Kind;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseLayerTest {

    private static final float RATE = 0.5f;

    private final SplittableRandom random = new SplittableRandom(4);

    /** Forward and backward against plain loops in double precision; every third unit has no gradient. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "7, 5, 3, 1", "600, 9, 17, 2", "30, 40, 64, 1"})
    void forwardAndBackwardFollowTheirFormulas(int outputs, int inputs, int batch, int threads) {
        DenseLayer layer = new DenseLayer(outputs, inputs);
        layer.initialise(2);
        float[] weights = layer.weights().clone();
        Panel x = panel(inputs * batch);
        Panel y = Panel.of(outputs * batch);
        Panel dy = panel(outputs * batch);
        Panel dx = panel(inputs * batch);
        for (int unit = 0; unit < outputs; unit++) {
            layer.bias()[unit] = unit % 5 - 2;
            for (int i = 0; i < batch && unit % 3 == 1; i++) {
                dy.values()[dy.at(unit * batch + i)] = 0;
            }
        }
        try (Workers workers = new Workers(threads)) {
            layer.forward(x, batch, y, workers);
            layer.new Training(OptimizerConfig.of(Kind.SGD, RATE), batch + 1, threads)
                    .backward(x, batch, dy, dx, new StepSize(1, 1), workers);
        }
        double[] expectedDx = new double[inputs * batch];
        for (int unit = 0; unit < outputs; unit++) {
            double bias = unit % 5 - 2;
            double dBias = 0;
            double[] scores = new double[batch];
            for (int j = 0; j < inputs; j++) {
                double weight = weights[unit * inputs + j];
                double dWeight = 0;
                for (int i = 0; i < batch; i++) {
                    double d = dy.values()[dy.at(unit * batch + i)];
                    double value = x.values()[x.at(j * batch + i)];
                    scores[i] += weight * value;
                    dWeight += d * value;
                    expectedDx[j * batch + i] += weight * d;
                }
                assertThat((double) layer.weights()[unit * inputs + j])
                        .isCloseTo(weight - RATE * dWeight, within(1e-4));
            }
            for (int i = 0; i < batch; i++) {
                assertThat((double) y.values()[y.at(unit * batch + i)]).isCloseTo(bias + scores[i], within(1e-4));
                dBias += dy.values()[dy.at(unit * batch + i)];
            }
            assertThat((double) layer.bias()[unit]).isCloseTo(bias - RATE * dBias, within(1e-4));
        }
        for (int i = 0; i < inputs * batch; i++) {
            assertThat((double) dx.values()[dx.at(i)]).isCloseTo(expectedDx[i], within(1e-3));
        }
    }

    private Panel panel(int n) {
        Panel panel = Panel.of(n);
        for (int i = 0; i < n; i++) {
            panel.values()[panel.at(i)] = (float) random.nextDouble() - 0.5f;
        }
        return panel;
    }
}
