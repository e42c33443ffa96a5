package dev.longtail.shrink;

import dev.longtail.association.AssociationArm;
import dev.longtail.config.Require;
import dev.longtail.config.Settings;
import dev.longtail.data.FeatureSpace;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.LabelModel;
import dev.longtail.model.ModelConfig;
import dev.longtail.output.OutputLayer;
import dev.longtail.table.InputTable;
import dev.longtail.table.TableConfig;
import dev.longtail.text.TextFeatures;
import dev.longtail.train.LabelConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Smaller models from a finished one, without training. Each step is the nearest model of its kind: terms go by their
 * {@link TermImportance}, connections by the magnitude of their weights, numbers to the nearest byte. Terms that are
 * left out are unknown words to the smaller model, which no longer holds them.
 */
public final class ModelShrinker {

    private final LabelModel model;
    private final LabelConfig config;

    /** @param config settings that the model was made with */
    public ModelShrinker(LabelModel model, LabelConfig config) {
        this.model = model;
        this.config = config;
    }

    /**
     * A smaller model.
     *
     * @param model shares with the first what was not changed, so neither may be trained; has its calibration only if
     *     nothing but the bits changed
     * @param config settings of the first, with its new shape
     */
    public record Shrunk(LabelModel model, LabelConfig config) {}

    /**
     * Makes a smaller model; the first one stays as it is.
     *
     * @throws IllegalArgumentException when the model has nothing of the kind that is to be left out
     */
    public Shrunk shrink(ShrinkConfig wanted) {
        FeatureSpace features = model.features();
        InputTable table = model.table();
        OutputLayer output = model.output();
        Optional<DirectArm> direct = model.direct();
        Optional<AssociationArm> association = model.association();
        Map<String, String> settings = new HashMap<>();
        if (wanted.terms() != ShrinkConfig.ALL) {
            int[] kept = keptFeatures(wanted.terms());
            features = select(kept);
            table = table.select(kept);
            direct = direct.map(arm -> arm.withFeatures(kept));
            association = association.map(arm -> arm.withFeatures(kept));
            Require.that(
                    !model.config().embedding() || table.tensors().get(0).elements() > 0,
                    "features",
                    "so many that a word is among them",
                    kept.length);
        }
        if (wanted.fanIn() != ShrinkConfig.ALL) {
            output = output.withFanIn(wanted.fanIn());
            settings.putAll(fanIns(wanted.fanIn()));
        }
        if (wanted.storedBits() == ModelConfig.BYTE_BITS) {
            table = table.inBytes();
            output = output.inBytes();
            settings.put("model.storedBits", Integer.toString(ModelConfig.BYTE_BITS));
        }
        LabelConfig changed = Settings.override(config, settings);
        LabelModel smaller = model.withEnds(changed.model(), features, table, output);
        smaller.association(association);
        smaller.direct(direct);
        smaller.mixture(model.mixture());
        if (wanted.terms() == ShrinkConfig.ALL && wanted.fanIn() == ShrinkConfig.ALL) {
            smaller.calibrate(model.calibration());
        }
        return new Shrunk(smaller, changed);
    }

    /** Terms by importance, and behind the vocabulary all buckets of character n-grams, whose hash would move. */
    private int[] keptFeatures(int count) {
        TextFeatures text = text();
        Require.that(
                model.config().table().kind() == TableConfig.Kind.DENSE,
                "table.kind",
                "dense for features to be left out; those of a hashed table share rows",
                "hashed");
        int terms = text.vocabulary().size();
        Require.that(count <= terms, "features", "at most the " + terms + " terms of the model", count);
        return IntStream.concat(
                        IntStream.of(TermImportance.largest(model, text, count)), IntStream.range(terms, text.size()))
                .toArray();
    }

    private TextFeatureSpace select(int[] features) {
        int terms = text().vocabulary().size();
        int[] kept = IntStream.of(features).filter(feature -> feature < terms).toArray();
        return new TextFeatureSpace(
                new TextFeatures(text().config(), text().vocabulary().select(kept)));
    }

    private TextFeatures text() {
        if (model.features() instanceof TextFeatureSpace text) {
            return text.features();
        }
        throw new IllegalArgumentException(
                "features can be left out of a model of texts only; those of this one are numbered by its data files");
    }

    /** All fan-ins as they are from now on, in place of a density that they followed from. */
    private Map<String, String> fanIns(int fanIn) {
        return Map.of(
                "model.output.fanIn",
                Integer.toString(fanIn),
                "model.body.intermediateFanIn",
                Integer.toString(model.config().body().intermediateFanIn()),
                "model.sparsity.density",
                "0");
    }
}
