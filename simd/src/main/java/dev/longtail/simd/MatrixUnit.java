package dev.longtail.simd;

import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;

/**
 * Product of two matrices. Four rows and two registers of columns are summed at a time, so that a register of b serves
 * four rows and a number of a two registers; each sum runs over p in order and keeps its bits whatever the block it is
 * in, with the exception of the columns behind the last whole register, which are summed without fused steps.
 */
final class MatrixUnit {

    private static final int ROWS = 4;

    private MatrixUnit() {}

    static void multiplyAdd(
            float[] a,
            int aOffset,
            int aRow,
            int aColumn,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride,
            int rows,
            int inner,
            int columns) {
        int i = 0;
        if (columns == LENGTH) {
            for (; i <= rows - 2 * ROWS; i += 2 * ROWS) {
                int at = aOffset + i * aRow;
                longColumn(a, at, aRow, aColumn, b, bOffset, bStride, c, cOffset + i * cStride, cStride, inner);
            }
        }
        for (; i <= rows - ROWS; i += ROWS) {
            int at = aOffset + i * aRow;
            int to = cOffset + i * cStride;
            int j = 0;
            for (; j <= columns - 2 * LENGTH; j += 2 * LENGTH) {
                block(a, at, aRow, aColumn, b, bOffset + j, bStride, c, to + j, cStride, inner);
            }
            for (; j <= columns - LENGTH; j += LENGTH) {
                column(a, at, aRow, aColumn, b, bOffset + j, bStride, c, to + j, cStride, inner);
            }
            for (int row = 0; j < columns && row < ROWS; row++) {
                tail(a, at + row * aRow, aColumn, b, bOffset, bStride, c, to + row * cStride, inner, j, columns);
            }
        }
        for (; i < rows; i++) {
            row(a, aOffset + i * aRow, aColumn, b, bOffset, bStride, c, cOffset + i * cStride, inner, columns);
        }
    }

    /** Four rows, two registers. */
    private static void block(
            float[] a,
            int at,
            int aRow,
            int aColumn,
            float[] b,
            int from,
            int bStride,
            float[] c,
            int to,
            int cStride,
            int inner) {
        FloatVector c00 = fromArray(SPECIES, c, to);
        FloatVector c01 = fromArray(SPECIES, c, to + LENGTH);
        FloatVector c10 = fromArray(SPECIES, c, to + cStride);
        FloatVector c11 = fromArray(SPECIES, c, to + cStride + LENGTH);
        FloatVector c20 = fromArray(SPECIES, c, to + 2 * cStride);
        FloatVector c21 = fromArray(SPECIES, c, to + 2 * cStride + LENGTH);
        FloatVector c30 = fromArray(SPECIES, c, to + 3 * cStride);
        FloatVector c31 = fromArray(SPECIES, c, to + 3 * cStride + LENGTH);
        for (int p = 0; p < inner; p++) {
            FloatVector b0 = fromArray(SPECIES, b, from + p * bStride);
            FloatVector b1 = fromArray(SPECIES, b, from + p * bStride + LENGTH);
            int element = at + p * aColumn;
            FloatVector factor = broadcast(SPECIES, a[element]);
            c00 = factor.fma(b0, c00);
            c01 = factor.fma(b1, c01);
            factor = broadcast(SPECIES, a[element + aRow]);
            c10 = factor.fma(b0, c10);
            c11 = factor.fma(b1, c11);
            factor = broadcast(SPECIES, a[element + 2 * aRow]);
            c20 = factor.fma(b0, c20);
            c21 = factor.fma(b1, c21);
            factor = broadcast(SPECIES, a[element + 3 * aRow]);
            c30 = factor.fma(b0, c30);
            c31 = factor.fma(b1, c31);
        }
        c00.intoArray(c, to);
        c01.intoArray(c, to + LENGTH);
        c10.intoArray(c, to + cStride);
        c11.intoArray(c, to + cStride + LENGTH);
        c20.intoArray(c, to + 2 * cStride);
        c21.intoArray(c, to + 2 * cStride + LENGTH);
        c30.intoArray(c, to + 3 * cStride);
        c31.intoArray(c, to + 3 * cStride + LENGTH);
    }

