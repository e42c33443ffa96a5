package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.penalty.PairOverlap.Row;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairOverlapTest {

    private static final int ANCHORS = 15;

    private final Random random = new Random(1);

    private Row row() {
        int[] anchors = new int[ANCHORS];
        float[] weights = new float[ANCHORS];
        int count = 0;
        for (int anchor = 0; anchor < ANCHORS; anchor++) {
            if (random.nextInt(3) > 0) {
                anchors[count] = anchor;
                weights[count++] = (float) random.nextGaussian();
            }
        }
        return new Row(anchors, weights, 1, Math.max(1, count));
    }

    private static double[] dense(Row row) {
        double[] dense = new double[ANCHORS];
        for (int at = row.start(); at < row.end(); at++) {
            dense[row.anchors()[at]] = row.weights()[at];
        }
        return dense;
    }

    private static double overlap(double[] u, double[] v) {
        double sum = 0;
        for (int k = 0; k < ANCHORS; k++) {
            sum += Math.abs(u[k]) * Math.abs(v[k]);
        }
        return sum;
    }

    @Test
    void valueAndSubgradientEqualThoseOfFullRows() {
        for (int instance = 0; instance < 200; instance++) {
            Row u = row();
            Row v = row();
            double[] fullU = dense(u);
            double[] fullV = dense(v);
            float[] du = new float[ANCHORS];
            float[] dv = new float[ANCHORS];
            double value = PairOverlap.addSubgradient(u, v, 2, du, dv);
            assertThat(value).isEqualTo(PairOverlap.value(u, v)).isCloseTo(overlap(fullU, fullV), within(1e-9));
            for (int at = u.start(); at < u.end(); at++) {
                assertThat((double) du[at]).isCloseTo(2 * slope(fullU, fullV, u.anchors()[at]), within(1e-5));
            }
            for (int at = v.start(); at < v.end(); at++) {
                assertThat((double) dv[at]).isCloseTo(2 * slope(fullV, fullU, v.anchors()[at]), within(1e-5));
            }
        }
    }

    private static double slope(double[] u, double[] v, int k) {
        double[] up = u.clone();
        double[] down = u.clone();
        up[k] += 1e-7;
        down[k] -= 1e-7;
        return (overlap(up, v) - overlap(down, v)) / 2e-7;
    }

    @Test
    void anEntryOfZeroIsLeftAlone() {
        Row u = new Row(new int[] {0, 1}, new float[] {0, 2});
        Row v = new Row(new int[] {0, 1}, new float[] {3, -4});
        float[] du = new float[2];
        float[] dv = new float[2];
        assertThat(PairOverlap.addSubgradient(u, v, 1, du, dv)).isEqualTo(8);
        assertThat(du).containsExactly(0, 4);
        assertThat(dv).containsExactly(0, -2);
    }

    @Test
    void stepsAgainstItPartTheRows() {
        Row u = new Row(new int[] {0, 1, 2}, new float[] {1, 0.2f, 0.5f});
        Row v = new Row(new int[] {0, 1, 3}, new float[] {0.1f, 1, 0.7f});
        for (int step = 0; step < 40; step++) {
            float[] du = new float[3];
            float[] dv = new float[3];
            PairOverlap.addSubgradient(u, v, 0.1f, du, dv);
            for (int i = 0; i < 3; i++) {
                u.weights()[i] -= du[i];
                v.weights()[i] -= dv[i];
            }
            Proximal.nonNegative(u.weights(), 0, 3);
            Proximal.nonNegative(v.weights(), 0, 3);
        }
        assertThat(PairOverlap.value(u, v)).isZero();
        assertThat(u.weights()[2]).isEqualTo(0.5f); // what they do not share has not moved
        assertThat(v.weights()[2]).isEqualTo(0.7f);
    }
}
