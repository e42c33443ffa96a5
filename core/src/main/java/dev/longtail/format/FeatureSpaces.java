package dev.longtail.format;

import dev.longtail.data.FeatureSpace;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.matrix.Tensor;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.Vocabulary;
import dev.longtail.train.LabelConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the feature space of a model is kept: a few numbers in the manifest, a vocabulary in its own file. */
final class FeatureSpaces {

    static final String VOCABULARY = "vocabulary.tsv";
    private static final String FACTORS = "features.safetensors";

    private FeatureSpaces() {}

    static ObjectNode toJson(FeatureSpace features) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("size", features.size());
        json.put("words", features.words());
        if (features instanceof TextFeatureSpace text) {
            json.put("kind", "text");
            json.put("documents", text.features().vocabulary().documents());
        } else {
            json.put("kind", "numeric");
        }
        return json;
    }

    static Optional<Payload> payload(FeatureSpace features) {
        if (features instanceof TextFeatureSpace text) {
            return Optional.of(LabelModelFolder.text(VOCABULARY, text.features().vocabulary()::write));
        }
        return features instanceof NumericFeatureSpace numeric && numeric.factors().length > 0
                ? Optional.of(Payload.ofTensors(FACTORS, List.of(factors(numeric.factors()))))
                : Optional.empty();
    }

    private static Tensor factors(float[] factors) {
        return new Tensor.Floats("features.factors", List.of((long) factors.length), List.of(factors));
    }

    /** Number of features according to the manifest. */
    static int size(ModelFolder folder) throws ModelFormatException {
        int size = folder.manifest().path("features").path("size").asInt(0);
        if (size < 1) {
            throw wrong(folder, "features.size must be at least 1");
        }
        return size;
    }

    /** Number of single words according to the manifest; all features in one of an older release. */
    static int words(ModelFolder folder) throws ModelFormatException {
        int words = folder.manifest().path("features").path("words").asInt(size(folder));
        if (words < 0 || words > size(folder)) {
            throw wrong(folder, "features.words must be from 0 to features.size");
        }
        return words;
    }

    static FeatureSpace read(ModelFolder folder, LabelConfig config) throws IOException {
        String kind = folder.manifest().path("features").path("kind").asString("");
        FeatureSpace features = switch (kind) {
            case "numeric" -> numeric(folder, config);
            case "text" -> text(folder, config);
            default -> throw wrong(folder, "features.kind must be text or numeric, is '" + kind + "'");
        };
        if (features.size() != size(folder)) {
            throw wrong(folder, "features.size is " + size(folder) + ", the vocabulary makes " + features.size());
        }
        if (!config.model().table().ngrams() && features.words() != words(folder)) {
            throw wrong(folder, "features.words is " + words(folder) + ", the vocabulary has " + features.words());
        }
        return features;
    }

    private static FeatureSpace numeric(ModelFolder folder, LabelConfig config) throws IOException {
        boolean normalise = config.data().l2NormaliseFeatures();
        int size = size(folder);
        if (config.data().featureIdf() == 0) {
            return new NumericFeatureSpace(size, normalise);
        }
        Path file = folder.file(FACTORS);
        try (Safetensors tensors = Safetensors.open(file)) {
            List<Tensor> read = StatedTensors.read(file, tensors, Set.of(TensorType.F32));
            if (read.size() != 1
                    || !read.get(0).name().equals("features.factors")
                    || !(read.get(0) instanceof Tensor.Floats factors)
                    || factors.elements() != size) {
                throw new ModelFormatException(
                        file, -1, "must hold the tensor features.factors of " + size + " numbers");
            }
            return new NumericFeatureSpace(size, normalise, factors.pages().get(0));
        } catch (IllegalArgumentException e) {
            throw new ModelFormatException(file, -1, String.valueOf(e.getMessage()));
        }
    }

    private static FeatureSpace text(ModelFolder folder, LabelConfig config) throws IOException {
        int documents = folder.manifest().path("features").path("documents").asInt(-1);
        Path file = folder.file(VOCABULARY);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Vocabulary vocabulary = Vocabulary.read(in, documents, file.toString());
            return new TextFeatureSpace(new TextFeatures(config.text(), vocabulary));
        }
    }

    private static ModelFormatException wrong(ModelFolder folder, String reason) {
        return new ModelFormatException(folder.path().resolve(ModelManifest.NAME), -1, reason);
    }
}
