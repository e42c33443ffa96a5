package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.data.DataFiles;
import dev.longtail.data.ExampleTexts;
import dev.longtail.data.LabelSet;
import dev.longtail.data.RawExample;
import dev.longtail.data.SourceFile;
import dev.longtail.data.TrainingData;
import dev.longtail.explain.RepresenterFinder;
import dev.longtail.explain.RepresenterPoint;
import dev.longtail.explain.Representers;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.train.DirectReport;
import dev.longtail.train.ExampleDuals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the training examples of a model again, and tells which of them a score comes from. */
final class RepresenterRun implements AutoCloseable {

    private final DataFiles files;
    private final LabelModel model;
    private final TemporaryFolder folder;
    private final TrainingData data;
    private final RepresenterFinder finder;

    /**
     * A point with its example.
     *
     * @param text of the example, or the label's name where that was learned from; empty for numbered features
     * @param source file and line, or that it is a name
     * @param labels of the example
     */
    record Told(RepresenterPoint point, String text, String source, List<String> labels) {}

    /**
     * Where the score of a label comes from.
     *
     * @param supporting parallel to the points of that side of {@code parts}
     * @param opposing the same of the other side
     */
    record OfLabel(Representers parts, List<Told> supporting, List<Told> opposing) {}

    private RepresenterRun(
            DataFiles files, LabelModel model, TemporaryFolder folder, TrainingData data, RepresenterFinder finder) {
        this.files = files;
        this.model = model;
        this.folder = folder;
        this.data = data;
        this.finder = finder;
    }

    /**
     * Reads the files and finds the candidates of all examples.
     *
     * @throws InputException when these are not the files that the model was trained on
     * @throws UsageException when the model has no arms that can be divided over examples
     */
    static RepresenterRun open(
            LabelModelFolder.Stored stored,
            RepresenterOptions options,
            DataFiles files,
            Workers workers,
            Console console)
            throws IOException {
        TemporaryFolder folder = TemporaryFolder.in(options.temporary());
        try (ProgressDisplay progress = ProgressDisplay.on(console)) {
            LabelModel model = stored.model();
            TrainingData.Settings settings = new TrainingData.Settings(
                    stored.config().text(), stored.config().data(), model.features());
            TrainingData data = TrainingData.prepare(
                    files, settings, folder.path(), stored.config().train().seed(), progress);
            try {
                requireSame(data, stored);
                ExampleDuals trained = new ExampleDuals(
                        model,
                        stored.config().train(),
                        data.train(),
                        workers,
                        done -> progress.direct(new DirectReport(
                                DirectReport.Part.CANDIDATES, done, data.train().size())));
                RepresenterFinder finder = new RepresenterFinder(model, trained, workers);
                return new RepresenterRun(files, model, folder, data, finder);
            } catch (IllegalArgumentException e) {
                data.close();
                throw new UsageException("--examples: " + e.getMessage(), e);
            } catch (RuntimeException e) {
                data.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static void requireSame(TrainingData data, LabelModelFolder.Stored stored) {
        Set<String> known = stored.manifest()
                .path("provenance")
                .path("files")
                .valueStream()
                .map(file -> file.path("sha256").asString(""))
                .collect(Collectors.toSet());
        for (SourceFile file : data.sourceFiles()) {
            if (!known.contains(file.sha256())) {
                throw new InputException(
                        file.name(), 0, "is none of the files that the model was trained on; inspect lists them");
            }
        }
        if (data.sourceFiles().size()
                != stored.manifest().path("provenance").path("files").size()) {
            throw new InputException(
                    data.sourceFiles().get(0).name(),
                    0,
                    "is one of " + data.sourceFiles().size() + " files that are given, the model was made of "
                            + names(stored.manifest().path("provenance").path("files"))
                            + "; give the same --train, --validate and --labels");
        }
        LabelSet labels = stored.model().labels();
        if (data.labels().size() != labels.size()) {
            throw new InputException(
                    data.sourceFiles().get(0).name(),
                    0,
                    "holds " + data.labels().size() + " labels, the model " + labels.size()
                            + "; give the files in the order and roles that they had when it was trained");
        }
    }

    private static String names(JsonNode files) {
        return files.valueStream().map(file -> file.path("name").asString("")).collect(Collectors.joining(", "));
    }

    /** Where the scores of labels for an example come from, parallel to the labels. */
    List<OfLabel> find(RawExample raw, List<Integer> labels, int most) throws IOException {
        List<Representers> parts = new ArrayList<>();
        try {
            for (int label : labels) {
                parts.add(finder.find(raw, label, most));
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--examples: " + e.getMessage(), e);
        }
        Set<Integer> origins = parts.stream()
                .flatMap(of -> Stream.of(of.supporting(), of.opposing()))
                .flatMap(side -> side.points().stream())
                .map(point -> data.origin(point.example()))
                .collect(Collectors.toSet());
        Map<Integer, RawExample> found =
                new ExampleTexts(model.features(), model.labels()).find(files.train(), files.format(), origins);
        return parts.stream()
                .map(of -> new OfLabel(of, told(of.supporting(), found), told(of.opposing(), found)))
                .toList();
    }

    private List<Told> told(Representers.Side side, Map<Integer, RawExample> found) {
        return side.points().stream().map(point -> told(point, found)).toList();
    }

    private Told told(RepresenterPoint point, Map<Integer, RawExample> found) {
        RawExample raw = found.get(data.origin(point.example()));
        if (raw == null) {
            int label = data.nameLabel(point.example());
            return new Told(
                    point,
                    model.labels().name(label),
                    "name of the label",
                    List.of(model.labels().id(label)));
        }
        return new Told(point, raw.text == null ? "" : raw.text, raw.source + ":" + raw.line, List.copyOf(raw.labels));
    }

    @Override
    public void close() throws IOException {
        try {
            data.close();
        } finally {
            folder.close();
        }
    }
}
