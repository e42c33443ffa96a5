package dev.longtail.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.Weights.Format;
import dev.longtail.parallel.RandomStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrainFloatTest {

    @Test
    void everyNumberOfTheFormatIsItself() {
        for (int bits = 0; bits <= 0xffff; bits++) {
            float value = BrainFloat.toFloat((char) bits);
            if (Float.isNaN(value)) {
                assertThat(BrainFloat.toFloat(BrainFloat.nearest(value))).isNaN();
                assertThat(BrainFloat.toFloat(BrainFloat.stochastic(value, 0xffff)))
                        .isNaN();
            } else {
                assertThat((int) BrainFloat.nearest(value)).isEqualTo(bits);
                assertThat((int) BrainFloat.stochastic(value, 0xffff)).isEqualTo(bits);
            }
        }
    }

    /** Around 1 the numbers are 1/128 apart, 1 and 1 + 2/128 have even significands. */
    @Test
    void theNearestIsTakenAndInTheMiddleTheEvenOne() {
        assertThat(nearest(1 + 0.49f / 128)).isEqualTo(1);
        assertThat(nearest(1 + 0.51f / 128)).isEqualTo(1 + 1f / 128);
        assertThat(nearest(1 + 0.5f / 128)).isEqualTo(1);
        assertThat(nearest(1 + 1.5f / 128)).isEqualTo(1 + 2f / 128);
        assertThat(nearest(-1 - 1.5f / 128)).isEqualTo(-1 - 2f / 128);
        assertThat(nearest(-1 - 0.5f / 128)).isEqualTo(-1);
        assertThat(nearest(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(nearest(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Float.floatToRawIntBits(nearest(-0f))).isEqualTo(Float.floatToRawIntBits(-0f));
        assertThat(nearest(Float.intBitsToFloat(0x7f800001)))
                .as("a NaN of low bits")
                .isNaN();
    }

    private static float nearest(float value) {
        return BrainFloat.toFloat(BrainFloat.nearest(value));
    }

    @ParameterizedTest
    @ValueSource(floats = {1.0001f, -0.3f, 1e-5f, 3.1415927f, -1e-40f, 12345.678f})
    void stochasticRoundingKeepsTheMean(float value) {
        int rounds = 200_000;
        float low = BrainFloat.toFloat(BrainFloat.stochastic(value, 0));
        float high = BrainFloat.toFloat(BrainFloat.stochastic(value, 0xffff));
        assertThat(Math.abs(low)).isLessThanOrEqualTo(Math.abs(value));
        assertThat(Math.abs(high)).isGreaterThan(Math.abs(value));
        double sum = 0;
        for (int i = 0; i < rounds; i++) {
            float rounded =
                    BrainFloat.toFloat(BrainFloat.stochastic(value, (int) RandomStream.mix(RandomStream.key(7, i, 3))));
            assertThat(rounded == low || rounded == high).isTrue();
            sum += rounded;
        }
        double share = ((double) value - low) / ((double) high - low);
        double standardError = Math.abs((double) high - low) * Math.sqrt(share * (1 - share) / rounds);
        assertThat(sum / rounds).isCloseTo(value, within(4 * standardError));
        assertThat(share).isStrictlyBetween(0.0, 1.0);
    }

    /** Writing a row over and over, as training does, with steps a hundredth of the distance between two numbers. */
    @Test
    void smallStepsAddUpInARow() {
        Weights weights = Format.BFLOAT16.zeros(1000);
        WeightRow row = new WeightRow(1000);
        for (int i = 0; i < 1000; i++) {
            weights.set(i, 1);
        }
        for (int step = 1; step <= 400; step++) {
            weights.read(0, 1000, row);
            for (int i = 0; i < 1000; i++) {
                row.values()[row.offset() + i] += 0.01f / 128;
            }
            weights.write(0, 1000, row, RandomStream.key(1, step, 0));
        }
        double mean = 0;
        for (int i = 0; i < 1000; i++) {
            mean += weights.at(i) / 1000;
        }
        // 400 roundings of variance 0.01 * 0.99 / 128^2 each, averaged over 1000 weights
        double standardError = Math.sqrt(400 * 0.0099 / 1000) / 128;
        assertThat(mean).isCloseTo(1 + 4.0 / 128, within(4 * standardError));
        weights.set(0, 1 + 0.01f / 128);
        assertThat(weights.at(0)).as("what rounding to the nearest would do").isEqualTo(1);
    }

    @Test
    void rowsAreReadAndWrittenWhereTheyAre() {
        Random random = new Random(1);
        for (Format format : Format.values()) {
            Weights weights = format.zeros(12);
            for (int i = 0; i < 12; i++) {
                weights.set(i, random.nextInt(100));
            }
            WeightRow row = new WeightRow(4);
            weights.read(4, 4, row);
            float untouched = weights.at(8);
            row.values()[row.offset() + 3] = 0.5f;
            weights.write(4, 4, row, 9);
            assertThat(weights.at(7)).isEqualTo(0.5f);
            assertThat(weights.at(8)).isEqualTo(untouched);
            assertThat(weights.size()).isEqualTo(12);
        }
    }
}
