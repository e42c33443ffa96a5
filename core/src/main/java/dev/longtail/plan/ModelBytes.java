package dev.longtail.plan;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.model.ModelConfig;
import dev.longtail.train.LabelConfig;

/**
 * The size of a finished model's folder, in bytes, by what it holds.
 *
 * @param table the input table
 * @param output body and output layer
 * @param association the association arm
 * @param direct the direct arm
 * @param texts labels, vocabulary and settings
 */
public record ModelBytes(long table, long output, long association, long direct, long texts) {

    /** Settings and provenance, and the tables of the files of numbers. */
    private static final long FIXED = 12_000;

    /** Behind a label or a term stand tabs, a number and the end of the line. */
    private static final int LINE = 6;

    /** All of it. */
    public long total() {
        return table + output + association + direct + texts;
    }

    static ModelBytes of(LabelConfig config, DataShape data, ArmShape arms) {
        int labels = data.labels().count();
        ModelConfig model = config.model().forLabels(labels);
        int read = data.read(model.table().ngrams());
        ParameterBytes parameters = ParameterBytes.of(config, read, labels);
        int share = model.isStoredInBytes() ? 4 : 1;
        long scales = model.isStoredInBytes() && model.embedding() ? (long) Float.BYTES : 0;
        int id = labels <= 1 << 16 ? Character.BYTES : Integer.BYTES;
        long banks = (data.features() + FixedFanIn.BANK - 1L) / FixedFanIn.BANK;
        long terms =
                data.vocabulary().characters() + (LINE - 1L) * data.vocabulary().terms();
        long labelLines = data.labels().idCharacters() + data.labels().nameCharacters() + (long) LINE * labels;
        return new ModelBytes(
                parameters.table() / share + scales * read,
                parameters.body() + stored(parameters.output(), model, labels) + scales * labels,
                config.train().association().isOn() ? arms.postings() * (1 + id) + 8L * data.features() : 0,
                config.train().direct().isOn() ? 3 * arms.weights() + (Integer.BYTES * banks + 8) * labels : 0,
                FIXED + terms + labelLines + 12L * labels / 2);
    }

    /** Weights of the output layer become bytes, indices stay. */
    private static long stored(long output, ModelConfig model, int labels) {
        if (!model.isStoredInBytes() || !model.embedding()) {
            return output;
        }
        return switch (model.output().kind()) {
            case FIXED_FAN_IN -> {
                long weights = (long) labels * model.output().fanIn();
                long indices = (labels + model.output().group() - 1L)
                        / model.output().group()
                        * 2L
                        * model.output().fanIn();
                yield weights + indices + 4L * labels;
            }
            case DENSE, BOTTLENECK, ANCHORS -> output / 4;
        };
    }
}
