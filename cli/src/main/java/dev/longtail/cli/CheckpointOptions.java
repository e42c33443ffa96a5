package dev.longtail.cli;

import dev.longtail.format.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Options that say how a training that was killed can be taken up; a mixin. */
final class CheckpointOptions {

    /** Longer than any run. */
    private static final Duration NEVER = Duration.ofDays(100_000);

    private static final String EVERY = "--checkpoint-every";

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR",
            description = "Folder for checkpoints, from which --resume goes on when the run was killed; at most three"
                    + " of up to three times the size of the model's numbers. Removed when the model is written."
                    + " Default: --model with .checkpoints behind it.")
    private @Nullable Path folder;

    @Option(
            names = EVERY,
            paramLabel = "TIME",
            converter = Every.class,
            description = "Least time between two checkpoints, which are written at the end of an epoch and between"
                    + " labels of the direct arm, for example 90s or 20m; 0 for as many as possible, never for none."
                    + " Default: 5m.")
    private Duration every = Duration.ofMinutes(5);

    @Option(
            names = "--resume",
            description = "Go on from the newest whole checkpoint of the same command; without one, the run starts"
                    + " anew. The model has the same bits as that of a run that was never interrupted.")
    private boolean resume;

    /** Reads a time, or a word for none. */
    static final class Every implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            if (text.equals("never")) {
                return NEVER;
            }
            return text.matches("0+[smh]?") ? Duration.ZERO : Converters.duration(text);
        }
    }

    /** Whether a run is to go on. */
    boolean resume() {
        return resume;
    }

    /**
     * The checkpoints of a run; null for none.
     *
     * @param overwrite whether those of another run may be replaced
     */
    @Nullable
    RunCheckpoints of(TrainRun.Plan plan, boolean overwrite, Console console) throws IOException {
        if (plan.tune() != null) {
            if (resume || folder != null) {
                throw new UsageException("--tune is a search that depends on time and cannot be taken up: leave out"
                        + " --resume and --checkpoints, or give the settings that it found");
            }
            return null;
        }
        Path root = folder == null ? beside(plan.target().folder()) : folder;
        if (every.equals(NEVER) && !resume) {
            return null;
        }
        ModelTarget.requireWritableParent("--checkpoints", root);
        if (!resume && !overwrite && Checkpoint.anyIn(root)) {
            throw new UsageException(root + " holds checkpoints of a run that was not finished; add --resume to go on"
                    + " with it, or --overwrite to start anew without them");
        }
        RunCheckpoints checkpoints = new RunCheckpoints(root, every, plan, console);
        return resume ? checkpoints.startingFrom(newest(root, console)) : checkpoints;
    }

    private static Path beside(Path model) {
        Path absolute = model.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + ".checkpoints");
    }

    private static Optional<Checkpoint> newest(Path root, Console console) throws IOException {
        Checkpoint.Found found = Checkpoint.find(root);
        found.damaged().forEach(reason -> console.message("a checkpoint is damaged and not used: " + reason));
        if (found.newest().isEmpty()) {
            console.message("there is no checkpoint in " + root + " to go on from, so training starts anew");
        }
        return found.newest();
    }
}
