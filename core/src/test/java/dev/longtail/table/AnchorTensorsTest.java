package dev.longtail.table;

import static dev.longtail.table.AnchorTableTest.FEATURES;
import static dev.longtail.table.AnchorTableTest.anchors;
import static dev.longtail.table.AnchorTableTest.config;
import static dev.longtail.table.AnchorTableTest.table;
import static dev.longtail.table.AnchorTableTest.transform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.SparseFactor;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An anchor table as tensors, in both forms and in 8 bits. */
class AnchorTensorsTest {

    @ParameterizedTest
    @CsvSource({"FULL, 0, full", "FULL, 1, lengths", "SPARSE, 2, lengths"})
    void numbersAreTakenOver(AnchorConfig.Layout layout, int links, String form) {
        AnchorConfig config = config(layout, 1, AnchorConfig.Mixing.LINEAR, links);
        AnchorTable table = table(config);
        if (layout == AnchorConfig.Layout.FULL && links == 1) {
            for (int row = 0; row < FEATURES; row++) {
                SparseFactor.View view = new SparseFactor.View();
                table.transform().view(row, view);
                Arrays.fill(view.values, view.offset + 1, view.offset + 6, 0);
            }
        }
        List<Tensor> tensors = table.tensors();
        assertThat(tensors).anyMatch(tensor -> tensor.name().equals("words." + form));
        AnchorTable other = table(config);
        other.initialise(1, 77);
        other.resize(3);
        other.take(tensors);
        assertThat(transform(other)).isDeepEqualTo(transform(table));
        assertThat(anchors(other)).isDeepEqualTo(anchors(table));
        InputTable bytes = table.inBytes();
        other.take(bytes.tensors());
        assertThat(transform(other)).isDeepEqualTo(transform((AnchorTable) bytes));
        assertThatThrownBy(() -> bytes.training(OptimizerConfig.of(OptimizerConfig.Kind.SGD, 1), 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void someFeaturesOnly() {
        AnchorTable table = table(config(AnchorConfig.Layout.SPARSE, 1, AnchorConfig.Mixing.LINEAR, 2));
        InputTable few = table.select(new int[] {30, 2, 899});
        assertThat(few.features()).isEqualTo(3);
        assertThat(few.squaredNorm(2)).isEqualTo(table.squaredNorm(899)).isPositive();
        assertThat(few.inBytes().squaredNorm(0)).isCloseTo(table.squaredNorm(30), within(0.01));
    }

    @Test
    void damagedNumbersAreRefused() {
        AnchorTable table = table(config(AnchorConfig.Layout.SPARSE, 1, AnchorConfig.Mixing.LINEAR, 2));
        List<Tensor> tensors = new ArrayList<>(table.tensors());
        ((Tensor.Bytes) tensors.get(2)).pages().get(0)[0] = 9;
        assertThatThrownBy(() -> table.take(tensors)).hasMessageContaining("ascending anchors below 6");
        List<Tensor> missing = new ArrayList<>(table.tensors());
        missing.remove(3);
        assertThatThrownBy(() -> table.take(missing)).hasMessageContaining("words.values is missing");
        List<Tensor> infinite = new ArrayList<>(table.tensors());
        ((Tensor.Floats) infinite.get(0)).pages().get(0)[5] = Float.NaN;
        assertThatThrownBy(() -> table.take(infinite)).hasMessageContaining("finite");
    }
}
