package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlantedTableTest {

    private static final PlantedConfig CONFIG = new PlantedConfig(2000, 8, 3, 1, 5);

    private final PlantedTable table = PlantedTable.of(CONFIG);

    @Test
    void rowsAreTheProductOfTransformAndAnchors() {
        double[][] t = new double[table.objects()][table.anchorCount()];
        for (int object = 0; object < table.objects(); object++) {
            for (int at = table.transform().start(object);
                    at < table.transform().start(object + 1);
                    at++) {
                t[object][table.transform().columns()[at]] = table.transform().values()[at];
            }
        }
        float[] row = new float[9];
        row[8] = 7;
        for (int object = 0; object < table.objects(); object++) {
            table.row(object, row);
            for (int i = 0; i < 8; i++) {
                double expected = 0;
                for (int k = 0; k < table.anchorCount(); k++) {
                    expected += t[object][k] * table.anchors()[k * 8 + i];
                }
                assertThat((double) row[i]).isCloseTo(expected, within(1e-4));
            }
        }
        assertThat(row[8]).isEqualTo(7);
    }

    @Test
    void theTransformIsTheBuffetWithExponentialWeights() {
        Selection selection = new IndianBuffet(3, 1).buffet(2000, 5);
        assertThat(table.objects()).isEqualTo(2000);
        assertThat(table.anchorCount()).isEqualTo(selection.anchors());
        assertThat(table.nnz()).isEqualTo(selection.size());
        double sum = 0;
        double squares = 0;
        for (int at = 0; at < table.nnz(); at++) {
            assertThat(table.transform().columns()[at])
                    .isEqualTo(selection.rows().ids()[at]);
            float weight = table.transform().values()[at];
            assertThat(weight).isPositive();
            sum += weight;
            squares += weight * weight;
        }
        assertThat(sum / table.nnz()).isCloseTo(1, within(0.06)); // four standard errors of 6,000 draws
        assertThat(squares / table.nnz()).isCloseTo(2, within(0.25));
    }

    @Test
    void anchorsAreNormal() {
        float[] anchors = PlantedTable.of(new PlantedConfig(1000, 500, 3, 1, 1)).anchors();
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        for (float value : anchors) {
            sum += value;
            squares += value * value;
            fourth += Math.pow(value, 4);
        }
        int n = anchors.length;
        assertThat(n).isGreaterThan(5000);
        assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
        assertThat(fourth / n).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
    }

    @Test
    void aSeedIsATable() {
        assertThat(PlantedTable.of(CONFIG).anchors()).isEqualTo(table.anchors());
        assertThat(PlantedTable.of(CONFIG).transform().values())
                .isEqualTo(table.transform().values());
        assertThat(PlantedTable.of(new PlantedConfig(2000, 8, 3, 1, 6)).anchors())
                .isNotEqualTo(table.anchors());
    }
}
