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
        block.begin(rows, 43, 50, Panel.of(5000 * 2), 2);
        assertThat(block.next()).isTrue();
        assertThat(block.first()).isEqualTo(43);
        assertThat(block.end()).isEqualTo(47);
        assertThat(block.next()).isTrue();
        assertThat(block.end()).isEqualTo(50);
        assertThat(block.next()).isFalse();
    }

    private void compare(LabelRows rows, int batch) {
        for (int i = 0; i < rows.labels() * rows.width(); i++) {
            rows.weights().set(i, (float) random.nextDouble() - 0.5f);
        }
        for (int label = 0; label < rows.labels(); label++) {
            rows.bias()[label] = (float) random.nextDouble() - 0.5f;
        }
        RowBlock block = new RowBlock(rows, batch + 3);
        // nothing of a batch may stay for the next
        compareBatch(rows, 0, rows.labels(), batch, block);
        compareBatch(rows, 0, rows.labels(), batch - 1, block);
        // a range may begin and end within a group
        compareBatch(rows, 13, rows.labels() - 3, batch, block);
        compareBatch(rows, 20, 21, batch, block);
        compareBatch(rows, 20, 20, batch, block);
    }

    private void compareBatch(LabelRows rows, int begin, int end, int batch, RowBlock block) {
        int width = rows.width();
        Panel x = randomPanel(INPUTS * batch);
        Panel dx = randomPanel(INPUTS * batch);
        Panel expectedDx = new Panel(dx.values().clone(), dx.offset());
        float[] actual = new float[batch];
        float[] expected = new float[batch];
        float[] dWeights = new float[width];
        float[] expectedDWeights = new float[width];
        WeightRow row = new WeightRow(width);
        int next = begin;
        block.begin(rows, begin, end, x, batch);
        while (block.next()) {
            assertThat(block.first()).isEqualTo(next);
            next = block.end();
            // runs of labels that are scored and not, whole blocks among them
            for (int label = block.first(); label < block.end(); label++) {
                if (label / 35 % 3 > 0 || label % 35 == 8) {
                    block.select(label);
                }
            }
            block.score();
            float[][] dScores = new float[rows.labels()][batch];
            for (int number = 0; number < block.selectedCount(); number++) {
                int label = block.selected(number);
                rows.read(label, row);
                rows.scores(label, row, x, batch, expected);
                block.scores(number, actual);
                assertThat(actual).isEqualTo(expected);
                // runs of labels with a gradient and without, whole groups among them
                if (label / 45 % 2 == 0 && random.nextInt(4) > 0) {
                    for (int i = 0; i < batch; i++) {
                        dScores[label][i] = (float) random.nextDouble() - 0.5f;
                    }
                    block.activate(number, dScores[label]);
                }
            }
            block.gradients(dx);
            for (int number = 0; number < block.activeCount(); number++) {
                int label = block.active(number);
                rows.read(label, row);
                rows.gradients(label, row, x, batch, dScores[label], expectedDx, expectedDWeights);
                block.weightGradient(number, dWeights);
                assertThat(dWeights).isEqualTo(expectedDWeights);
                block.dScores(number, actual);
                assertThat(actual).isEqualTo(dScores[label]);
                float[] weights = Arrays.copyOfRange(row.values(), row.offset(), row.offset() + width);
                block.row(number, row);
                assertThat(Arrays.copyOfRange(row.values(), row.offset(), row.offset() + width))
                        .isEqualTo(weights);
            }
        }
        assertThat(next).isEqualTo(end);
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
