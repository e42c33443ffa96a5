package dev.longtail.living;

import dev.longtail.explain.TextModels;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.Provenance;
import dev.longtail.model.LabelModel;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small models in folders. */
final class LivingFolders {

    static final String ARMS =
            "association.slots=30 train.negatives=5 direct.candidates=12 storedBits=8 text.wordNgrams=2 ngrams=false";

    private LivingFolders() {}

    /** Trains a model and writes it. @return its folder */
    static Path write(Path parent, String settings) throws IOException {
        LabelConfig config = TextModels.config(settings.split(" "));
        LabelModel model = TextModels.train(config, parent);
        Path folder = parent.resolve("model");
        Provenance provenance = new Provenance("test", "scalar", List.of(), 2, 1, Map.of("P@1", 0.5), List.of());
        LabelModelFolder.write(folder, model, config, provenance, false);
        return folder;
    }

    static String id(int label) {
        return "<http://example.org/" + label + ">";
    }

    /** A text, a label that it carries and one that it does not. */
    static Feedback feedback(int number) {
        int label = TextModels.label(number);
        return new Feedback(
                TextModels.text(9000 + number), List.of(id(label)), List.of(id((label + 1) % TextModels.LABELS)));
    }
}
