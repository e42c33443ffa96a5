package dev.longtail.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.association.AssociationArm.Postings;
import dev.longtail.matrix.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssociationArmTest {

    private static final int LABELS = 10;

    /** Feature 1 has no connection. */
    private final AssociationArm arm = RandomArms.of(
            LABELS,
            new int[][] {{2, 3, 9}, {}, {0, 2}, {5}},
            new byte[][] {{127, -20, 1}, {}, {64, 127}, {-127}},
            new float[] {0.5f, 0, 0.25f, 2});

    @Test
    void weightsAreScalesTimesBytes() {
        assertThat(arm.weight(2, 0)).isEqualTo(63.5f);
        assertThat(arm.weight(3, 0)).isEqualTo(-10);
        assertThat(arm.weight(9, 0)).isEqualTo(0.5f);
        assertThat(arm.weight(2, 2)).isEqualTo(31.75f);
        assertThat(arm.weight(5, 3)).isEqualTo(-254);
        for (int label : new int[] {0, 1, 4, 8}) {
            assertThat(arm.weight(label, 0)).isZero();
            assertThat(arm.weight(label, 1)).isZero();
        }
        assertThat(arm.squaredNorms())
                .containsExactly(63.5f * 63.5f + 100 + 0.25f, 0, 16 * 16 + 31.75f * 31.75f, 254 * 254);
        assertThat(arm.size()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 65_536, 65_537, 100_000})
    void tensorsMakeTheSameArm(int labels) {
        AssociationArm written = RandomArms.of(labels, 30, labels);
        AssociationArm read = AssociationArm.ofTensors(written.tensors(), labels, 30);

        assertThat(read.labels()).isEqualTo(labels);
        assertThat(read.candidates()).isEqualTo(5);
        assertSame(read.postings(), written.postings());
        assertThat(read.size()).isGreaterThan(60);
    }

    private static void assertSame(Postings actual, Postings expected) {
        assertThat(actual.starts()).isEqualTo(expected.starts());
        assertThat(actual.labels().narrow()).isEqualTo(expected.labels().narrow());
        assertThat(actual.labels().wide()).isEqualTo(expected.labels().wide());
        assertThat(actual.weights()).isEqualTo(expected.weights());
        assertThat(actual.scales()).isEqualTo(expected.scales());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 65_537})
    void tensorsOfAnArmWithoutConnectionsMakeOne(int labels) {
        AssociationArm none = RandomArms.of(labels, new int[2][0], new byte[2][0], new float[2]);
        AssociationArm read = AssociationArm.ofTensors(none.tensors(), labels, 2);
        assertThat(read.size()).isZero();
        assertThat(read.weight(0, 1)).isZero();
    }

    @Test
    void anArmOfAnotherModelIsRefused() {
        assertRefused("association.shape must be 5 features", LABELS, 5, arm.tensors());
        assertRefused("association.shape must be 3 features", LABELS, 3, arm.tensors());
        assertRefused("labels of feature 0 in the association arm must be ascending and below 9", 9, 4, arm.tensors());
        assertRefused("association.labels of type Ints", 65_537, 4, arm.tensors());
        assertRefused(
                "association.labels of type Chars",
                9,
                4,
                RandomArms.of(65_537, 4, 1).tensors());
    }

    @Test
    void tensorsThatAreMissingOrTooManyAreRefused() {
        for (int i = 0; i < 5; i++) {
            List<Tensor> less = new ArrayList<>(arm.tensors());
            Tensor removed = less.remove(i);
            assertRefused("the association arm must be of 5 tensors", LABELS, 4, less);
            less.add(new Tensor.Ints("association.more", List.of(1L), List.of(new int[1])));
            assertRefused(removed.name(), LABELS, 4, less);
            less.add(removed);
            assertRefused("the association arm must be of 5 tensors", LABELS, 4, less);
        }
    }

    @Test
    void tensorsOfAnotherTypeAreRefused() {
        for (Tensor tensor : arm.tensors()) {
            Tensor other = new Tensor.Brains(tensor.name(), List.of(4L), List.of(new char[4]));
            assertRefused(tensor.name() + " of type ", LABELS, 4, replaced(other));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 'association.shape must be 4 features'",
        "1, 0, 'association.shape must be 4 features and at least one candidate, got [4, 0]'",
        "1, -1, 'association.shape must be 4 features and at least one candidate, got [4, -1]'"
    })
    void shapesThatLieAreRefused(int at, int value, String about) {
        int[] shape = {4, 5};
        shape[at] = value;
        assertRefused(about, LABELS, 4, replaced(ints("association.shape", shape)));
        assertRefused("association.shape", LABELS, 4, replaced(ints("association.shape", 4, 5, 6)));
    }

    /** Feature i has the connections from place i on, of 6. */
    static Stream<int[]> starts() {
        return Stream.of(
                new int[] {1, 3, 3, 5, 6},
                new int[] {-1, 3, 3, 5, 6},
                new int[] {0, 3, 3, 5, 5},
                new int[] {0, 3, 3, 5, 7},
                new int[] {0, 3, 2, 5, 6},
                new int[] {0, -3, 3, 5, 6},
                new int[] {0, 3, 7, 5, 6},
                new int[] {0, 3, 2_000_000_000, 5, 6},
                new int[] {0, 3, Integer.MIN_VALUE, 5, 6});
    }

    @ParameterizedTest
    @MethodSource("starts")
    void startsThatLieAreRefused(int[] starts) {
        assertRefused("association.starts must be ", LABELS, 4, replaced(ints("association.starts", starts)));
    }

    @Test
    void tensorsOfAnotherLengthAreRefused() {
        assertRefused("features of the association arm must be 4", replaced(ints("association.starts", 0, 3, 3, 6)));
        assertRefused("features of the association arm must be 4", replaced(ints("association.starts")));
        assertRefused("features of the association arm must be 4", replaced(floats(1, 2, 3)));
        assertRefused("features of the association arm must be 4", replaced(floats(1, 2, 3, 4, 5)));
        assertRefused("association.starts must be ", replaced(chars(2, 3, 9, 0, 2)));
        assertRefused("association.starts must be ", replaced(chars(2, 3, 9, 0, 2, 5, 6)));
        assertRefused(
                "association.starts must be ",
                replaced(new Tensor.Bytes("association.weights", List.of(5L), List.of(new byte[5]))));
    }

    @Test
    void labelsThatLieAreRefused() {
        assertRefused(
                "labels of feature 0 in the association arm must be ascending", replaced(chars(3, 2, 9, 0, 2, 5)));
        assertRefused(
                "labels of feature 2 in the association arm must be ascending", replaced(chars(2, 3, 9, 2, 2, 5)));
        assertRefused("below 10, got 10", replaced(chars(2, 3, 9, 0, 2, 10)));
        AssociationArm wide = RandomArms.of(70_000, new int[][] {{4, -1}}, new byte[][] {{1, 1}}, new float[1]);
        assertRefused("ascending and below 70000, got -1", 70_000, 1, wide.tensors());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, -1, Float.POSITIVE_INFINITY, -0.001f})
    void scalesThatCannotBeAreRefused(float scale) {
        assertRefused("scale of feature 2 must be finite", replaced(floats(1, 1, scale, 1)));
    }

    private static Tensor ints(String name, int... values) {
        return new Tensor.Ints(name, List.of((long) values.length), List.of(values));
    }

    private static Tensor floats(float... values) {
        return new Tensor.Floats("association.scales", List.of((long) values.length), List.of(values));
    }

    private static Tensor chars(int... values) {
        char[] labels = new char[values.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (char) values[i];
        }
        return new Tensor.Chars("association.labels", List.of((long) labels.length), List.of(labels));
    }

    private List<Tensor> replaced(Tensor by) {
        return arm.tensors().stream()
                .map(tensor -> tensor.name().equals(by.name()) ? by : tensor)
                .toList();
    }

    private static void assertRefused(String about, List<Tensor> tensors) {
        assertRefused(about, LABELS, 4, tensors);
    }

    private static void assertRefused(String about, int labels, int features, List<Tensor> tensors) {
        assertThatThrownBy(() -> AssociationArm.ofTensors(tensors, labels, features))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(about);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 70_000})
    void fewerFeaturesLeaveTheOthersWeights(int labels) {
        AssociationArm whole = RandomArms.of(labels, 30, 3);
        int[] kept = {0, 2, 3, 17, 28, 29};
        AssociationArm smaller = whole.withFeatures(kept);

        assertThat(smaller.features()).isEqualTo(6);
        assertThat(smaller.labels()).isEqualTo(labels);
        assertThat(smaller.candidates()).isEqualTo(5);
        assertThat(smaller.squaredNorms()[3]).isCloseTo(whole.squaredNorms()[17], within(0f));
        int connections = 0;
        for (int i = 0; i < kept.length; i++) {
            for (int label = 0; label < labels; label++) {
                assertThat(smaller.weight(label, i)).isEqualTo(whole.weight(label, kept[i]));
                connections += whole.weight(label, kept[i]) == 0 ? 0 : 1;
            }
        }
        assertThat(smaller.size()).isEqualTo(connections).isPositive();
        AssociationArm.ofTensors(smaller.tensors(), labels, 6);
        assertThat(whole.withFeatures(new int[0]).size()).isZero();
    }
}
