package dev.longtail.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Ranges that do not fit are refused before anything is written. */
class VectorsTest {

    private static final float UNTOUCHED = 42f;

    private final float[] four = {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED};
    private final float[] three = {UNTOUCHED, UNTOUCHED, UNTOUCHED};
    private final char[] indices = {0, 1, 0, 1};

    @Test
    void rangesOutsideTheirArraysAreRefused() {
        List<ThrowingCallable> calls = List.of(
                () -> Vectors.dot(four, 0, three, 0, 4),
                () -> Vectors.dot(four, Integer.MAX_VALUE, four, 0, 4),
                () -> Vectors.addScaled(1, four, 1, four, 0, 4),
                () -> Vectors.addScaled(1, four, 0, three, 0, 4),
                () -> Vectors.scaled(1, four, 1, four, 0, 4),
                () -> Vectors.scaled(1, four, 0, three, 0, 4),
                () -> Vectors.addScaledBytes(1, new byte[4], 1, four, 0, 4),
                () -> Vectors.addScaledBytes(1, new byte[4], 0, three, 0, 4),
                () -> Vectors.scale(2, four, -1, 2),
                () -> Vectors.scale(2, four, 0, -1),
                () -> Vectors.sparseScores(four, indices, 1, 4, 0, four, 2, four),
                () -> Vectors.sparseScores(four, new char[2], 0, 4, 0, four, 2, four),
                () -> Vectors.sparseScores(four, indices, 0, 4, 0, four, 2, new float[1]),
                () -> Vectors.sparseScores(four, 0, indices, 0, 4, 0, four, 3, 2, four),
                () -> Vectors.sparseGradients(four, indices, 0, 4, four, 2, four, three, four),
                () -> Vectors.sparseGradients(four, indices, 0, 4, four, 2, four, four, three),
                () -> Vectors.sparseGradients(four, indices, 0, 4, four, 2, new float[1], four, four),
                () -> Vectors.denseScores(four, 0, 3, 0, four, 2, four, 0),
                () -> Vectors.denseScores(four, 0, 2, 0, four, 2, four, 3),
                () -> Vectors.denseScores(four, 0, 1 << 20, 0, four, 1 << 12, four, 0),
                () -> Vectors.denseGradients(four, 0, 2, four, 2, four, 0, three, four),
                () -> Vectors.denseGradients(four, 0, 2, four, 2, four, 3, four, four),
                () -> Vectors.denseGradients(four, 0, 2, four, 2, four, 0, four, new float[1]));
        assertRefused(calls);
    }

    @Test
    void severalUnitsOutsideTheirArraysAreRefused() {
        int[] offsets = {0, 1, 2};
        float[] eight = new float[8];
        List<ThrowingCallable> calls = List.of(
                () -> UnitVectors.addDenseScores(four, offsets, 1, 3, 2, eight, 0, 1, four, 0),
                () -> UnitVectors.addDenseScores(three, offsets, 0, 3, 2, eight, 0, 1, four, 0),
                () -> UnitVectors.addDenseScores(four, offsets, 0, 3, 2, three, 0, 2, eight, 0),
                () -> UnitVectors.addDenseScores(four, offsets, 0, 3, 2, eight, 0, 2, four, 0),
                () -> UnitVectors.denseGradients(four, offsets, 0, 3, 2, eight, 0, 1, four, 2, eight, 0, eight),
                () -> UnitVectors.denseGradients(four, offsets, 0, 3, 2, eight, 0, 2, eight, 0, four, 1, eight),
                () -> UnitVectors.denseGradients(four, offsets, 0, 3, 2, eight, 0, 1, eight, 0, eight, 0, four),
                () -> UnitVectors.addSparseScores(four, 1, indices, 0, 4, eight, 0, 1, four),
                () -> UnitVectors.addSparseScores(four, 0, indices, 1, 4, eight, 0, 1, four),
                () -> UnitVectors.sparseGradients(four, 0, indices, 0, 4, eight, 0, 1, eight, eight, 0, four, 1));
        assertRefused(calls);
    }

    @Test
    void lossesAndStepsOutsideTheirArraysAreRefused() {
        List<ThrowingCallable> calls = List.of(
                () -> Vectors.squaredHinge(three, four, 4, 1, four),
                () -> Vectors.squaredHinge(four, three, 4, 1, four),
                () -> Vectors.logistic(four, four, 4, 1, three),
                () -> Vectors.sgd(four, 1, four, 4, 1, 0),
                () -> Vectors.sgd(four, 0, three, 4, 1, 0),
                () -> Vectors.momentum(four, 0, three, 0, four, 4, 1, 0, 0),
                () -> Vectors.adagrad(four, 0, three, 0, four, 4, 1, 0, 0),
                () -> Vectors.adamW(four, 0, three, four, 0, four, 4, 1, 0, 0, 0, 0, 1, 1),
                () -> Vectors.adamW(four, 0, four, three, 0, four, 4, 1, 0, 0, 0, 0, 1, 1));
        assertRefused(calls);
    }

    @Test
    void anIndexBehindTheLastRowEndsInAnException() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Vectors.sparseScores(four, new char[] {9}, 0, 1, 0, four, 2, new float[2]));
    }

    @Test
    void theShorterFormsStartAtTheFirstRow() {
        float[] x = {1, 2, 3, 4};
        float[] scores = new float[2];
        Vectors.sparseScores(new float[] {10, 100}, indices, 0, 2, 1, x, 2, scores);
        assertThat(scores).containsExactly(311, 421);
        Vectors.denseScores(new float[] {10, 100}, 0, 2, 1, x, 2, scores, 0);
        assertThat(scores).containsExactly(311, 421);

        float[] dx = new float[4];
        float[] dWeights = new float[2];
        Vectors.sparseGradients(new float[] {10, 100}, indices, 0, 2, x, 2, new float[] {1, 2}, dx, dWeights);
        assertThat(dx).containsExactly(10, 20, 100, 200);
        assertThat(dWeights).containsExactly(5, 11);
        Vectors.denseGradients(new float[] {10, 100}, 0, 2, x, 2, new float[] {1, 2}, 0, dx, dWeights);
        assertThat(dx).containsExactly(20, 40, 200, 400);
        assertThat(dWeights).containsExactly(5, 11);
    }

    private void assertRefused(List<ThrowingCallable> calls) {
        for (int i = 0; i < calls.size(); i++) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .as("call %d", i)
                    .isThrownBy(calls.get(i));
        }
        assertThat(four).containsOnly(UNTOUCHED);
        assertThat(three).containsOnly(UNTOUCHED);
    }
}
