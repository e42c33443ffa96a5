package dev.longtail.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.matrix.Tensor;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DirectArmTest {

    /** Two banks and a part of a third. */
    private static final int FEATURES = 140_000;

    private static final int LABELS = 7;

    private final float[][] dense = new float[LABELS][FEATURES];
    private final DirectArm arm = arm();

    private DirectArm arm() {
        DirectArmBuilder builder = new DirectArmBuilder(LABELS, FEATURES, 3);
        SplittableRandom random = new SplittableRandom(2);
        for (int label = 0; label < LABELS; label++) {
            int count = label == 3 ? 0 : 40;
            int[] found = random.ints(0, FEATURES).distinct().limit(count).toArray();
            if (count > 1) {
                found[0] = 65_535;
                found[1] = 65_536;
            }
            float[] weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = (float) random.nextDouble(-1, 1);
                dense[label][found[i]] = weights[i];
            }
            builder.set(label, found, weights, count, -1 + 0.1f * label);
        }
        return builder.build();
    }

    @Test
    void scoresAreThoseOfTheDenseWeights() {
        int[] columns = {3, 700, 65_535, 65_536, 65_600, 131_072, 139_999};
        float[] values = {0.5f, 0.1f, 0.3f, 0.4f, 0.2f, 0.6f, 0.7f};
        for (int label = 0; label < LABELS; label++) {
            double expected = -1 + 0.1 * label;
            for (int i = 0; i < columns.length; i++) {
                expected += dense[label][columns[i]] * values[i];
            }
            // a byte's step is at most 1 / 127, rounding half of it
            assertThat((double) arm.score(label, columns, values, 0, columns.length))
                    .isCloseTo(expected, within(7 * 0.5 / 127));
        }
    }

    @Test
    void weightsAreTheNearestOf255() {
        for (int label = 0; label < LABELS; label++) {
            for (int feature = 0; feature < FEATURES; feature++) {
                assertThat(arm.weight(label, feature)).isCloseTo(dense[label][feature], within(0.5f / 127 + 1e-6f));
            }
        }
        assertThat(arm.size()).isBetween(6 * 36, 6 * 40);
    }

    @Test
    void tensorsMakeTheSameArm() {
        DirectArm read = DirectArm.ofTensors(arm.tensors(), LABELS, FEATURES);

        assertThat(read.candidates()).isEqualTo(3);
        assertThat(read.weight(1, 65_536)).isEqualTo(arm.weight(1, 65_536));
        assertThat(read.bias(2)).isEqualTo(arm.bias(2));
    }

    @Test
    void whatIsNoArmOfTheModelIsRefused() {
        assertRefused("direct arm", LABELS, FEATURES - 1, arm.tensors());
        assertRefused("labels", LABELS + 1, FEATURES, arm.tensors());
        List<Tensor> less = new ArrayList<>(arm.tensors());
        less.remove(2);
        assertRefused("of 6 tensors", LABELS, FEATURES, less);
        for (Tensor tensor : arm().tensors()) {
            if (tensor instanceof Tensor.Ints ints && tensor.name().equals("direct.starts")) {
                List<Tensor> changed = replaced(ints.name(), changed(ints, 4, -5));
                assertRefused("direct.starts", LABELS, FEATURES, changed);
            } else if (tensor instanceof Tensor.Chars chars) {
                char[] page = chars.pages().get(0).clone();
                page[1] = page[0];
                assertRefused(
                        "ascending",
                        LABELS,
                        FEATURES,
                        replaced(chars.name(), new Tensor.Chars(chars.name(), chars.shape(), List.of(page))));
            } else if (tensor instanceof Tensor.Floats floats && tensor.name().equals("direct.bias")) {
                float[] page = floats.pages().get(0).clone();
                page[2] = Float.NaN;
                assertRefused(
                        "finite",
                        LABELS,
                        FEATURES,
                        replaced(floats.name(), new Tensor.Floats(floats.name(), floats.shape(), List.of(page))));
            }
        }
    }

    private static Tensor changed(Tensor.Ints ints, int place, int value) {
        int[] page = ints.pages().get(0).clone();
        page[place] = value;
        return new Tensor.Ints(ints.name(), ints.shape(), List.of(page));
    }

    private List<Tensor> replaced(String name, Tensor by) {
        return arm.tensors().stream()
                .map(tensor -> tensor.name().equals(name) ? by : tensor)
                .toList();
    }

    private static void assertRefused(String about, int labels, int features, List<Tensor> tensors) {
        assertThatThrownBy(() -> DirectArm.ofTensors(tensors, labels, features))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(about);
    }

    @Test
    void fewerFeaturesLeaveTheOthersWeights() {
        int[] kept = {3, 65_535, 65_536, 139_999};
        DirectArm smaller = arm.withFeatures(kept);

        assertThat(smaller.features()).isEqualTo(4);
        for (int label = 0; label < LABELS; label++) {
            assertThat(smaller.bias(label)).isEqualTo(arm.bias(label));
            for (int i = 0; i < kept.length; i++) {
                assertThat(smaller.weight(label, i)).isEqualTo(arm.weight(label, kept[i]));
            }
        }
    }

    @Test
    void trainingFindsWhatSaysALabelWithAnyNumberOfThreads() {
        // label l is said by feature l; every example is a candidate for every label
        int examples = 400;
        SparseRows features = new SparseRows();
        IdLists labels = new IdLists(examples, 1);
        FewIds candidates = new FewIds(examples, 5, 6);
        SplittableRandom random = new SplittableRandom(3);
        for (int example = 0; example < examples; example++) {
            int label = example % 5;
            features.add(new int[] {label, 5 + random.nextInt(20)}, new float[] {0.8f, 0.6f}, 2);
            labels.add(new int[] {label}, 1);
            candidates.set(example, new int[] {0, 1, 2, 3, 4}, 5);
        }
        DirectConfig config = new DirectConfig(5, 1, 1, 0.05f, 20, 0.01f, 0.5f);
        DirectTraining.Source source = new DirectTraining.Source(features, 25, labels, 6, candidates);
        List<Integer> heard = new ArrayList<>();
        DirectArm one;
        DirectArm three;
        try (Workers workers = new Workers(1);
                Workers more = new Workers(3)) {
            one = new DirectTraining(config, 7, workers).train(source, heard::add);
            three = new DirectTraining(config, 7, more).train(source, done -> {});
        }

        assertThat(heard).last().isEqualTo(6);
        for (int label = 0; label < 5; label++) {
            assertThat(one.score(label, new int[] {label}, new float[] {0.8f}, 0, 1))
                    .isPositive();
            assertThat(one.score(label, new int[] {(label + 1) % 5}, new float[] {0.8f}, 0, 1))
                    .isNegative();
        }
        assertThat(one.firstWeight(6 - 1)).isEqualTo(one.size()); // label 5 has no example
        assertThat(one.bias(5)).isEqualTo(-1);
        for (int label = 0; label < 6; label++) {
            assertThat(three.bias(label)).isEqualTo(one.bias(label));
            for (int feature = 0; feature < 25; feature++) {
                assertThat(three.weight(label, feature)).isEqualTo(one.weight(label, feature));
            }
        }
    }
}
