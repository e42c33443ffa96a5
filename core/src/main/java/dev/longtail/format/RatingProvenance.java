package dev.longtail.format;

import dev.longtail.data.SourceFile;
import dev.longtail.kernel.Vectors;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.TableFacts;
import dev.longtail.rating.RatingData;
import dev.longtail.train.RatingEpochReport;
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
 * Where a rating model comes from: with the settings, all that is needed to make it again. Nothing in here differs
 * between two runs with the same seed, whatever their number of threads.
 *
 * @param libraryVersion version that trained it
 * @param kernels kernel variant, on which the last bits of all numbers depend
 * @param files data that was read, with checksums
 * @param bestEpoch the one whose parameters were kept, from 1
 * @param validation measures on the validation part after that epoch, empty without one
 * @param history every epoch in order
 * @param options what was given beside the settings, such as which file was for what, by name; see FORMAT.md
 */
public record RatingProvenance(
        String libraryVersion,
        String kernels,
        List<SourceFile> files,
        int bestEpoch,
        Map<String, Number> validation,
        List<RatingEpochReport> history,
        Map<String, List<String>> options) {

    public RatingProvenance {
        files = List.copyOf(files);
        history = List.copyOf(history);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /**
     * A training run of this library on this machine.
     *
     * @param epochs reports of the run, at least one
     */
    public static RatingProvenance of(RatingData data, List<RatingEpochReport> epochs) {
        return of(data.files(), epochs);
    }

    /**
     * A training run of this library on this machine.
     *
     * @param files that were read
     * @param epochs reports of the run, at least one; of a stream those of its chunks
     */
    public static RatingProvenance of(List<SourceFile> files, List<RatingEpochReport> epochs) {
        RatingEpochReport best = RatingEpochReport.bestOf(epochs);
        Map<String, Number> validation =
                best.validation().map(RatingMetrics::toMap).orElse(Map.of());
        return new RatingProvenance(
                LibraryVersion.text(), Vectors.name(), files, best.epoch(), validation, epochs, Map.of());
    }

    /** This provenance with more files that were read. */
    public RatingProvenance withFiles(List<SourceFile> more) {
        List<SourceFile> all = Stream.concat(files.stream(), more.stream()).toList();
        return new RatingProvenance(libraryVersion, kernels, all, bestEpoch, validation, history, options);
    }

    /** This provenance with what was given beside the settings, so that the run can be repeated. */
    public RatingProvenance withOptions(Map<String, List<String>> given) {
        return new RatingProvenance(libraryVersion, kernels, files, bestEpoch, validation, history, given);
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("libraryVersion", libraryVersion);
        json.put("kernels", kernels);
        Provenance.putSources(files, options, json);
        json.put("epochs", history.size());
        json.put("bestEpoch", bestEpoch);
        ObjectNode measures = json.putObject("validation");
        validation.forEach((name, value) -> measures.put(name, value.doubleValue()));
        ArrayNode course = json.putArray("history");
        history.forEach(epoch -> put(epoch, course.addObject()));
        return json;
    }

    private static void put(RatingEpochReport epoch, ObjectNode json) {
        json.put("epoch", epoch.epoch());
        json.put("loss", epoch.loss());
        Optional<RatingMetrics> measured = epoch.validation();
        measured.ifPresent(metrics -> json.put("MSE", metrics.mse()).put("MAE", metrics.mae()));
        if (epoch.objective().isPresent()
                && epoch.users().anchors() + epoch.items().anchors() > 0) {
            json.put("objective", epoch.objective().getAsDouble());
        }
        put("users", epoch.users(), json);
        put("items", epoch.items(), json);
    }

    private static void put(String side, TableFacts facts, ObjectNode json) {
        if (facts.anchors() > 0) {
            json.putObject(side).put("anchors", facts.anchors()).put("nonZeros", facts.nonZeros());
        }
    }
}
