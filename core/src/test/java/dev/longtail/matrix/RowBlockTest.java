package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn.Connections;
import dev.longtail.matrix.Weights.Format;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of labels against the same labels one after the other. */
class RowBlockTest {

    private static final int INPUTS = 30;

    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @CsvSource({"4, FLOAT32, 16", "16, BFLOAT16, 7", "40, FLOAT32, 33", "64, BFLOAT16, 16", "1024, FLOAT32, 3"})
    void labelsOfAGroup(int group, Format format, int batch) {
        FixedFanIn rows = new FixedFanIn(150, INPUTS, new Connections(9, group, format));
        for (int row = 0; row < rows.indexRows(); row++) {
            rows.drawTopology(row, random.split());
        }
        assertThat(RowBlock.serves(rows)).isTrue();
        compare(rows, batch);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT32, 16", "BFLOAT16, 21"})
    void labelsOfADenseLayer(Format format, int batch) {
        DenseRows rows = new DenseRows(77, INPUTS, format);
        assertThat(RowBlock.serves(rows)).isTrue();
        compare(rows, batch);
    }

    @Test
    void labelsWithInputsOfTheirOwnAreNotServed() {
        assertThat(RowBlock.serves(new FixedFanIn(100, INPUTS, 9))).isFalse();
        assertThat(RowBlock.serves(new FixedFanIn(100, INPUTS, new Connections(9, 3, Format.FLOAT32))))
                .isFalse();
    }

    @Test
    void wideRowsTakeFewerLabelsAtATime() {
        DenseRows rows = new DenseRows(50, 5000);
        RowBlock block = new RowBlock(rows, 2);
        block.start(rows, 0, Panel.of(5000 * 2), 2);
        assertThat(block.end()).isEqualTo(4);
        block.start(rows, 48, Panel.of(5000 * 2), 2);
        assertThat(block.end()).isEqualTo(50);
    }

    private void compare(LabelRows rows, int batch) {
        for (int i = 0; i < rows.labels() * rows.width(); i++) {
            rows.weights().set(i, (float) random.nextDouble() - 0.5f);
        }
        for (int label = 0; label < rows.labels(); label++) {
            rows.bias()[label] = (float) random.nextDouble() - 0.5f;
        }
        RowBlock block = new RowBlock(rows, batch + 3);
        // twice: nothing of a batch may stay for the next
        compareBatch(rows, batch, block);
        compareBatch(rows, batch - 1, block);
    }

    private void compareBatch(LabelRows rows, int batch, RowBlock block) {
        int width = rows.width();
        Panel x = randomPanel(INPUTS * batch);
        Panel dx = randomPanel(INPUTS * batch);
        Panel expectedDx = new Panel(dx.values().clone(), dx.offset());
        float[] actual = new float[batch];
        float[] expected = new float[batch];
        float[] dWeights = new float[width];
        float[] expectedDWeights = new float[width];
        WeightRow row = new WeightRow(width);
        int done = 0;
        for (int start = 0; start < rows.labels(); start = block.end()) {
            block.start(rows, start, x, batch);
            float[][] dScores = new float[block.end() - start][batch];
            for (int unit = 0; unit < dScores.length; unit++) {
                rows.read(start + unit, row);
                rows.scores(start + unit, row, x, batch, expected);
                block.scores(unit, actual);
                assertThat(actual).isEqualTo(expected);
                done++;
                // runs of labels with a gradient and without, whole groups among them
                if ((start + unit) / 45 % 2 == 0 && random.nextInt(4) > 0) {
                    for (int i = 0; i < batch; i++) {
                        dScores[unit][i] = (float) random.nextDouble() - 0.5f;
                    }
                    block.activate(unit, dScores[unit]);
                }
            }
            block.gradients(dx);
            for (int number = 0; number < block.activeCount(); number++) {
                int unit = block.active(number);
                rows.read(start + unit, row);
                rows.gradients(start + unit, row, x, batch, dScores[unit], expectedDx, expectedDWeights);
                block.weightGradient(number, dWeights);
                assertThat(dWeights).isEqualTo(expectedDWeights);
                block.dScores(number, actual);
                assertThat(actual).isEqualTo(dScores[unit]);
                float[] weights = Arrays.copyOfRange(row.values(), row.offset(), row.offset() + width);
                block.row(number, row);
                assertThat(Arrays.copyOfRange(row.values(), row.offset(), row.offset() + width))
                        .isEqualTo(weights);
            }
        }
        assertThat(done).isEqualTo(rows.labels());
        for (int i = 0; i < INPUTS * batch; i++) {
            assertThat(dx.values()[dx.at(i)]).isCloseTo(expectedDx.values()[expectedDx.at(i)], within(1e-4f));
        }
    }

    private Panel randomPanel(int n) {
        Panel panel = Panel.of(n);
        for (int i = 0; i < n; i++) {
            panel.values()[panel.at(i)] = (float) random.nextDouble() - 0.5f;
        }
        return panel;
    }
}
