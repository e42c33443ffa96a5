package dev.longtail.cli;

import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "labels",
        description = "Adds, renames, retires and merges labels of a finished model, without training it again.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Labels are named by their ids; angle brackets around URIs may be left out. A new label learns from its",
            "name and the examples that it is given, and from then on from longtail feedback. Scores of all labels",
            "that no change is about keep their bits. The model in the folder is replaced in one step, or, if a",
            "change is not possible, left as it is. model.json records what was changed. A running server takes",
            "the new model by POST /v1/models/{name}/reload.",
            "",
            "Examples:",
            "  longtail labels list --model my-model --contains trains",
            "  longtail labels add --model my-model --id http://example.org/9 --name 'night trains' \\",
            "      --example 'By sleeper to the north' --example 'Timetables of the night express'",
            "  longtail labels rename --model my-model --id http://example.org/9 --name 'sleeper trains'",
            "  longtail labels merge --model my-model --id http://example.org/9 --into http://example.org/4",
            "  longtail labels retire --model my-model --id http://example.org/9",
            "  longtail labels apply --model my-model --before old.tsv.gz --after new.tsv.gz",
        })
final class LabelsCommand implements Runnable {

    private final Console console;

    LabelsCommand(Console console) {
        this.console = console;
    }

    /** The commands below this one. */
    List<Object> commands() {
        return List.of(
                new LabelChangeCommands.Add(console),
                new LabelChangeCommands.Rename(console),
                new LabelChangeCommands.Merge(console),
                new LabelChangeCommands.Retire(console),
                new LabelsApplyCommand(console),
                new LabelsListCommand(console));
    }

    @Override
    public void run() {
        throw new UsageException("labels needs one of add, rename, merge, retire, apply and list");
    }
}
