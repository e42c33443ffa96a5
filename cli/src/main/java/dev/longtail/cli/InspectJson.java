package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.metrics.LabelBands;
import dev.longtail.model.LabelModel;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The content of a model folder for programs. */
final class InspectJson {

    private InspectJson() {}

    static ObjectNode of(Path folder, LabelModelFolder.Stored stored) throws IOException {
        LabelModel model = stored.model();
        ObjectNode object = Json.object();
        object.put("task", stored.manifest().path("task").asString(""));
        object.put("labels", model.labels().size());
        object.put("features", model.features().size());
        object.put("trainExamples", model.trainExamples());
        object.put("fanIn", model.config().output().fanIn());
        object.put("intermediateFanIn", model.config().body().intermediateFanIn());
        object.put("modelBytes", ModelTarget.bytes(folder));
        ObjectNode files = object.putObject("files");
        ModelFacts.files(folder).forEach(files::put);
        ArrayNode tensors = object.putArray("tensors");
        for (ModelFacts.TensorFacts tensor : ModelFacts.tensors(model)) {
            ObjectNode entry = tensors.addObject();
            entry.put("name", tensor.name());
            entry.put("type", tensor.type().name());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            entry.put("bytes", tensor.bytes());
            entry.put("zeros", tensor.zeros());
        }
        ArrayNode degrees = object.putArray("inDegreesAscending");
        for (int degree : ModelFacts.inDegrees(model)) {
            degrees.add(degree);
        }
        labels(model, object);
        object.set("settings", Settings.toJson(stored.config()));
        object.set("manifest", stored.manifest());
        return object;
    }

    private static void labels(LabelModel model, ObjectNode object) {
        ArrayNode frequencies = object.putArray("labelFrequencies");
        for (ModelFacts.Range range : ModelFacts.frequencies(model)) {
            ObjectNode entry = frequencies.addObject();
            entry.put("from", range.from());
            entry.put("to", range.to());
            entry.put("labels", range.count());
        }
        ObjectNode bands = object.putObject("bands");
        LabelBands.of(model.labels().frequencies())
                .labels()
                .forEach((band, labels) -> bands.put(band.toString(), labels));
    }
}
