package dev.longtail.format;

import dev.longtail.association.AssociationArm;
import dev.longtail.config.Require;
import dev.longtail.direct.DirectArm;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The arms beside the embedding arm, and their mixture: a file of its own, which models without them do not have. */
final class ArmsFile {

    static final String NAME = "arms.safetensors";

    private static final String MIXTURE = "mixture";
    private static final Set<TensorType> TYPES = Set.of(TensorType.F32, TensorType.I32, TensorType.U16, TensorType.I8);

    private final DirectArm direct;
    private final @Nullable AssociationArm association;
    private final Mixture mixture;

    private ArmsFile(DirectArm direct, @Nullable AssociationArm association, Mixture mixture) {
        this.direct = direct;
        this.association = association;
        this.mixture = mixture;
    }

    static Optional<Payload> payload(LabelModel model) {
        return model.direct().map(direct -> {
            List<Tensor> tensors = new ArrayList<>(direct.tensors());
            model.association().ifPresent(arm -> tensors.addAll(arm.tensors()));
            Mixture mixture = model.mixture();
            float[] weights = {mixture.association(), mixture.embedding(), mixture.direct()};
            tensors.add(new Tensor.Floats(MIXTURE, List.of((long) weights.length), List.of(weights)));
            return Payload.ofTensors(NAME, tensors);
        });
    }

    /**
     * The arms in a folder, if the settings say that its model has some.
     *
     * @param labels number of labels of the model
     * @param features number of its features
     * @throws ModelFormatException when folder and settings disagree, or an arm is damaged or not of this model
     */
    static Optional<ArmsFile> read(ModelFolder folder, LabelConfig config, int labels, int features)
            throws IOException {
        boolean wanted = config.train().direct().isOn();
        if (!wanted && !folder.files().contains(NAME)) {
            return Optional.empty();
        }
        Path file = folder.file(NAME);
        if (!wanted) {
            throw new ModelFormatException(
                    file, -1, "does not belong to a model whose settings say that it has no direct arm");
        }
        try (Safetensors tensors = Safetensors.open(file)) {
            List<Tensor> read = StatedTensors.read(file, tensors, TYPES);
            DirectArm direct = DirectArm.ofTensors(named(read, "direct."), labels, features);
            AssociationArm association = config.train().association().isOn()
                    ? AssociationArm.ofTensors(named(read, "association."), labels, features)
                    : null;
            return Optional.of(new ArmsFile(
                    direct,
                    association,
                    mixture(read, association, config.model().embedding())));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new ModelFormatException(file, -1, String.valueOf(e.getMessage()));
        }
    }

    /** Gives them to the model that they belong to. */
    void giveTo(LabelModel model) {
        model.direct(Optional.of(direct));
        model.association(Optional.ofNullable(association));
        model.mixture(mixture);
    }

    private static List<Tensor> named(List<Tensor> tensors, String prefix) {
        return tensors.stream()
                .filter(tensor -> tensor.name().startsWith(prefix))
                .toList();
    }

    private static Mixture mixture(List<Tensor> tensors, @Nullable AssociationArm association, boolean embedding) {
        int arms = tensors.size() - named(tensors, "direct.").size();
        int own = association == null ? 0 : association.tensors().size();
        List<Tensor> named = named(tensors, MIXTURE);
        if (arms != own + 1
                || named.size() != 1
                || !(named.get(0) instanceof Tensor.Floats weights)
                || weights.elements() != 3) {
            throw new IllegalArgumentException("the file must hold the arms that the settings ask for and a tensor "
                    + MIXTURE + " of 3 numbers, and nothing else");
        }
        float[] values = weights.pages().get(0);
        Mixture mixture = new Mixture(values[0], values[1], values[2]);
        boolean fits = (mixture.association() == 0 || association != null) && (mixture.embedding() == 0 || embedding);
        Require.that(fits, MIXTURE, "above 0 for arms of the model only", mixture);
        return mixture;
    }
}
