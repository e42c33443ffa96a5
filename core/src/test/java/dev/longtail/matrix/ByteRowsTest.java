package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRowsTest {

    @Test
    void aHandWorkedRow() {
        ByteRows rows = ByteRows.zeros(2, 5);
        // scale 254 / 127 = 2; 1 lies in the middle of 0 and 2 and goes to the even byte, 3 to 4
        rows.set(1, new float[] {99, 254, -254, 1, 3, -6.9f}, 1);
        assertThat(rows.scales()).containsExactly(0, 2);
        assertThat(rows.values()).containsExactly(0, 0, 0, 0, 0, 127, -127, 0, 2, -3);
        float[] numbers = new float[6];
        rows.read(1, numbers, 1);
        assertThat(numbers).containsExactly(0, 254, -254, 0, 4, -6);
        rows.addScaled(0.5f, 1, numbers, 0);
        assertThat(numbers).containsExactly(127, 127, -254, 2, 1, -6);
        assertThat(rows.at(8)).isEqualTo(4);
    }

    /** Down to numbers so small that the scale itself is rounded roughly. */
    @ParameterizedTest
    @ValueSource(floats = {1e30f, 1, 1e-3f, 1e-30f, 3e-39f, 1e-42f, 2e-45f})
    void noNumberMovesByMoreThanHalfAScale(float size) {
        SplittableRandom random = new SplittableRandom(5);
        ByteRows rows = ByteRows.zeros(1, 97);
        for (int round = 0; round < 50; round++) {
            float[] numbers = new float[97];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (size * Math.pow(random.nextDouble() * 2 - 1, 3));
            }
            rows.set(0, numbers, 0);
            float[] read = new float[97];
            rows.read(0, read, 0);
            float largest = 0;
            for (float number : numbers) {
                largest = Math.max(largest, Math.abs(number));
            }
            // half a step, the rounding of the product, and where the step is a few of the smallest floats its rounding
            double bound = largest / 127 * 0.5 + Math.ulp(largest) + 64 * Float.MIN_VALUE;
            for (int i = 0; i < numbers.length; i++) {
                assertThat(Math.abs((double) read[i] - numbers[i])).isLessThanOrEqualTo(bound);
            }
        }
    }

    @Test
    void aRowInEightBitsBecomesTheSameBytesAgain() {
        SplittableRandom random = new SplittableRandom(6);
        float[] numbers = new float[64];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextDouble() - 0.5f;
        }
        ByteRows rows = ByteRows.zeros(2, 64);
        rows.set(0, numbers, 0);
        float[] read = new float[64];
        rows.read(0, read, 0);
        rows.set(1, read, 0);
        for (int i = 0; i < 64; i++) {
            assertThat(rows.values()[64 + i]).isEqualTo(rows.values()[i]);
        }
        rows.set(1, rows, 0);
        assertThat(rows.scales()[1]).isEqualTo(rows.scales()[0]);
    }

    @Test
    void zerosStayZeros() {
        ByteRows rows = ByteRows.zeros(1, 3);
        rows.set(0, new float[] {0, -0f, 0}, 0);
        assertThat(rows.scales()[0]).isZero();
        rows.check();
        float[] read = {1, 1, 1};
        rows.read(0, read, 0);
        assertThat(read).containsExactly(0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1e-30f})
    void numbersAndScalesThatCannotBeAreRefused(float wrong) {
        ByteRows rows = ByteRows.zeros(2, 3);
        if (!Float.isFinite(wrong)) {
            assertThatThrownBy(() -> rows.set(1, new float[] {1, wrong, 0}, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("row 1");
        }
        rows.scales()[1] = wrong;
        assertThatThrownBy(rows::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scale of row 1");
    }
}
