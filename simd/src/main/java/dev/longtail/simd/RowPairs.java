package dev.longtail.simd;

import static dev.longtail.simd.Lanes.FLIP1;
import static dev.longtail.simd.Lanes.FLIP2;
import static dev.longtail.simd.Lanes.FLIP4;
import static dev.longtail.simd.Lanes.FLIP8;
import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.ODD;
import static dev.longtail.simd.Lanes.SPECIES;
import static dev.longtail.simd.Lanes.UPPER;
import static dev.longtail.simd.Lanes.UPPER4;
import static dev.longtail.simd.Lanes.UPPER8;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Rows of some registers, by pairs. As many products as a register has lanes are summed together: with the sums of one
 * row in the even lanes and of the next one in the odd lanes, and so on with twice as many lanes, sixteen sums take
 * fifteen additions in place of sixty-four. Lanes are added in the order of {@link Lanes#sum}.
 */
final class RowPairs {

    private RowPairs() {}

    static void dots(
            float[] a, int aAt, int[] aRows, float[] b, int bAt, int[] bRows, int from, int to, int n, float[] dots) {
        int whole = n - n % LENGTH;
        int i = from;
        for (; whole > 0 && i <= to - LENGTH; i += LENGTH) {
            lanes(a, aAt, aRows, b, bAt, bRows, i, n, whole).intoArray(dots, i);
        }
        for (; i < to; i++) {
            dots[i] = whole == 0 ? 0 : Lanes.sum(product(a, aAt + aRows[i] * n, b, bAt + bRows[i] * n, whole));
        }
        if (whole < n) {
            tails(a, aAt, aRows, b, bAt, bRows, from, to, n, whole, dots);
        }
    }

    private static void tails(
            float[] a,
            int aAt,
            int[] aRows,
            float[] b,
            int bAt,
            int[] bRows,
            int from,
            int to,
            int n,
            int whole,
            float[] dots) {
        for (int i = from; i < to; i++) {
            float sum = dots[i];
            int row = aAt + aRows[i] * n;
            int other = bAt + bRows[i] * n;
            for (int j = whole; j < n; j++) {
                sum += a[row + j] * b[other + j];
            }
            dots[i] = sum;
        }
    }

    /** The sums of as many pairs as there are lanes, from i on. */
    private static FloatVector lanes(
            float[] a, int aAt, int[] aRows, float[] b, int bAt, int[] bRows, int i, int n, int whole) {
        FloatVector low = eight(a, aAt, aRows, b, bAt, bRows, i, n, whole);
        return LENGTH > 8 ? fold(low, eight(a, aAt, aRows, b, bAt, bRows, i + 8, n, whole), FLIP8, UPPER8) : low;
    }

    private static FloatVector eight(
            float[] a, int aAt, int[] aRows, float[] b, int bAt, int[] bRows, int i, int n, int whole) {
        FloatVector low = four(a, aAt, aRows, b, bAt, bRows, i, n, whole);
        return LENGTH > 4 ? fold(low, four(a, aAt, aRows, b, bAt, bRows, i + 4, n, whole), FLIP4, UPPER4) : low;
    }

    private static FloatVector four(
            float[] a, int aAt, int[] aRows, float[] b, int bAt, int[] bRows, int i, int n, int whole) {
        FloatVector p0 = product(a, aAt + aRows[i] * n, b, bAt + bRows[i] * n, whole);
        FloatVector p1 = product(a, aAt + aRows[i + 1] * n, b, bAt + bRows[i + 1] * n, whole);
        FloatVector p2 = product(a, aAt + aRows[i + 2] * n, b, bAt + bRows[i + 2] * n, whole);
        FloatVector p3 = product(a, aAt + aRows[i + 3] * n, b, bAt + bRows[i + 3] * n, whole);
        return fold(fold(p0, p1, FLIP1, ODD), fold(p2, p3, FLIP1, ODD), FLIP2, UPPER);
    }

    private static FloatVector product(float[] a, int aAt, float[] b, int bAt, int whole) {
        FloatVector sum = fromArray(SPECIES, a, aAt).mul(fromArray(SPECIES, b, bAt));
        for (int j = LENGTH; j < whole; j += LENGTH) {
            sum = fromArray(SPECIES, a, aAt + j).fma(fromArray(SPECIES, b, bAt + j), sum);
        }
        return sum;
    }

    /** Sums of neighbours: those of {@code a} in the lanes outside of {@code second}, those of {@code b} in it. */
    private static FloatVector fold(FloatVector a, FloatVector b, VectorShuffle<Float> flip, VectorMask<Float> second) {
        return a.blend(b, second).add(b.blend(a, second).rearrange(flip));
    }

    static void scaled(float alpha, float[] weights, float[] x, int xAt, float[] y, int yAt, int count, int n) {
        int whole = n - n % LENGTH;
        for (int i = 0; i < count; i++) {
            float weight = alpha * weights[i];
            FloatVector factor = broadcast(SPECIES, weight);
            int from = xAt + i * n;
            int to = yAt + i * n;
            int j = 0;
            for (; j < whole; j += LENGTH) {
                factor.mul(fromArray(SPECIES, x, from + j)).intoArray(y, to + j);
            }
            for (; j < n; j++) {
                y[to + j] = weight * x[from + j];
            }
        }
    }

    static void addScaled(
            float[] alpha, float[] x, int xAt, int[] xRows, float[] y, int yAt, int[] yRows, int count, int n) {
        int whole = n - n % LENGTH;
        for (int i = 0; i < count; i++) {
            int from = xAt + xRows[i] * n;
            int to = yAt + yRows[i] * n;
            FloatVector factor = broadcast(SPECIES, alpha[i]);
            int j = 0;
            for (; j < whole; j += LENGTH) {
                factor.fma(fromArray(SPECIES, x, from + j), fromArray(SPECIES, y, to + j))
                        .intoArray(y, to + j);
            }
            for (; j < n; j++) {
                y[to + j] += alpha[i] * x[from + j];
            }
        }
    }
}
