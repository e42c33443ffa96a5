package dev.longtail.cli;

import dev.longtail.data.LabelSet;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.LivingProvenance;
import dev.longtail.format.RetiredLabel;
import dev.longtail.living.LivingModel;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description = "Lists the labels of a model: id, name and number of examples, between tabs.",
        footer = {
            "",
            "Examples:",
            "  longtail labels list --model my-model",
            "  longtail labels list --model my-model --contains trains --json",
            "  longtail labels list --model my-model --retired",
        })
final class LabelsListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(
            names = "--contains",
            paramLabel = "TEXT",
            description = "Only labels whose id or name contains this, in upper or lower case.")
    private String contains = "";

    @Option(
            names = "--retired",
            description = "Instead, labels that the model had once: id, name, and the label that each was merged into.")
    private boolean retired;

    @Option(names = "--json", description = "Write one JSON object a line.")
    private boolean json;

    LabelsListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        LabelModelFolder.Stored stored = LivingModel.read(model.path());
        if (retired) {
            listRetired(LivingProvenance.retired(stored.manifest()));
        } else {
            list(stored.model().labels());
        }
        return Failures.DONE;
    }

    private boolean isWanted(String id, String name) {
        String text = contains.toLowerCase(Locale.ROOT);
        return id.toLowerCase(Locale.ROOT).contains(text)
                || name.toLowerCase(Locale.ROOT).contains(text);
    }

    private void list(LabelSet labels) {
        for (int label = 0; label < labels.size(); label++) {
            if (isWanted(labels.id(label), labels.name(label))) {
                ObjectNode object = Json.object();
                object.put("id", labels.id(label));
                object.put("name", labels.name(label));
                object.put("examples", labels.frequency(label));
                print(object, labels.id(label), labels.name(label), Integer.toString(labels.frequency(label)));
            }
        }
    }

    private void listRetired(Map<String, RetiredLabel> labels) {
        labels.forEach((id, label) -> {
            if (isWanted(id, label.name())) {
                ObjectNode object = Json.object();
                object.put("id", id);
                object.put("name", label.name());
                object.put("into", label.into());
                print(object, id, label.name(), label.into());
            }
        });
    }

    private void print(ObjectNode object, String... fields) {
        console.out().println(json ? Json.line(object) : String.join("\t", fields));
    }
}
