package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.data.SourceFile;
import dev.longtail.format.Checkpoint;
import dev.longtail.format.CheckpointFolder;
import dev.longtail.format.LibraryVersion;
import dev.longtail.kernel.Vectors;
import dev.longtail.train.Checkpoints;
import dev.longtail.train.Checkpoints.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The checkpoints of one run: where they are, how often they are written, and the one that the run goes on from. */
final class RunCheckpoints {

    /** Options that say how files are read; which files there are is told by their sums. */
    private static final List<String> OF_READING = List.of(RunOrigin.LANGUAGE, RunOrigin.FORMAT);

    private final Path root;
    private final Duration every;
    private final Console console;
    private final Map<String, String> asked = new LinkedHashMap<>();
    private Optional<Checkpoint> start = Optional.empty();
    private Optional<Moment> latest = Optional.empty();

    /**
     * What a run is asked to do.
     *
     * @param config settings, before they are made to fit a budget
     * @param options besides, as provenance keeps them
     */
    record Asked(Record config, Map<String, List<String>> options) {}

    RunCheckpoints(Path root, Duration every, Asked run, Console console) {
        this.root = root;
        this.every = every;
        this.console = console;
        asked.put("the program", LibraryVersion.text());
        asked.put("the kernels", Vectors.name());
        for (Settings.Leaf leaf : Settings.leaves(run.config())) {
            asked.put(leaf.path(), leaf.defaultText());
        }
        for (String option : OF_READING) {
            asked.put("--" + option, String.join(" ", run.options().getOrDefault(option, List.of("not given"))));
        }
    }

    /**
     * Lets the run go on from a checkpoint.
     *
     * @throws UsageException when that is of a run with other settings or of another program
     */
    RunCheckpoints startingFrom(Optional<Checkpoint> checkpoint) {
        checkpoint.ifPresent(found -> requireSame(found, asked));
        start = checkpoint;
        latest = checkpoint.map(Checkpoint::moment);
        return this;
    }

    /** Settings of the run that is taken up, which may have been made to fit a budget; empty for a new run. */
    <C extends Record> Optional<C> settings(Class<C> type) {
        return start.map(found -> Settings.fromJson(type, found.settings()));
    }

    /** Whether the run goes on from a checkpoint. */
    boolean isResumed() {
        return start.isPresent();
    }

    /**
     * Where the run keeps its state.
     *
     * @param config settings as they are used
     * @param files all that were read
     * @param warning called before a line is written
     * @throws UsageException when the run that is to be taken up had read other files
     */
    Checkpoints open(Record config, List<SourceFile> files, Runnable warning) throws IOException {
        Map<String, String> read = new LinkedHashMap<>();
        read.put("the number of files", String.valueOf(files.size()));
        for (int i = 0; i < files.size(); i++) {
            read.put("the SHA-256 of file " + (i + 1), files.get(i).sha256());
        }
        start.ifPresent(found -> requireSame(found, read));
        Map<String, String> origin = new LinkedHashMap<>(asked);
        origin.putAll(read);
        if (start.isEmpty()) {
            CheckpointFolder.delete(root);
        }
        CheckpointFolder folder = new CheckpointFolder(
                root,
                Settings.toJson(config),
                origin,
                new CheckpointFolder.Pace(every, System::nanoTime),
                new Warnings(warning));
        start.ifPresent(found -> {
            folder.startingFrom(found);
            console.message("going on from " + found.folder().path() + ", " + text(found.moment()));
        });
        return folder;
    }

    private static void requireSame(Checkpoint checkpoint, Map<String, String> now) {
        try {
            checkpoint.requireSame(now);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--resume: " + e.getMessage()
                            + "; give the same, or leave out --resume and add --overwrite to start" + " anew",
                    e);
        }
    }

    private static String text(Moment moment) {
        return switch (moment.stage()) {
            case EPOCHS -> "after epoch " + moment.done();
            case DIRECT -> "after " + Texts.count(moment.done()) + " labels of the direct arm";
        };
    }

    /** Warns of what could not be written, which is no reason to end a run. */
    private final class Warnings implements CheckpointFolder.Listener {

        private final Runnable before;

        Warnings(Runnable before) {
            this.before = before;
        }

        @Override
        public void kept(Path checkpoint, Moment moment) {
            latest = Optional.of(moment);
        }

        @Override
        public void failed(IOException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                before.run();
                console.message(
                        "a checkpoint could not be written, training goes on without it: " + Failures.reason(failure));
            }
        }
    }

    /** The model is written: nothing has to be taken up any more. */
    void done() {
        try {
            CheckpointFolder.delete(root);
        } catch (IOException e) {
            console.message("the checkpoints in " + root + " are not needed any more and could not be deleted: "
                    + Failures.reason(e));
        }
    }

    /** How an interrupted run can be taken up; empty when it cannot. */
    String leftBehind() {
        return latest.map(moment -> "; " + wayOn(moment)).orElse("");
    }

    private static String wayOn(Moment moment) {
        return "add --resume to the same command to go on " + text(moment);
    }

    /**
     * Work that tells how it can be taken up where it ends for want of room on the disk or in memory.
     *
     * @param states checkpoints of the work, null for none
     */
    static <T> Callable<T> telling(@Nullable RunCheckpoints states, Callable<T> work) {
        return () -> {
            try {
                return work.call();
            } catch (IOException | UncheckedIOException | OutOfMemoryError e) {
                boolean interrupted = Thread.currentThread().isInterrupted();
                if (states != null && !interrupted) {
                    states.latest.ifPresent(moment ->
                            states.console.message("the checkpoints in " + states.root + " stay; " + wayOn(moment)));
                }
                throw e;
            }
        };
    }
}
