package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn.Connections;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows over one bank of inputs and over several. */
class FixedFanInTest {

    @ParameterizedTest
    @CsvSource({"10, 10", "65536, 7", "65537, 2", "131072, 5", "131073, 3", "200001, 11", "1000003, 16"})
    void banksCoverAllInputsAndEverySlotHasOne(int inputs, int fanIn) {
        FixedFanIn rows = new FixedFanIn(1, inputs, fanIn);
        assertThat(rows.firstInput(0)).isZero();
        assertThat(rows.endInput(fanIn - 1)).isEqualTo(inputs);
        for (int slot = 0; slot < fanIn; slot++) {
            assertThat(rows.endInput(slot) - rows.firstInput(slot)).isBetween(1, 65_536);
            if (slot > 0 && rows.firstInput(slot) != rows.firstInput(slot - 1)) {
                assertThat(rows.firstInput(slot)).isEqualTo(rows.endInput(slot - 1));
            }
            for (int input : new int[] {rows.firstInput(slot), rows.endInput(slot) - 1}) {
                rows.connect(0, slot, input);
                assertThat(rows.inputOf(0, slot)).isEqualTo(input);
            }
        }
        rows.check();
    }

    @ParameterizedTest
    @CsvSource({"9, 9", "40, 7", "65536, 50", "65537, 20", "131075, 4096", "200001, 199999"})
    void drawnInputsAreDistinctAndInTheSlotsBank(int inputs, int fanIn) {
        FixedFanIn rows = new FixedFanIn(3, inputs, fanIn);
        Set<Integer> upper = new HashSet<>();
        for (int row = 0; row < 3; row++) {
            rows.drawTopology(row, new SplittableRandom(row));
            Set<Integer> seen = new HashSet<>();
            for (int slot = 0; slot < fanIn; slot++) {
                int input = rows.inputOf(row, slot);
                assertThat(input).isBetween(rows.firstInput(slot), rows.endInput(slot) - 1);
                assertThat(seen.add(input)).isTrue();
                if (input >= inputs / 2) {
                    upper.add(input);
                }
            }
        }
        assertThat(upper).isNotEmpty();
        rows.check();
    }

    @Test
    void fanInsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedFanIn(1, 200_000, 3))
                .withMessageContaining("fanIn")
                .withMessageContaining("at least 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedFanIn(1, 5, 6))
                .withMessageContaining("fanIn");
    }

    @Test
    void anIndexBehindItsBankIsFound() {
        FixedFanIn rows = new FixedFanIn(2, 65_540, 4);
        rows.check();
        rows.indices()[5] = 32_770;
        assertThatIllegalArgumentException()
                .isThrownBy(rows::check)
                .withMessageContaining("slot 1 of row 1")
                .withMessageContaining("32769");
    }

    @ParameterizedTest
    @CsvSource({"65540, 6, 1", "131100, 7, 3", "196700, 9, 1", "300, 8, 2"})
    void scoresAndGradientsFollowTheirFormulas(int inputs, int fanIn, int group) {
        int batch = 5;
        SplittableRandom random = new SplittableRandom(fanIn);
        FixedFanIn rows = new FixedFanIn(4, inputs, new Connections(fanIn, group, Weights.Format.FLOAT32));
        for (int row = 0; row < rows.indexRows(); row++) {
            rows.drawTopology(row, random.split());
        }
        for (int i = 0; i < 4 * fanIn; i++) {
            rows.weights().set(i, (float) random.nextDouble() - 0.5f);
        }
        Panel x = Panel.of(inputs * batch);
        Panel dx = Panel.of(inputs * batch);
        for (int i = 0; i < inputs * batch; i++) {
            x.values()[x.at(i)] = (float) random.nextDouble() - 0.5f;
        }
        double[] expectedDx = new double[inputs * batch];
        float[] dWeights = new float[fanIn];
        float[] scores = new float[batch];
        WeightRow row = new WeightRow(fanIn);
        for (int label = 0; label < 4; label++) {
            rows.bias()[label] = label - 1;
            float[] dScores = new float[batch];
            for (int i = 0; i < batch; i++) {
                dScores[i] = (float) random.nextDouble() - 0.5f;
            }
            rows.read(label, row);
            rows.scores(label, row, x, batch, scores);
            rows.gradients(label, row, x, batch, dScores, dx, dWeights);
            double[] expected = new double[batch];
            for (int slot = 0; slot < fanIn; slot++) {
                double weight = rows.weights().at(label * fanIn + slot);
                double dWeight = 0;
                for (int i = 0; i < batch; i++) {
                    int at = rows.input(label, slot) * batch + i;
                    expected[i] += weight * x.values()[x.at(at)];
                    expectedDx[at] += weight * dScores[i];
                    dWeight += (double) dScores[i] * x.values()[x.at(at)];
                }
                assertThat((double) dWeights[slot]).isCloseTo(dWeight, within(1e-5));
            }
            for (int i = 0; i < batch; i++) {
                assertThat((double) scores[i]).isCloseTo(label - 1 + expected[i], within(1e-5));
            }
            float[] second = new float[3 + inputs];
            for (int input = 0; input < inputs; input++) {
                second[3 + input] = x.values()[x.at(input * batch + 1)];
            }
            assertThat((double) rows.score(label, row, second, 3)).isCloseTo(label - 1 + expected[1], within(1e-5));
        }
        for (int i = 0; i < expectedDx.length; i++) {
            if (!(Math.abs(dx.values()[dx.at(i)] - expectedDx[i]) <= 1e-5)) {
                throw new AssertionError("dx " + i + " is " + dx.values()[dx.at(i)] + ", expected " + expectedDx[i]);
            }
        }
    }
}
