package dev.longtail.cli;

import dev.longtail.data.DataFiles;
import dev.longtail.data.DataFormat;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which training examples a score comes from; a mixin. */
final class RepresenterOptions {

    @Option(
            names = "--examples",
            paramLabel = "N",
            description =
                    "Also tell, for each label, the N training examples that add the most to its score and the N that"
                            + " take the most away. Needs --train, and --validate, --labels and --format where train"
                            + " had them; all are read again.")
    private @Nullable Integer most;

    @Option(
            names = "--train",
            arity = "1..*",
            paramLabel = "F",
            description = "Files that the model was trained on, in the same order.")
    private List<Path> train = List.of();

    @Option(
            names = "--validate",
            arity = "1..*",
            paramLabel = "F",
            description = "Files that the model was validated on; without them, what train held out is left out again.")
    private List<Path> validate = List.of();

    @Mixin
    private final LabelNameOptions labels = new LabelNameOptions();

    @Mixin
    private final RunOptions.Temporary temporary = new RunOptions.Temporary();

    /** Whether examples are asked for; refuses what has no effect without them. */
    boolean asked() {
        if (most == null && (!train.isEmpty() || !validate.isEmpty() || labels.any() || temporary.orNull() != null)) {
            throw new UsageException(
                    "--train, --validate, --labels and --temporary have no effect without --examples N");
        }
        if (most != null && most < 1) {
            throw new UsageException("--examples must be at least 1, got " + most);
        }
        if (most != null && train.isEmpty()) {
            throw new UsageException("--examples needs --train F, the files that the model was trained on");
        }
        return most != null;
    }

    /** Examples to tell of each side of each label. */
    int most() {
        return most == null ? 0 : most;
    }

    DataFiles files(@Nullable DataFormat format, Console console) {
        return new DataFiles(train, validate, labels.file(), format, labels.reader(console));
    }

    @Nullable
    Path temporary() {
        return temporary.orNull();
    }
}
