package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.model.RatingModel;
import dev.longtail.rating.Ids;
import dev.longtail.rating.SeenItems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What inspect shows of models of task rate. */
final class RateInspect {

    private static final int NAMED_ITEMS = 5;

    private final Console console;

    RateInspect(Console console) {
        this.console = console;
    }

    int run(Path folder, boolean json) throws IOException {
        RatingModelFolder.Stored stored = RatingModelFolder.read(folder);
        if (json) {
            console.out().println(Json.line(json(folder, stored)));
        } else {
            print(folder, stored);
        }
        console.flush();
        return Failures.DONE;
    }

    private static ObjectNode json(Path folder, RatingModelFolder.Stored stored) throws IOException {
        RatingModel model = stored.model();
        ObjectNode object = Json.object();
        object.put("task", RatingModelFolder.TASK);
        object.put("users", model.users().size());
        object.put("items", model.items().size());
        object.put("trainRatings", RatingModelFolder.trainRatings(model.users()));
        object.put("parameters", model.parameters());
        object.put("tableParameters", model.tableParameters());
        RateFacts.putTables(model, object);
        object.put("mean", model.mean());
        object.put("lowest", model.lowest());
        object.put("highest", model.highest());
        object.put("seenPairs", model.seen().map(SeenItems::size).orElse(0));
        object.put("modelBytes", ModelTarget.bytes(folder));
        ObjectNode files = object.putObject("files");
        ModelFacts.files(folder).forEach(files::put);
        ArrayNode tensors = object.putArray("tensors");
        for (ModelFacts.TensorFacts tensor : ModelFacts.tensors(model.all())) {
            ObjectNode entry = tensors.addObject();
            entry.put("name", tensor.name());
            entry.put("type", tensor.type().name());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            entry.put("bytes", tensor.bytes());
            entry.put("zeros", tensor.zeros());
        }
        object.set("settings", Settings.toJson(stored.config()));
        object.set("manifest", stored.manifest());
        return object;
    }

    private void print(Path folder, RatingModelFolder.Stored stored) throws IOException {
        PrintWriter out = console.out();
        RatingModel model = stored.model();
        out.println("A model of task rate: " + Texts.count(model.users().size()) + " users, "
                + Texts.count(model.items().size()) + " items, "
                + Texts.count(RatingModelFolder.trainRatings(model.users()))
                + " training ratings; all checksums are right.");
        out.println("Vectors: " + RateFacts.tables(model) + "; " + Texts.count(model.parameters()) + " parameters, "
                + Texts.count(model.tableParameters()) + " of them in the tables.");
        out.println(String.format(
                Locale.ROOT,
                "Training ratings: mean %.4f, from %s to %s%s.",
                model.mean(),
                model.lowest(),
                model.highest(),
                model.config().clip() ? ", and predictions stay within" : ""));
        out.println(model.seen()
                .map(seen -> "Kept: which items each user has rated, " + Texts.count(seen.size()) + " pairs.")
                .orElse("Not kept: which items each user has rated."));
        out.println();
        printParts(folder, model, out);
        printMost(model, out);
        out.println("Settings");
        for (Settings.Leaf leaf : Settings.leaves(stored.config())) {
            out.println("  " + leaf.path() + " = " + leaf.defaultText());
        }
        out.println();
        printOrigin(stored.manifest(), out);
    }

    private static void printParts(Path folder, RatingModel model, PrintWriter out) throws IOException {
        Table files = Table.ofNumbers("file", "bytes");
        ModelFacts.files(folder).forEach((name, bytes) -> files.row(name, Texts.count(bytes)));
        files.row("all", Texts.count(ModelTarget.bytes(folder))).print(out);
        out.println();
        Table tensors = Table.ofNumbers("numbers", "type", "shape", "bytes", "zeros %");
        for (ModelFacts.TensorFacts tensor : ModelFacts.tensors(model.all())) {
            tensors.row(
                    tensor.name(),
                    tensor.type().name(),
                    tensor.shapeText(),
                    Texts.count(tensor.bytes()),
                    Texts.percent(tensor.shareOfZeros()));
        }
        tensors.print(out);
        out.println();
    }

    private static void printMost(RatingModel model, PrintWriter out) {
        out.println("Items with most training ratings");
        Ids items = model.items().ids();
        for (int item = 0; item < Math.min(NAMED_ITEMS, items.size()); item++) {
            out.println("  " + Texts.count(items.count(item)) + "  "
                    + Texts.printable(items.id(item) + " " + model.items().name(item))
                            .strip());
        }
        out.println();
    }

    private static void printOrigin(ObjectNode manifest, PrintWriter out) {
        JsonNode provenance = manifest.path("provenance");
        out.println("Origin");
        out.println("  trained " + manifest.path("created").asString("") + " by version "
                + provenance.path("libraryVersion").asString("") + " with kernels "
                + provenance.path("kernels").asString("") + ", epoch "
                + provenance.path("bestEpoch").asString("") + " of "
                + provenance.path("epochs").asString(""));
        for (JsonNode file : provenance.path("files")) {
            out.println("  from " + Texts.printable(file.path("name").asString("")) + ", "
                    + file.path("bytes").asString("") + " bytes, SHA-256 "
                    + file.path("sha256").asString(""));
        }
        String measures = Stream.of("MSE", "RMSE", "MAE")
                .filter(provenance.path("validation")::has)
                .map(name -> String.format(
                        Locale.ROOT,
                        "%s %.4f",
                        name,
                        provenance.path("validation").path(name).asDouble()))
                .collect(Collectors.joining(", "));
        out.println(measures.isEmpty() ? "  not validated" : "  validation " + measures);
    }
}
