package dev.longtail.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds training examples again as they stand in their files. */
public final class ExampleTexts {

    private final FeatureSpace features;
    private final LabelSet labels;

    /** @param labels of the model, and with {@code features} what decides which examples were kept */
    public ExampleTexts(FeatureSpace features, LabelSet labels) {
        this.features = features;
        this.labels = labels;
    }

    /**
     * Reads the files until all that are asked for are found. Examples are counted as {@link DataEncoder} keeps them:
     * those with a known label and a known feature.
     *
     * @param format of the files, null to recognise it
     * @param origins numbers among the kept examples, see {@link TrainingData#origin}
     * @return what was found; names of labels are in no file and are missing
     */
    public Map<Integer, RawExample> find(List<Path> files, @Nullable DataFormat format, Set<Integer> origins)
            throws IOException {
        Map<Integer, RawExample> found = new HashMap<>();
        Set<Integer> wanted = new HashSet<>(origins);
        FeatureEncoder encoder = features.newEncoder();
        Example example = new Example();
        int kept = 0;
        for (Path file : files) {
            try (ExampleReader reader = ExampleReader.open(file, format, ExampleReader.LabelColumn.REQUIRED)) {
                RawExample raw = new RawExample();
                while (!wanted.isEmpty() && reader.next(raw)) {
                    if (!isKept(raw, encoder, example)) {
                        continue;
                    }
                    if (wanted.remove(kept)) {
                        found.put(kept, raw);
                        raw = new RawExample();
                    }
                    kept++;
                }
            }
        }
        return found;
    }

    private boolean isKept(RawExample raw, FeatureEncoder encoder, Example example) {
        if (raw.labels.stream().noneMatch(id -> labels.indexOf(id) >= 0)) {
            return false;
        }
        encoder.encode(raw, example);
        return example.featureCount > 0;
    }
}
