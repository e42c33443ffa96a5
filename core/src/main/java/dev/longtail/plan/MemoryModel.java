package dev.longtail.plan;

import dev.longtail.calibration.CalibrationConfig;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.model.ModelConfig;
import dev.longtail.text.VocabularyBuilder;
import dev.longtail.train.LabelConfig;
import java.util.EnumMap;
import java.util.Map;

/**
 * The memory of a run from shapes alone. It follows {@link dev.longtail.train.LabelTrainer} phase by phase and adds up
 * the arrays that are alive in each.
 */
final class MemoryModel {

    /** Candidates that the direct arm sorts by label at once, 4 bytes each. */
    private static final long CHUNK = 1L << 24;

    /** Examples that the shares of the arms are chosen on at most. */
    private static final long MIXED = 20_000;

    /** Arrays of a step that are cut from one are at least half a region of the heap, see the class Scratch. */
    private static final long SCRATCH = 4L << 20;

    /** All contributions of shards to a gradient of hidden vectors together, unless four take more. */
    private static final long CONTRIBUTIONS = 64L << 20;

    private static final int SHARDS = 16;
    private static final int LEAST_CONTRIBUTIONS = 4;
    private static final int LEAST_BATCH = 64;

    private final LabelConfig config;
    private final DataShape data;
    private final ArmShape arms;
    private final int threads;
    private final ModelConfig model;
    private final ParameterBytes parameters;
    private final Map<Phase, Map<Part, Long>> phases = new EnumMap<>(Phase.class);

    MemoryModel(LabelConfig config, DataShape data, ArmShape arms, int threads) {
        this.config = config;
        this.data = data;
        this.arms = arms;
        this.threads = threads;
        this.model = config.model().forLabels(labels());
        this.parameters = ParameterBytes.of(config, data.read(model.table().ngrams()), labels());
    }

    private int labels() {
        return data.labels().count();
    }

    /** Arrays that are alive in each phase, without the Java machine. */
    MemoryPlan alive() {
        reading();
        if (config.train().association().isOn()) {
            counting();
            candidates();
        }
        if (model.embedding()) {
            embedding();
        }
        if (config.train().direct().isOn()) {
            direct();
        }
        if (data.validation() > 0) {
            calibration();
        }
        return new MemoryPlan(phases);
    }

    private void reading() {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        long met = data.counted().terms();
        long terms = Math.min(met, config.data().maxVocabularyEntries());
        VocabularyBuilder.Size held =
                new VocabularyBuilder.Size((int) terms, data.counted().characters() * terms / Math.max(1, met));
        long counting = HeapSizes.terms(held) + 2 * Integer.BYTES * HeapSizes.grown(terms);
        long choosing = Integer.BYTES * terms + HeapSizes.terms(data.vocabulary());
        parts.put(Part.VOCABULARY, terms == 0 ? vocabulary() : counting + choosing);
        parts.put(Part.LABELS, labelTexts());
        phases.put(Phase.READING, parts);
    }

    /** What is there from the end of reading to the end of the run. */
    private Map<Part, Long> resident(Phase phase) {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        parts.put(Part.VOCABULARY, vocabulary());
        parts.put(Part.LABELS, labelTexts());
        parts.put(Part.EXAMPLES, (Long.BYTES + 2L * Integer.BYTES) * (data.examples() + data.validation()));
        phases.put(phase, parts);
        return parts;
    }

    private long vocabulary() {
        return HeapSizes.terms(data.vocabulary()) + (Integer.BYTES + Float.BYTES) * (long) data.features();
    }

    private long labelTexts() {
        DataShape.LabelTexts texts = data.labels();
        long slots = HeapSizes.slots(texts.count());
        long map = slots * (Integer.BYTES + 4);
        long set = 3L * Integer.BYTES * texts.count()
                + HeapSizes.strings(texts.count(), texts.idCharacters())
                + HeapSizes.strings(texts.nameCharacters() == 0 ? 0 : texts.count(), texts.nameCharacters());
        // a linked map of them: entry, place, identifier and the record of the name
        long names = texts.names() * 64L
                + 4 * HeapSizes.slots(texts.names())
                + HeapSizes.strings(texts.names(), texts.idCharacters() / texts.count() * texts.names());
        return set + 2 * map + (texts.names() == 0 ? 0 : names);
    }

    private void putParameters(Map<Part, Long> parts) {
        parts.put(Part.INPUT_TABLE, parameters.table());
        parts.put(Part.BODY, parameters.body());
        parts.put(Part.OUTPUT_LAYER, parameters.output());
    }

    /** Examples in memory, as counting and solving label by label need them. */
    private long rows() {
        long ids = HeapSizes.grown(data.occurrences(), 3L * data.examples());
        return 8 * data.entries() + Integer.BYTES * (ids + 2L * data.examples());
    }

    private void addRows(Map<Part, Long> parts) {
        parts.merge(Part.EXAMPLES, rows(), Long::sum);
    }

    private void counting() {
        Map<Part, Long> parts = resident(Phase.COUNTING);
        putParameters(parts);
        addRows(parts);
        long features = data.features();
        long carrying = Integer.BYTES * (data.occurrences() + labels());
        long factors = (Double.BYTES + Float.BYTES) * features;
        long scratch = threads * (Float.BYTES * features + 12 * HeapSizes.grown(arms.longest() / 4));
        long rowsOfLabels = 8 * arms.kept() + 64L * labels();
        long pairs = 9 * arms.kept() + 8 * features;
        parts.put(Part.ASSOCIATION_COUNTS, carrying + Math.max(factors + scratch + rowsOfLabels, rowsOfLabels + pairs));
        parts.put(Part.ASSOCIATION_ARM, associationArm());
    }

