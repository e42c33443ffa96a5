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

    private static final Duration DEFAULT = Duration.ofMinutes(5);
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
    private @Nullable Duration every;

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

    /** The checkpoints of a run that tags; null for none. */
    @Nullable
    RunCheckpoints of(TrainRun.Plan plan, Console console) throws IOException {
        if (plan.tune() != null) {
            refuse("--tune is a search that depends on time and cannot be taken up: leave out --resume, --checkpoints"
                    + " and --checkpoint-every, or give the settings that it found");
            return null;
        }
        return of(plan.target(), new RunCheckpoints.Asked(plan.config(), RunOrigin.of(plan)), console);
    }

    /** The checkpoints of a run that rates; null for none. */
    @Nullable
    RunCheckpoints of(RateTrain.Plan plan, Console console) throws IOException {
        if (plan.config().online().stream()) {
            refuse("--online reads a stream, of which nothing is kept, and cannot be taken up: leave out --resume,"
                    + " --checkpoints and --checkpoint-every");
            return null;
        }
        return of(plan.target(), new RunCheckpoints.Asked(plan.config(), RunOrigin.of(plan)), console);
    }

    private void refuse(String reason) {
        if (resume || folder != null || every != null) {
            throw new UsageException(reason);
        }
    }

    private @Nullable RunCheckpoints of(ModelTarget target, RunCheckpoints.Asked asked, Console console)
            throws IOException {
        Path root = folder == null ? beside(target.folder()) : folder;
        Duration least = every == null ? DEFAULT : every;
        if (least.equals(NEVER) && !resume) {
            return null;
        }
        ModelTarget.requireWritableParent("--checkpoints", root);
        if (!resume && !target.replaceable() && Checkpoint.anyIn(root)) {
            throw new UsageException(root + " holds checkpoints of a run that was not finished; add --resume to go on"
                    + " with it, or --overwrite to start anew without them");
        }
        RunCheckpoints checkpoints = new RunCheckpoints(root, least, asked, console);
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