    /** Four rows, one register. */
    private static void column(
            float[] a,
            int at,
            int aRow,
            int aColumn,
            float[] b,
            int from,
            int bStride,
            float[] c,
            int to,
            int cStride,
            int inner) {
        FloatVector c0 = fromArray(SPECIES, c, to);
        FloatVector c1 = fromArray(SPECIES, c, to + cStride);
        FloatVector c2 = fromArray(SPECIES, c, to + 2 * cStride);
        FloatVector c3 = fromArray(SPECIES, c, to + 3 * cStride);
        for (int p = 0; p < inner; p++) {
            FloatVector b0 = fromArray(SPECIES, b, from + p * bStride);
            int element = at + p * aColumn;
            c0 = broadcast(SPECIES, a[element]).fma(b0, c0);
            c1 = broadcast(SPECIES, a[element + aRow]).fma(b0, c1);
            c2 = broadcast(SPECIES, a[element + 2 * aRow]).fma(b0, c2);
            c3 = broadcast(SPECIES, a[element + 3 * aRow]).fma(b0, c3);
        }
        c0.intoArray(c, to);
        c1.intoArray(c, to + cStride);
        c2.intoArray(c, to + 2 * cStride);
        c3.intoArray(c, to + 3 * cStride);
    }

    /** Eight rows, one register: what one sum waits for, seven others use. */
    private static void longColumn(
            float[] a,
            int at,
            int aRow,
            int aColumn,
            float[] b,
            int from,
            int bStride,
            float[] c,
            int to,
            int cStride,
            int inner) {
        FloatVector c0 = fromArray(SPECIES, c, to);
        FloatVector c1 = fromArray(SPECIES, c, to + cStride);
        FloatVector c2 = fromArray(SPECIES, c, to + 2 * cStride);
        FloatVector c3 = fromArray(SPECIES, c, to + 3 * cStride);
        FloatVector c4 = fromArray(SPECIES, c, to + 4 * cStride);
        FloatVector c5 = fromArray(SPECIES, c, to + 5 * cStride);
        FloatVector c6 = fromArray(SPECIES, c, to + 6 * cStride);
        FloatVector c7 = fromArray(SPECIES, c, to + 7 * cStride);
        for (int p = 0; p < inner; p++) {
            FloatVector b0 = fromArray(SPECIES, b, from + p * bStride);
            int element = at + p * aColumn;
            c0 = broadcast(SPECIES, a[element]).fma(b0, c0);
            c1 = broadcast(SPECIES, a[element + aRow]).fma(b0, c1);
            c2 = broadcast(SPECIES, a[element + 2 * aRow]).fma(b0, c2);
            c3 = broadcast(SPECIES, a[element + 3 * aRow]).fma(b0, c3);
            c4 = broadcast(SPECIES, a[element + 4 * aRow]).fma(b0, c4);
            c5 = broadcast(SPECIES, a[element + 5 * aRow]).fma(b0, c5);
            c6 = broadcast(SPECIES, a[element + 6 * aRow]).fma(b0, c6);
            c7 = broadcast(SPECIES, a[element + 7 * aRow]).fma(b0, c7);
        }
        c0.intoArray(c, to);
        c1.intoArray(c, to + cStride);
        c2.intoArray(c, to + 2 * cStride);
        c3.intoArray(c, to + 3 * cStride);
        c4.intoArray(c, to + 4 * cStride);
        c5.intoArray(c, to + 5 * cStride);
        c6.intoArray(c, to + 6 * cStride);
        c7.intoArray(c, to + 7 * cStride);
    }

    private static void row(
            float[] a,
            int at,
            int aColumn,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int to,
            int inner,
            int columns) {
        int j = 0;
        for (; j <= columns - LENGTH; j += LENGTH) {
            FloatVector sum = fromArray(SPECIES, c, to + j);
            for (int p = 0; p < inner; p++) {
                sum = broadcast(SPECIES, a[at + p * aColumn])
                        .fma(fromArray(SPECIES, b, bOffset + p * bStride + j), sum);
            }
            sum.intoArray(c, to + j);
        }
        tail(a, at, aColumn, b, bOffset, bStride, c, to, inner, j, columns);
    }

    private static void tail(
            float[] a,
            int at,
            int aColumn,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int to,
            int inner,
            int first,
            int columns) {
        for (int j = first; j < columns; j++) {
            float sum = c[to + j];
            for (int p = 0; p < inner; p++) {
                sum += a[at + p * aColumn] * b[bOffset + p * bStride + j];
            }
            c[to + j] = sum;
        }
    }
}
