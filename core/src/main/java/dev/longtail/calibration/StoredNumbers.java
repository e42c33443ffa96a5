package dev.longtail.calibration;

import dev.longtail.config.Require;
import dev.longtail.matrix.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tensors of a file to a {@link Calibration}; every number is checked where it is taken. */
final class StoredNumbers {

    private final Map<String, Tensor> tensors = new HashMap<>();

    StoredNumbers(List<Tensor> tensors) {
        tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
    }

    /** @throws IllegalArgumentException when a tensor is missing, too many, of another type or holds what it may not */
    Calibration calibration(int labels) {
        Curves curves = Curves.of(this);
        LabelShifts shifts = new LabelShifts(ints(LabelShifts.LABELS), floats(LabelShifts.LOG_ODDS));
        Fronts fronts = new Fronts(
                new Fronts.Index(ints(Fronts.LABELS), ints(Fronts.TRUTHS), ints(Fronts.ENDS)),
                new Fronts.Points(floats(Fronts.PROBABILITIES), ints(Fronts.GIVEN), ints(Fronts.RIGHT)));
        Require.that(tensors.isEmpty(), "tensors of a calibration", "no others", tensors.keySet());
        Require.that(shifts.largestLabel() < labels, LabelShifts.LABELS, "below " + labels, shifts.largestLabel());
        int[] owners = fronts.labels();
        int largest = owners.length == 0 ? -1 : owners[owners.length - 1];
        Require.that(largest < labels, Fronts.LABELS, "below " + labels, largest);
        return new Calibration(curves, shifts, fronts);
    }

    /** The curve whose tensors have names with a prefix. */
    Calibrator curve(String prefix) {
        if (!tensors.containsKey(prefix + PlattCalibrator.TENSOR)) {
            return new IsotonicCalibrator(
                    floats(prefix + IsotonicCalibrator.SCORES), floats(prefix + IsotonicCalibrator.PROBABILITIES));
        }
        float[] numbers = floats(prefix + PlattCalibrator.TENSOR);
        Require.that(numbers.length == 2, PlattCalibrator.TENSOR, "two numbers", numbers.length);
        return new PlattCalibrator(numbers[0], numbers[1]);
    }

    private float[] floats(String name) {
        Tensor tensor = tensors.remove(name);
        if (!(tensor instanceof Tensor.Floats floats)
                || !isOnePage(tensor, floats.pages().size())) {
            throw wrong(name, "F32");
        }
        return floats.pages().get(0);
    }

    private int[] ints(String name) {
        Tensor tensor = tensors.remove(name);
        if (!(tensor instanceof Tensor.Ints ints)
                || !isOnePage(tensor, ints.pages().size())) {
            throw wrong(name, "I32");
        }
        return ints.pages().get(0);
    }

    private static boolean isOnePage(Tensor tensor, int pages) {
        return tensor.shape().size() == 1 && pages == 1;
    }

    private static IllegalArgumentException wrong(String name, String type) {
        return new IllegalArgumentException(
                "a calibration needs the tensor " + name + " of type " + type + " with one extent");
    }
}
