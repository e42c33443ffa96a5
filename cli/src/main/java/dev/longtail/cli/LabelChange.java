package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.format.LabelChanges;
import dev.longtail.living.EditList;
import dev.longtail.living.LabelEditor;
import dev.longtail.living.LivingModel;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the commands that change labels have in common; a mixin. */
final class LabelChange {

    private static final int SHOWN = 10;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    @Option(names = "--json", description = "Write what was changed as one JSON object.")
    private boolean json;

    /**
     * Changes the model and tells of it.
     *
     * @param edits for the model as it is
     * @return exit code
     */
    int make(Console console, Function<LivingModel, EditList> edits) throws Exception {
        int count = threads.count();
        return Interruption.guard(console, () -> "the model is the old one or the new one", () -> {
            try (Workers workers = new Workers(count)) {
                make(console, LivingModel.open(model.path(), workers), edits);
            }
            return Failures.DONE;
        });
    }

    private void make(Console console, LivingModel living, Function<LivingModel, EditList> edits) throws IOException {
        long start = System.nanoTime();
        LabelEditor.EditedModel edited;
        try {
            edited = living.edit(edits.apply(living));
        } catch (IllegalArgumentException e) {
            throw new InputException(model.path().toString(), 0, String.valueOf(e.getMessage()), e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int labels = edited.model().labels().size();
        if (json) {
            console.out().println(Json.line(object(edited, labels, seconds)));
        } else {
            print(console, model.path(), edited, labels);
        }
        console.flush();
    }

    private static ObjectNode object(LabelEditor.EditedModel edited, int labels, double seconds) {
        LabelChanges changes = edited.changes();
        ObjectNode object = Json.object();
        object.put("labels", labels);
        object.put("added", changes.added());
        object.put("renamed", changes.renamed());
        object.put("retired", changes.retired());
        object.put("merged", changes.merged());
        object.put("examples", changes.examples());
        ArrayNode unlearned = object.putArray("unlearned");
        edited.unlearned().forEach(unlearned::add);
        object.put("seconds", seconds);
        return object;
    }

    private static void print(Console console, Path model, LabelEditor.EditedModel edited, int labels) {
        LabelChanges changes = edited.changes();
        console.out()
                .println(model + ": " + Texts.count(changes.added()) + " added with "
                        + Texts.count(changes.examples()) + " examples, " + Texts.count(changes.renamed())
                        + " renamed, " + Texts.count(changes.retired()) + " retired, "
                        + Texts.count(changes.merged()) + " merged; " + Texts.count(labels) + " labels now.");
        List<String> unlearned = edited.unlearned();
        if (!unlearned.isEmpty()) {
            console.message(Texts.count(unlearned.size())
                    + " new labels have no word that the model knows, and are not suggested before they learn from"
                    + " feedback: "
                    + String.join(" ", unlearned.subList(0, Math.min(SHOWN, unlearned.size())))
                    + (unlearned.size() > SHOWN ? " ..." : ""));
        }
    }
}
