package dev.longtail.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.optimizer.OptimizerConfig.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerTest {

    /** Each rule written out in double precision for one parameter and the gradients 0.5, -1, 0.25 (row of two). */
    @ParameterizedTest
    @EnumSource(names = {"SGD", "MOMENTUM", "ADAGRAD", "ROW_ADAGRAD", "ADAMW", "YOGI"})
    void threeStepsFollowTheFormula(Kind kind) {
        OptimizerConfig config = new OptimizerConfig(kind, 0.1f, 0.9f, 0.8f, 0.95f, 1e-3f, 0.01f, 0.1f);
        float[] weights = {9, 9, 1, -2};
        OptimizerState state = config.newState(2, 2);
        double[][] gradients = {{0.5, 1}, {-1, 0.5}, {0.25, -0.125}};
        double[] w = {1, -2};
        double[] m = new double[2];
        double[] v = new double[2];
        Arrays.fill(v, kind == Kind.YOGI ? 1e-6 : 0);
        for (int step = 1; step <= 3; step++) {
            double[] g = gradients[step - 1];
            double factor = 1.0 / step;
            double rate = 0.1 * factor;
            double mean = (g[0] * g[0] + g[1] * g[1]) / 2;
            for (int i = 0; i < 2; i++) {
                switch (kind) {
                    case SGD -> w[i] -= rate * (g[i] + 0.01 * w[i]);
                    case MOMENTUM -> {
                        m[i] = 0.9 * m[i] + g[i] + 0.01 * w[i];
                        w[i] -= rate * m[i];
                    }
                    case ADAGRAD, ROW_ADAGRAD -> {
                        m[i] += kind == Kind.ADAGRAD ? g[i] * g[i] : mean;
                        w[i] -= rate * (g[i] / (Math.sqrt(m[i]) + 1e-3) + 0.01 * w[i]);
                    }
                    case ADAMW, YOGI -> {
                        m[i] = 0.8 * m[i] + 0.2 * g[i];
                        double towards = kind == Kind.ADAMW ? g[i] * g[i] - v[i] : Math.signum(g[i] * g[i] - v[i]);
                        v[i] += 0.05 * towards * (kind == Kind.ADAMW ? 1 : g[i] * g[i]);
                        double first = m[i] / (1 - Math.pow(0.8, step));
                        double second = v[i] / (1 - Math.pow(0.95, step));
                        w[i] -= rate * (first / (Math.sqrt(second) + 1e-3) + 0.01 * w[i]);
                    }
                    case FACTORED_ADAMW, ADALOMO -> throw new AssertionError("see FactoredTest");
                }
            }
            float[] gradient = {(float) g[0], (float) g[1]};
            state.update(1, weights, 2, gradient, new StepSize(step, (float) factor));
        }
        assertThat((double) weights[2]).isCloseTo(w[0], within(1e-6));
        assertThat((double) weights[3]).isCloseTo(w[1], within(1e-6));
        assertThat(weights[0]).as("the other row").isEqualTo(9);
        int numbersForTwoRows = switch (kind) {
            case SGD -> 0;
            case ROW_ADAGRAD -> 2;
            case MOMENTUM, ADAGRAD -> 4;
            case ADAMW, YOGI -> 8;
            case FACTORED_ADAMW, ADALOMO -> throw new AssertionError("see FactoredTest");
        };
        assertThat(state.bytes()).isEqualTo(4 * numbersForTwoRows);
    }

    @Test
    void schedulesRiseAndFall() {
        ScheduleConfig linear = new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 0.2f, 0.1f);
        assertThat(linear.at(1, 100).factor()).isCloseTo(0.05f, within(1e-6f));
        assertThat(linear.at(20, 100).factor()).isCloseTo(1, within(1e-6f));
        assertThat(linear.at(60, 100).factor()).isCloseTo(0.55f, within(1e-6f)); // half way from 1 to 0.1
        assertThat(linear.at(100, 100).factor()).isCloseTo(0.1f, within(1e-6f));
        ScheduleConfig cosine = new ScheduleConfig(ScheduleConfig.Curve.COSINE, 0, 0);
        assertThat(cosine.at(50, 100).factor()).isCloseTo(0.5f, within(1e-6f));
        assertThat(cosine.at(25, 100).factor()).isCloseTo((float) ((1 + Math.sqrt(0.5)) / 2), within(1e-6f));
        assertThat(cosine.at(100, 100).factor()).isCloseTo(0, within(1e-6f));
        ScheduleConfig steps = new ScheduleConfig(ScheduleConfig.Curve.STEPS, 0.1f, 0.2f, 20, 0.5f);
        assertThat(steps.at(5, 100).factor()).as("half of the warm-up").isCloseTo(0.5f, within(1e-6f));
        assertThat(steps.at(30, 100).factor()).as("20 steps after it").isEqualTo(1);
        assertThat(steps.at(31, 100).factor()).isEqualTo(0.5f);
        assertThat(steps.at(51, 100).factor()).isEqualTo(0.25f);
        assertThat(steps.at(99, 100).factor()).as("not below the floor").isCloseTo(0.2f, within(1e-6f));
        ScheduleConfig constant = new ScheduleConfig(ScheduleConfig.Curve.CONSTANT, 0.5f, 0);
        assertThat(constant.at(10, 100).factor()).isCloseTo(0.2f, within(1e-6f));
        assertThat(constant.at(90, 100).factor()).isEqualTo(1);
    }

    @Test
    void boundsAreNamed() {
        assertThatThrownBy(() -> OptimizerConfig.of(Kind.SGD, 0)).hasMessage("learningRate must be above 0, got 0.0");
        assertThatThrownBy(() -> OptimizerConfig.of(Kind.SGD, Float.NaN))
                .hasMessage("learningRate must be above 0, got NaN");
        assertThatThrownBy(() -> new OptimizerConfig(Kind.ADALOMO, 1, 0, 0, 0, 1, 0, 0))
                .hasMessage("leastScale must be above 0, got 0.0");
        assertThatThrownBy(() -> new ScheduleConfig(ScheduleConfig.Curve.LINEAR, 1, 0))
                .hasMessage("warmup must be in [0, 1), got 1.0");
        assertThatThrownBy(() -> new ScheduleConfig(ScheduleConfig.Curve.STEPS, 0, 0, 0, 1))
                .hasMessage("every must be at least 1, got 0");
        assertThatThrownBy(() -> new ScheduleConfig(ScheduleConfig.Curve.STEPS, 0, 0, 1, 0))
                .hasMessage("decay must be in (0, 1], got 0.0");
    }
}
