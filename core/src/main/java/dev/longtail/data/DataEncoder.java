package dev.longtail.data;

import dev.longtail.data.ReadReport.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes labelled files with a frozen feature space and label set. */
public final class DataEncoder {

    private final FeatureSpace features;
    private final LabelSet labels;
    private final Path temporaryFolder;
    private final ReadListener listener;

    /** What examples are for, which decides whether unusable ones are kept. */
    public enum Purpose {
        /** Examples without known features or known labels teach nothing and are left out. */
        TRAIN,
        /** Every example is kept, so that measures count what the model cannot get right. */
        EVALUATE
    }

    /** @param temporaryFolder where the stores are made; needs about 8 bytes for each feature of each example */
    public DataEncoder(FeatureSpace features, LabelSet labels, Path temporaryFolder, ReadListener listener) {
        this.features = features;
        this.labels = labels;
        this.temporaryFolder = temporaryFolder;
        this.listener = listener;
    }

    /**
     * Encodes all examples of the files in order.
     *
     * @param format of the files, null to recognise it
     */
    public EncodedExamples encode(List<Path> files, @Nullable DataFormat format, Purpose purpose) throws IOException {
        return encode(files, format, purpose, false);
    }

    /** As {@link #encode(List, DataFormat, Purpose)}, then each label name as one more example of that label. */
    EncodedExamples encode(List<Path> files, @Nullable DataFormat format, Purpose purpose, boolean names)
            throws IOException {
        try (ExampleStore.Writer store = new ExampleStore.Writer(temporaryFolder)) {
            Encoding encoding = new Encoding(store, purpose);
            for (Path file : files) {
                encoding.tally.file(new FilePass("encode", listener).run(file, format, encoding::add));
            }
            if (names) {
                encoding.addNames();
            }
            return new EncodedExamples(store.finish(), encoding.tally.report());
        }
    }

    /** The state of one call of {@link #encode}. */
    private final class Encoding {

        private final ExampleStore.Writer store;
        private final Purpose purpose;
        private final FeatureEncoder encoder = features.newEncoder();
        private final Example example = new Example();
        private final Tally<ExampleIssue> tally = new Tally<>();

        Encoding(ExampleStore.Writer store, Purpose purpose) {
            this.store = store;
            this.purpose = purpose;
        }

        void add(RawExample raw) throws IOException {
            encodeLabels(raw);
            encoder.encode(raw, example);
            boolean kept = usable(raw);
            tally.entry(kept);
            if (kept) {
                store.add(example);
            }
        }

        private void encodeLabels(RawExample raw) {
            for (int repeated = raw.removeRepeatedLabels(); repeated > 0; repeated--) {
                issue(ExampleIssue.REPEATED_LABEL, raw, "");
            }
            example.ensureLabels(raw.labels.size());
            example.labelCount = 0;
            for (String id : raw.labels) {
                int label = labels.indexOf(id);
                if (label >= 0) {
                    example.labels[example.labelCount++] = label;
                } else {
                    issue(ExampleIssue.UNKNOWN_LABEL, raw, id);
                }
            }
            example.unknownLabels = raw.labels.size() - example.labelCount;
            Arrays.sort(example.labels, 0, example.labelCount);
        }

        private void issue(ExampleIssue issue, RawExample raw, String detail) {
            tally.issue(issue, raw.source, raw.line, detail);
        }

        private boolean usable(RawExample raw) {
            if (purpose == Purpose.EVALUATE) {
                if (example.featureCount == 0) {
                    issue(ExampleIssue.NO_KNOWN_FEATURE_KEPT, raw, "");
                }
                return true;
            }
            if (example.labelCount == 0) {
                issue(raw.labels.isEmpty() ? ExampleIssue.NO_LABELS : ExampleIssue.NO_KNOWN_LABEL, raw, "");
                return false;
            }
            if (example.featureCount == 0) {
                issue(ExampleIssue.NO_KNOWN_FEATURE, raw, "");
                return false;
            }
            return true;
        }

        // Names stand in no example file, so the report does not count them; a name without a known word is no loss.
        void addNames() throws IOException {
            RawExample name = new RawExample();
            for (int label = 0; label < labels.size(); label++) {
                encoder.encode(name.setText(labels.name(label)), example);
                if (example.featureCount > 0) {
                    example.ensureLabels(1);
                    example.labels[0] = label;
                    example.labelCount = 1;
                    example.unknownLabels = 0;
                    store.add(example);
                }
            }
        }
    }
}
