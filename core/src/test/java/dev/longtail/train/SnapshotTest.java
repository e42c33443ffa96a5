package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.matrix.Parameters;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    @TempDir
    Path folder;

    @Test
    void everyTypeOfNumberComesBackAsItWasSaved() throws IOException {
        int large = 700_001; // more than a buffer, whatever the width
        List<Tensor> tensors = List.of(
                new Tensor.Floats("f", List.of((long) large + 3), List.of(new float[3], new float[large])),
                new Tensor.Brains("b", List.of((long) large), List.of(new char[large])),
                new Tensor.Ints("i", List.of((long) large), List.of(new int[large])),
                new Tensor.Chars("c", List.of(5L), List.of(new char[5])));
        try (Snapshot snapshot = new Snapshot(() -> tensors, folder)) {
            fill(tensors, 1);
            snapshot.save();
            fill(tensors, 2);
            snapshot.save();
            fill(tensors, 3);
            snapshot.restore();
        }
        for (Tensor tensor : tensors) {
            for (Object page : TensorPages.of(tensor)) {
                for (int i = 0; i < TensorPages.length(page); i++) {
                    if (number(page, i) != 2 + i % 1000) {
                        assertThat(number(page, i))
                                .as(tensor.name() + " at " + i)
                                .isEqualTo(2 + i % 1000);
                    }
                }
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    /** Parameters that grow after the save, as those of a table do that gets more anchors. */
    @Test
    void otherShapesComeBackAsTheyWere() throws IOException {
        AtomicReference<float[]> live = new AtomicReference<>(new float[] {1, 2, 3});
        Parameters growing = new Parameters() {
            @Override
            public List<Tensor> fixed() {
                return List.of();
            }

            @Override
            public List<Tensor> changing() {
                float[] copy = live.get().clone();
                return List.of(new Tensor.Floats("f", List.of((long) copy.length), List.of(copy)));
            }

            @Override
            public void take(List<Tensor> changing) {
                live.set(((Tensor.Floats) changing.get(0)).pages().get(0));
            }
        };
        try (Snapshot snapshot = new Snapshot(growing, folder)) {
            snapshot.save();
            live.set(new float[] {7, 8, 9, 10});
            snapshot.restore();
            assertThat(live.get()).containsExactly(1, 2, 3);
            live.set(new float[] {4, 5});
            snapshot.save();
            live.set(new float[1]);
            snapshot.restore();
            assertThat(live.get()).containsExactly(4, 5);
        }
    }

    private static void fill(List<Tensor> tensors, int first) {
        for (Tensor tensor : tensors) {
            for (Object page : TensorPages.of(tensor)) {
                for (int i = 0; i < TensorPages.length(page); i++) {
                    int number = first + i % 1000;
                    if (page instanceof char[] chars) {
                        chars[i] = (char) number;
                    } else if (page instanceof int[] ints) {
                        ints[i] = number;
                    } else {
                        ((float[]) page)[i] = number;
                    }
                }
            }
        }
    }

    private static int number(Object page, int i) {
        return page instanceof char[] chars ? chars[i] : (int) Array.getFloat(page, i);
    }
}