    private long associationArm() {
        return arms.postings() * (1 + (labels() <= 1 << 16 ? Character.BYTES : Integer.BYTES)) + 8L * data.features();
    }

    private long candidateLists() {
        return CheckpointBytes.candidateLists(config.train().direct(), data);
    }

    private void candidates() {
        Map<Part, Long> parts = resident(Phase.CANDIDATES);
        putParameters(parts);
        addRows(parts);
        parts.put(Part.ASSOCIATION_ARM, associationArm());
        parts.put(Part.CANDIDATES, candidateLists());
        parts.put(Part.SCRATCH, searching());
    }

    /** A sum for each label, and which labels were met. */
    private long searching() {
        return config.train().association().isOn() ? 3L * Float.BYTES * threads * labels() : 0;
    }

    private void embedding() {
        Map<Part, Long> parts = resident(Phase.EMBEDDING);
        putParameters(parts);
        boolean association = config.train().association().isOn();
        if (association) {
            addRows(parts);
            parts.put(Part.ASSOCIATION_ARM, associationArm());
        }
        parts.merge(Part.EXAMPLES, (long) Integer.BYTES * data.examples(), Long::sum); // their order in an epoch
        if (config.train().direct().isOn()) {
            parts.put(Part.CANDIDATES, candidateLists());
        }
        parts.put(Part.OPTIMIZER_STATE, parameters.state());
        parts.put(Part.CHECKPOINT, CheckpointBytes.BUFFER);
        long bytes = model.isStoredInBytes() ? (parameters.table() + parameters.output()) / 4 : 0;
        parts.put(Part.SCRATCH, Math.max(step() + looking(), bytes - parameters.state()));
    }

    private long step() {
        long batch = Math.max(LEAST_BATCH, config.train().batch());
        long hidden = ParameterBytes.hidden(model) * batch * Float.BYTES;
        long bags = model.table().dimension() * batch * Float.BYTES;
        long parts = Math.min(SHARDS * hidden, Math.max(LEAST_CONTRIBUTIONS * hidden, CONTRIBUTIONS));
        return SCRATCH + parts + 4 * hidden + 2 * bags;
    }

    /** A look at examples of the validation part. */
    private long looking() {
        long batch = Math.max(LEAST_BATCH, config.train().batch());
        long hidden = model.embedding() ? ParameterBytes.hidden(model) * batch * Float.BYTES : 0;
        return SCRATCH + 3 * hidden + searching();
    }

    private void putStored(Map<Part, Long> parts) {
        int share = model.isStoredInBytes() ? 4 : 1;
        parts.put(Part.INPUT_TABLE, parameters.table() / share);
        parts.put(Part.BODY, parameters.body());
        parts.put(Part.OUTPUT_LAYER, parameters.output() / share);
        parts.put(Part.ASSOCIATION_ARM, associationArm());
    }

    private void direct() {
        Map<Part, Long> parts = resident(Phase.DIRECT);
        putStored(parts);
        addRows(parts);
        parts.put(Part.CANDIDATES, candidateLists());
        long all = data.examples() * (long) Math.min(config.train().direct().candidates(), labels());
        // who carries and who is taken for a carrier, for the labels of a chunk
        long lists = Integer.BYTES * (Math.min(CHUNK, all) + 2L * labels())
                + Integer.BYTES * Math.min(data.occurrences(), CHUNK);
        long worker = Integer.BYTES * (long) data.features() + data.examples() + 8 * HeapSizes.grown(arms.longest());
        parts.put(Part.DIRECT_SOLVER, lists + threads * worker);
        // those of one chunk are garbage when those of the next are made
        parts.put(Part.UNCOLLECTED, Integer.BYTES * Math.min(CHUNK, Math.max(0, all - CHUNK)));
        parts.put(
                Part.CHECKPOINT,
                CheckpointBytes.BUFFER + CheckpointBytes.of(config, data, arms).copies());
        long places = Integer.BYTES * (long) labels() * banks();
        parts.put(Part.DIRECT_ARM, 8 * arms.weights() + 56L * labels() + places);
    }

    private long banks() {
        return (data.features() + FixedFanIn.BANK - 1L) / FixedFanIn.BANK;
    }

    private void calibration() {
        Map<Part, Long> parts = resident(Phase.CALIBRATION);
        putStored(parts);
        parts.put(Part.SCRATCH, looking());
        long candidates = Math.min(config.train().direct().candidates(), labels());
        parts.put(
                Part.DIRECT_ARM,
                config.train().direct().isOn() ? 3 * arms.weights() + (Integer.BYTES * banks() + 8) * labels() : 0);
        CalibrationConfig calibration = config.train().calibration();
        long suggestions = Math.min(data.validation(), calibration.examples()) * (long) calibration.suggestions();
        long mixing = Math.min(data.validation(), MIXED) * (13 * candidates + 120);
        parts.put(Part.CALIBRATION, Math.max(mixing, 24 * suggestions));
    }
}
