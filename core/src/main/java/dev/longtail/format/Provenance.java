package dev.longtail.format;

import dev.longtail.data.SourceFile;
import dev.longtail.data.TrainingData;
import dev.longtail.kernel.Vectors;
import dev.longtail.metrics.Metrics;
import dev.longtail.train.EpochReport;
import dev.longtail.tune.TuneResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a model comes from: with the settings, all that is needed to make it again. Nothing in here differs between two
 * runs with the same seed, whatever their number of threads; except for a search for settings, which depends on time.
 *
 * @param libraryVersion version that trained it
 * @param kernels kernel variant, on which the last bits of all numbers depend
 * @param files data that was read, with checksums
 * @param epochs passes over the data that were made
 * @param bestEpoch the one whose parameters were kept, from 1; 0 where a model learns nothing in epochs
 * @param validation measures on the validation part after that epoch, empty without one
 * @param history every epoch in order; empty where that is not known
 * @param tune the search that found the settings, empty where they were given
 * @param options what was given beside the settings, such as which file was for what, by name; see FORMAT.md
 */
public record Provenance(
        String libraryVersion,
        String kernels,
        List<SourceFile> files,
        int epochs,
        int bestEpoch,
        Map<String, Number> validation,
        List<EpochReport> history,
        Optional<TuneResult> tune,
        Map<String, List<String>> options) {

    public Provenance {
        history = List.copyOf(history);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Of a run whose settings were given. */
    public Provenance(
            String libraryVersion,
            String kernels,
            List<SourceFile> files,
            int epochs,
            int bestEpoch,
            Map<String, Number> validation,
            List<EpochReport> history) {
        this(libraryVersion, kernels, files, epochs, bestEpoch, validation, history, Optional.empty(), Map.of());
    }

    /**
     * A training run of this library on this machine.
     *
     * @param epochs reports of the run, at least one
     */
    public static Provenance of(TrainingData data, List<EpochReport> epochs) {
        EpochReport best = EpochReport.bestOf(epochs);
        Map<String, Number> validation = best.validation().map(Metrics::toMap).orElse(Map.of());
        return new Provenance(
                LibraryVersion.text(),
                Vectors.name(),
                data.sourceFiles(),
                (int) epochs.stream().filter(report -> report.epoch() > 0).count(),
                best.epoch(),
                validation,
                epochs.stream().filter(report -> report.epoch() > 0).toList());
    }

    /** This provenance with other measures on the validation part. */
    public Provenance withValidation(Map<String, Number> measures) {
        return new Provenance(libraryVersion, kernels, files, epochs, bestEpoch, measures, history, tune, options);
    }

    /** This provenance with more files that were read. */
    public Provenance withFiles(List<SourceFile> more) {
        List<SourceFile> all = Stream.concat(files.stream(), more.stream()).toList();
        return new Provenance(libraryVersion, kernels, all, epochs, bestEpoch, validation, history, tune, options);
    }

    /** This provenance with the search that found the settings. */
    public Provenance withTune(Optional<TuneResult> search) {
        return new Provenance(libraryVersion, kernels, files, epochs, bestEpoch, validation, history, search, options);
    }

    /** This provenance with what was given beside the settings, so that the run can be repeated. */
    public Provenance withOptions(Map<String, List<String>> given) {
        return new Provenance(libraryVersion, kernels, files, epochs, bestEpoch, validation, history, tune, given);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("libraryVersion", libraryVersion);
        json.put("kernels", kernels);
        putSources(files, options, json);
        json.put("epochs", epochs);
        json.put("bestEpoch", bestEpoch);
        ObjectNode measures = json.putObject("validation");
        validation.forEach((name, value) -> {
            if (value instanceof Integer count) {
                measures.put(name, count);
            } else {
                measures.put(name, value.doubleValue());
            }
        });
        ArrayNode course = json.putArray("history");
        history.forEach(epoch -> put(epoch, course.addObject()));
        tune.ifPresent(search -> json.set("tune", search.toJson()));
        return json;
    }

    /** Files that were read, and what was given beside the settings where that is known. */
    static void putSources(List<SourceFile> files, Map<String, List<String>> options, ObjectNode json) {
        ArrayNode list = json.putArray("files");
        for (SourceFile file : files) {
            list.addObject().put("name", file.name()).put("bytes", file.bytes()).put("sha256", file.sha256());
        }
        if (!options.isEmpty()) {
            ObjectNode given = json.putObject("options");
            options.forEach((name, values) -> values.forEach(given.putArray(name)::add));
        }
    }

    private static void put(EpochReport epoch, ObjectNode json) {
        json.put("epoch", epoch.epoch());
        json.put("loss", epoch.loss());
        json.put("moved", epoch.moved());
        if (epoch.auxiliaryWeight() > 0) {
            json.put("auxiliaryWeight", epoch.auxiliaryWeight());
            json.put("auxiliaryLoss", epoch.auxiliaryLoss());
        }
        epoch.validation().ifPresent(metrics -> {
            metrics.cutoffs().forEach(at -> json.put("P@" + at.k(), at.precision()));
            metrics.cutoffs().forEach(at -> json.put("nDCG@" + at.k(), at.ndcg()));
            metrics.cutoffs().forEach(at -> json.put("R@" + at.k(), at.recall()));
        });
    }
}
