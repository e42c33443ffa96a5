package dev.longtail.format;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The calibration of a label model: a file of its own, which models without one do not have. */
final class CalibrationFile {

    static final String NAME = "calibration.safetensors";

    private CalibrationFile() {}

    static Optional<Payload> payload(LabelModel model) {
        return model.calibration().map(calibration -> Payload.ofTensors(NAME, calibration.tensors()));
    }

    /**
     * Gives a model the calibration in its folder, if there is one.
     *
     * @throws ModelFormatException when there is one that is damaged or does not belong to the model
     */
    static void read(ModelFolder folder, LabelConfig config, LabelModel model) throws IOException {
        if (!folder.files().contains(NAME)) {
            return;
        }
        Path file = folder.file(NAME);
        try (Safetensors tensors = Safetensors.open(file)) {
            List<Tensor> read = new ArrayList<>();
            for (String name : tensors.names()) {
                Tensor tensor = blank(file, name, tensors);
                tensors.copyInto(tensor);
                read.add(tensor);
            }
            Calibration calibration = Calibration.ofTensors(read, model.labels().size());
            CalibrationConfig.Kind wanted = config.train().calibration().kind();
            if (calibration.kind() != wanted) {
                throw new ModelFormatException(
                        file, -1, "is of kind " + calibration.kind() + ", the settings ask for " + wanted);
            }
            model.calibrate(Optional.of(calibration));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, -1, String.valueOf(e.getMessage()));
        }
    }

    /** A tensor of the shape that the file states, which its header's checks have found no larger than the file. */
    private static Tensor blank(Path file, String name, Safetensors tensors) throws ModelFormatException {
        List<Long> shape = tensors.shape(name);
        TensorType type = tensors.type(name);
        if (shape.size() != 1 || shape.get(0) > Integer.MAX_VALUE - 8) {
            throw new ModelFormatException(file, -1, "tensor " + name + " has the shape " + shape + ", not one extent");
        }
        int length = (int) (long) shape.get(0);
        return switch (type) {
            case F32 -> new Tensor.Floats(name, shape, List.of(new float[length]));
            case I32 -> new Tensor.Ints(name, shape, List.of(new int[length]));
            case BF16, U16, I8 ->
                throw new ModelFormatException(
                        file, -1, "tensor " + name + " is " + type + ", a calibration has F32 and I32 only");
        };
    }
}
