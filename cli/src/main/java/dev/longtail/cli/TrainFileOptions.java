package dev.longtail.cli;

import dev.longtail.data.DataFiles;
import dev.longtail.data.DataFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The files that a model is trained on; a mixin. */
final class TrainFileOptions {

    @Option(names = "--train", arity = "1..*", paramLabel = "F", description = "Files to learn from.")
    private List<Path> train = List.of();

    @Option(
            names = "--validate",
            arity = "1..*",
            paramLabel = "F",
            description = "Files to choose the best epoch by. Default: a part of the training examples is held out.")
    private List<Path> validate = List.of();

    @Mixin
    private final LabelNameOptions labels = new LabelNameOptions();

    List<Path> train() {
        return train;
    }

    List<Path> validate() {
        return validate;
    }

    LabelNameOptions labels() {
        return labels;
    }

    /** The files of a model that tags. */
    DataFiles data(@Nullable DataFormat format, Console console) {
        return new DataFiles(train, validate, labels.file(), format, labels.reader(console));
    }
}
