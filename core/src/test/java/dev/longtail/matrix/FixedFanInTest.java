package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

    /** Weights of two labels that share an index row, and of one alone in the last row. */
    private static FixedFanIn sharing() {
        FixedFanIn rows = new FixedFanIn(3, 9, new FixedFanIn.Connections(4, 2, Weights.Format.FLOAT32));
        float[] weights = {3, -1, 0, 2, 0, -4, 1, 2, /* the last */ 0, 0.5f, -0.6f, 0.1f};
        for (int i = 0; i < weights.length; i++) {
            rows.weights().set(i, weights[i]);
            rows.bias()[i / 4] = i / 4;
        }
        int[] inputs = {8, 2, 5, 1, 0, 7, 3, 4};
        for (int i = 0; i < 8; i++) {
            rows.connect(i / 4, i % 4, inputs[i]);
        }
        return rows;
    }

    @Test
    void theLargestWeightsOfLabelsThatShareInputsAreKept() {
        FixedFanIn rows = sharing();
        // squares of both labels: 9 + 0, 1 + 16, 0 + 1, 4 + 4; of the last: 0, 0.25, 0.36, 0.01
        FixedFanIn narrow = rows.withFanIn(2);
        assertThat(narrow.width()).isEqualTo(2);
        assertThat(new int[] {narrow.inputOf(0, 0), narrow.inputOf(0, 1), narrow.inputOf(1, 0), narrow.inputOf(1, 1)})
                .containsExactly(8, 2, 7, 3);
        float[] expected = {3, -1, 0, -4, 0.5f, -0.6f};
        for (int i = 0; i < expected.length; i++) {
            assertThat(narrow.weights().at(i)).isEqualTo(expected[i]);
            assertThat(narrow.bias()[i / 2]).isEqualTo(i / 2);
        }
        FixedFanIn three = rows.withFanIn(3); // of equal values the earlier slot
        assertThat(three.inputOf(0, 2)).isEqualTo(1);
        FixedFanIn bytes = rows.inBytes().withFanIn(2);
        assertThat(bytes.weights()).isInstanceOf(Weights.Bytes.class);
        assertThat(bytes.weights().at(3)).isEqualTo(-4);
        assertThatThrownBy(() -> rows.withFanIn(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below that of the model, 4");
    }

    /** 70,000 inputs are two banks: a bank keeps slots even if all of the other's are larger. */
    @Test
    void everyBankKeepsItsPartOfTheSlots() {
        FixedFanIn rows = new FixedFanIn(1, 70_000, 5);
        for (int slot = 0; slot < 5; slot++) {
            rows.connect(0, slot, rows.firstInput(slot) + 10 * slot);
            rows.weights().set(slot, slot + 1);
        }
        FixedFanIn narrow = rows.withFanIn(3); // two slots of the first bank, which has 0 to 2, and one of the other
        narrow.check();
        assertThat(narrow.inputOf(0, 0)).isEqualTo(10);
        assertThat(narrow.inputOf(0, 1)).isEqualTo(20);
        assertThat(narrow.inputOf(0, 2)).isEqualTo(rows.inputOf(0, 4)).isGreaterThanOrEqualTo(35_000);
        assertThatThrownBy(() -> rows.withFanIn(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
