package dev.longtail.format;

import dev.longtail.calibration.Calibration;
import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.model.LabelModel;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The calibration of a label model: a file of its own, which models without one do not have. */
final class CalibrationFile {

    static final String NAME = "calibration.safetensors";

    private static final Set<TensorType> TYPES = Set.of(TensorType.F32, TensorType.I32);

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
            Calibration calibration = Calibration.ofTensors(
                    StatedTensors.read(file, tensors, TYPES), model.labels().size());
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
}
