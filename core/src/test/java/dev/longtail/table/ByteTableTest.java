package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table in 8 bits against the same numbers in 32. */
class ByteTableTest {

    private static final int FEATURES = 3000;
    private static final int DIMENSION = 37;

    private static InputTable table(TableConfig.Kind kind) {
        InputTable table = new TableConfig(kind, DIMENSION, 700, 1).newTable(new NumericFeatureSpace(FEATURES, false));
        table.initialise(1, 3);
        return table;
    }

    private static SparseBatch batch() {
        SplittableRandom random = new SplittableRandom(8);
        SparseBatch batch = new SparseBatch();
        for (int example = 0; example < 9; example++) {
            int[] features = new int[12];
            float[] weights = new float[12];
            for (int i = 0; i < 12; i++) {
                features[i] = random.nextInt(FEATURES);
                weights[i] = (float) random.nextDouble();
            }
            batch.add(features, weights, example == 4 ? 0 : 12);
        }
        return batch;
    }

    private static float[] bags(InputTable table) {
        Panel out = Panel.of(9 * DIMENSION);
        Arrays.fill(out.values(), 7);
        try (Workers workers = new Workers(2)) {
            table.bags(batch(), out, workers);
        }
        return Arrays.copyOfRange(out.values(), out.offset(), out.offset() + 9 * DIMENSION);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MIXED") // of users and items only, never in 8 bits
    void bagsAreThoseOfTheNumbersThatTheBytesStandFor(TableConfig.Kind kind) {
        InputTable floats = table(kind);
        InputTable bytes = floats.inBytes();
        float[] inFloats = bags(bytes.inFloats());
        float[] inBytes = bags(bytes);
        float[] before = bags(floats);
        for (int i = 0; i < inBytes.length; i++) {
            assertThat(inBytes[i]).isCloseTo(inFloats[i], within(1e-6f));
            // 12 numbers below 1 / sqrt(37) * sqrt(3), each moved by at most a 254th of the largest
            assertThat(inBytes[i]).isCloseTo(before[i], within(12 * 0.285f / 254));
        }
        assertThat(bytes.squaredNorm(17)).isCloseTo(floats.squaredNorm(17), within(0.01));
        assertThat(bytes.inBytes()).isSameAs(bytes);
        assertThat(floats.inFloats()).isSameAs(floats);
    }

    @Test
    void itTakesAQuarterOfTheMemory() {
        InputTable table = table(TableConfig.Kind.DENSE).inBytes();
        long bytes = table.tensors().stream()
                .mapToLong(tensor -> TensorPages.checkedBytes(tensor))
                .sum();
        assertThat(bytes).isEqualTo(FEATURES * (DIMENSION + 4L));
        assertThat(table.tensors().get(0)).isInstanceOf(Tensor.Bytes.class);
    }

    @Test
    void someFeaturesAreNumberedAnew() {
        int[] kept = {2999, 5, 1700};
        for (InputTable table : new InputTable[] {
            table(TableConfig.Kind.DENSE), table(TableConfig.Kind.DENSE).inBytes()
        }) {
            InputTable some = table.select(kept);
            assertThat(some.features()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                assertThat(bag(some, i)).containsExactly(bag(table, kept[i]));
            }
        }
        assertThatThrownBy(() -> table(TableConfig.Kind.HASHED).select(kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hashed with 700 rows");
    }

    private static float[] bag(InputTable table, int feature) {
        SparseBatch batch = new SparseBatch();
        batch.add(new int[] {feature}, new float[] {1}, 1);
        Panel out = Panel.of(DIMENSION);
        try (Workers workers = new Workers(1)) {
            table.bags(batch, out, workers);
        }
        return Arrays.copyOfRange(out.values(), out.offset(), out.offset() + DIMENSION);
    }

    @Test
    void itCannotBeTrained() {
        InputTable table = table(TableConfig.Kind.DENSE).inBytes();
        assertThatThrownBy(() -> table.initialise(1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.training(OptimizerConfig.of(OptimizerConfig.Kind.SGD, 1), 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("8 bits");
    }
}
