package dev.longtail.format;

import dev.longtail.data.FeatureSpace;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.text.TextFeatures;
import dev.longtail.text.Vocabulary;
import dev.longtail.train.LabelConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the feature space of a model is kept: a few numbers in the manifest, a vocabulary in its own file. */
final class FeatureSpaces {

    static final String VOCABULARY = "vocabulary.tsv";

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
        return features instanceof TextFeatureSpace text
                ? Optional.of(LabelModelFolder.text(VOCABULARY, text.features().vocabulary()::write))
                : Optional.empty();
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
            case "numeric" ->
                new NumericFeatureSpace(size(folder), config.data().l2NormaliseFeatures());
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
