package dev.longtail.format;

import dev.longtail.direct.DirectArm;
import dev.longtail.model.LabelModel;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The direct arm of a label model: a file of its own, which models without one do not have. */
final class DirectFile {

    static final String NAME = "direct.safetensors";

    private static final Set<TensorType> TYPES = Set.of(TensorType.F32, TensorType.I32, TensorType.U16, TensorType.I8);

    private DirectFile() {}

    static Optional<Payload> payload(LabelModel model) {
        return model.direct().map(arm -> Payload.ofTensors(NAME, arm.tensors()));
    }

    /**
     * Gives a model the direct arm in its folder, if the settings say that it has one.
     *
     * @throws ModelFormatException when folder and settings disagree, or the arm is damaged or not of this model
     */
    static void read(ModelFolder folder, LabelConfig config, LabelModel model) throws IOException {
        boolean wanted = config.train().direct().isOn();
        if (!wanted && !folder.files().contains(NAME)) {
            return;
        }
        Path file = folder.file(NAME);
        if (!wanted) {
            throw new ModelFormatException(
                    file, -1, "does not belong to a model whose settings say that it has no direct arm");
        }
        try (Safetensors tensors = Safetensors.open(file)) {
            model.direct(Optional.of(DirectArm.ofTensors(
                    StatedTensors.read(file, tensors, TYPES),
                    model.labels().size(),
                    model.features().size())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ModelFormatException(file, -1, String.valueOf(e.getMessage()));
        }
    }
}
