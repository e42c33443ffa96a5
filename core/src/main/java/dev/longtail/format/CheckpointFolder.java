package dev.longtail.format;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.train.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The checkpoints of one training run: a folder of folders, of which the newest two stay, so that there is one to go
 * back to while another is written and when the last one turns out to be damaged. Each is written beside its place and
 * moved in when it is complete and on disk.
 */
public final class CheckpointFolder implements Checkpoints {

    /** Checkpoints that stay. */
    public static final int KEPT = 2;

    private static final Pattern OURS =
            Pattern.compile("checkpoint-\\d{6}|\\.checkpoint-\\d{6}\\.(part|old)-[0-9a-f]{32}");

    private final Path root;
    private final ObjectNode settings;
    private final Map<String, String> origin;
    private final Pace pace;
    private final Listener listener;
    private final List<Integer> whole = new ArrayList<>();
    private Optional<Checkpoint> start = Optional.empty();
    private @Nullable StateReader reader;
    private long last;

    /**
     * How often the state is kept.
     *
     * @param interval least time between two checkpoints, and before the first
     * @param nanos a clock
     */
    public record Pace(Duration interval, LongSupplier nanos) {}

    /** Hears what becomes of checkpoints. */
    public interface Listener {

        /** One has been written. */
        void kept(Path checkpoint, Moment moment);

        /** One could not be written, or an old one not deleted; those before are as they were. */
        void failed(IOException failure);
    }

    /**
     * Checkpoints of a run.
     *
     * @param root folder for them, made when the first one is written
     * @param settings of the run
     * @param origin what the result of the run depends on, see {@link Checkpoint#requireSame}
     */
    public CheckpointFolder(Path root, ObjectNode settings, Map<String, String> origin, Pace pace, Listener listener) {
        this.root = root;
        this.settings = settings;
        this.origin = Map.copyOf(origin);
        this.pace = pace;
        this.listener = listener;
        this.last = pace.nanos().getAsLong();
    }

    /** Lets the run go on from a checkpoint. */
    public CheckpointFolder startingFrom(Checkpoint checkpoint) {
        start = Optional.of(checkpoint);
        whole.add(checkpoint.number());
        return this;
    }

    @Override
    public Optional<StateCarrier> resume() {
        if (start.isEmpty()) {
            return Optional.empty();
        }
        try {
            reader = new StateReader(start.get().folder());
            return Optional.of(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void resumed() {
        if (reader == null) {
            return;
        }
        try (StateReader done = reader) {
            done.requireAllTaken();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        reader = null;
        last = pace.nanos().getAsLong();
    }

    @Override
    public boolean isDue() {
        return pace.nanos().getAsLong() - last >= pace.interval().toNanos();
    }

    @Override
    public void keep(Moment moment, Stateful run) {
        try {
            StateWriter state = new StateWriter();
            run.carry(RUN, state);
            int number = Checkpoint.numbers(root).stream().findFirst().orElse(0) + 1;
            Path place = root.resolve(Checkpoint.name(number));
            ModelFolder.writeNew(place, fields(moment), state.payloads());
            whole.add(number);
            rotate();
            listener.kept(place, moment);
        } catch (IOException e) {
            listener.failed(e);
        } catch (UncheckedIOException e) {
            listener.failed(new IOException(e.getMessage(), e));
        }
        last = pace.nanos().getAsLong();
    }

    private ObjectNode fields(Moment moment) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("task", Checkpoint.TASK);
        fields.put("created", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put(Checkpoint.STAGE, moment.stage().ordinal());
        fields.put(Checkpoint.DONE, moment.done());
        fields.set(Checkpoint.SETTINGS, settings);
        ObjectNode run = fields.putObject(Checkpoint.ORIGIN);
        origin.keySet().stream().sorted().forEach(name -> run.put(name, origin.get(name)));
        return fields;
    }

    /** Deletes what is neither one of the newest that are known to be whole nor newer. */
    private void rotate() throws IOException {
        List<Integer> kept = whole.subList(Math.max(0, whole.size() - KEPT), whole.size());
        for (int number : Checkpoint.numbers(root)) {
            if (!kept.contains(number)) {
                Siblings.delete(root.resolve(Checkpoint.name(number)));
            }
        }
    }

    /** Deletes all checkpoints in a folder, and the folder where nothing else is in it. */
    public static void delete(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (Path path : Siblings.list(root)) {
            if (Files.isDirectory(path)
                    && OURS.matcher(path.getFileName().toString()).matches()) {
                Siblings.delete(path);
            }
        }
        try {
            Files.delete(root);
        } catch (DirectoryNotEmptyException e) {
            // files of somebody else stay, and so does the folder
        }
    }
}
