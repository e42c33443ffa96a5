package dev.longtail.cli;

import dev.longtail.format.ModelFolder;
import dev.longtail.format.RatingModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Options that only models of some task know. */
final class TaskOptions {

    private TaskOptions() {}

    /** Whether the model in a folder predicts ratings. */
    static boolean isRate(Path folder) throws IOException {
        return ModelFolder.task(folder).equals(RatingModelFolder.TASK);
    }

    /**
     * Refuses options that would have no effect.
     *
     * @param task of the model, as on the command line
     * @param names options of the command
     */
    static void refuse(CommandSpec command, String task, String... names) {
        for (String name : names) {
            if (command.commandLine().getParseResult().hasMatchedOption(name)) {
                throw new UsageException(name + " has no effect on a model of task " + task + "; leave it out");
            }
        }
    }
}
