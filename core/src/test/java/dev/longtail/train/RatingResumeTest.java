package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.format.Checkpoint;
import dev.longtail.format.CheckpointFolder;
import dev.longtail.format.Safetensors;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of a rating model that was stopped and goes on from a checkpoint ends with every bit of one that was not. */
class RatingResumeTest {

    private static final int USERS = 200;
    private static final int ITEMS = 150;
    private static final int EPOCHS = 5;

    private static final String ANCHORS = "both.kind=anchors ";
    private static final String LEARNED = ANCHORS + "nonparametric.learned=true budget.start=3 ";
    private static final String SWEEPS = "solver=variational both.anchors.penalty.l1=0.5 ";

    @TempDir
    Path folder;

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What a run came to; times are left out. */
    private record Outcome(List<RatingEpochReport> reports, String parameters) {}

    /** Keeps every state in a folder, and stops the run behind one of them. */
    private record Stopping(CheckpointFolder states, int epoch) implements Checkpoints {

        @Override
        public Optional<StateCarrier> resume() {
            return states.resume();
        }

        @Override
        public void resumed() {
            states.resumed();
        }

        @Override
        public boolean isDue() {
            return states.isDue();
        }

        @Override
        public void keep(Moment moment, Stateful run) {
            states.keep(moment, run);
            if (moment.done() == epoch) {
                throw new Stop();
            }
        }
    }

    private static RatingConfig config(String settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "maxEpochs", String.valueOf(EPOCHS),
                "patience", String.valueOf(EPOCHS),
                "optimizer.kind", "adagrad",
                "optimizer.learningRate", "0.1",
                "batch", "64"));
        for (String side : List.of("model.users.", "model.items.")) {
            values.put(side + "dimension", "5");
            values.put(side + "initialScale", "1");
            values.put(side + "anchors.count", "7");
            values.put(side + "anchors.penalty.l1", "0.001");
        }
        for (String setting : settings.split(" ")) {
            String[] parts = setting.split("=", 2);
            if (parts[0].startsWith("both.")) {
                values.put("model.users" + parts[0].substring(4), parts[1]);
                values.put("model.items" + parts[0].substring(4), parts[1]);
            } else {
                values.put(parts[0], parts[1]);
            }
        }
        return Settings.override(RatingConfig.DEFAULT, values);
    }

    private static CheckpointFolder checkpoints(Path root, RatingConfig config) {
        return new CheckpointFolder(
                root,
                Settings.toJson(config),
                Map.of("run", "one"),
                new CheckpointFolder.Pace(Duration.ZERO, System::nanoTime),
                new CheckpointFolder.Listener() {
                    @Override
                    public void kept(Path checkpoint, Checkpoints.Moment moment) {}

                    @Override
                    public void failed(IOException failure) {
                        throw new AssertionError(failure);
                    }
                });
    }

    private Outcome run(RatingConfig config, Checkpoints checkpoints, int threads, boolean validated)
            throws IOException {
        try (Workers workers = new Workers(threads)) {
            RatingSet train = new SyntheticRatings(USERS, ITEMS, 3_000, 4, 2, 0.5f, 7).draw(workers);
            RatingSet held = new SyntheticRatings(USERS, ITEMS, 500, 4, 2, 0.5f, 8).draw(workers);
            RatingModel model = new RatingModel(
                    config.model(), Ids.numbered(new int[USERS]), new Items(Ids.numbered(new int[ITEMS])));
            List<RatingEpochReport> reports = new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .keeping(checkpoints)
                    .train(model, train, validated ? Optional.of(held) : Optional.empty());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Safetensors.write(Channels.newChannel(out), model.all(), Map.of());
            return new Outcome(
                    reports.stream().map(RatingResumeTest::withoutTime).toList(),
                    HexFormat.of().formatHex(out.toByteArray()));
        }
    }

    private static RatingEpochReport withoutTime(RatingEpochReport report) {
        return new RatingEpochReport(
                report.epoch(),
                report.loss(),
                report.validation(),
                report.objective(),
                report.users(),
                report.items(),
                0,
                report.best());
    }

    private CheckpointFolder newest(Path root, RatingConfig config) throws IOException {
        return checkpoints(root, config)
                .startingFrom(Checkpoint.find(root).newest().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "both.kind=dense",
                "optimizer.kind=sgd optimizer.learningRate=0.01 schedule.curve=linear",
                "optimizer.kind=yogi optimizer.learningRate=0.01 model.biases=false",
                "optimizer.kind=adamw optimizer.learningRate=0.01 patience=1",
                "optimizer.kind=factored-adamw model.items.kind=hashed model.items.buckets=40",
                "model.items.kind=mixed optimizer.kind=row-adagrad",
                ANCHORS,
                ANCHORS + "both.anchors.layout=sparse both.anchors.links=2 both.anchors.growth=2",
                ANCHORS + "optimizer.kind=adamw optimizer.learningRate=0.01 model.items.kind=dense",
                LEARNED,
                LEARNED + "budget.rule=paper both.anchors.layout=sparse both.anchors.links=2 both.anchors.growth=2",
                LEARNED + "optimizer.kind=yogi optimizer.learningRate=0.01 model.items.kind=dense",
                SWEEPS,
                SWEEPS + "model.biases=false model.users.kind=anchors",
                SWEEPS + ANCHORS + "both.anchors.penalty.refitAfter=3",
                SWEEPS + ANCHORS + "both.anchors.links=2"
            })
    void everyBitIsThatOfAnUndisturbedRun(String settings) throws IOException {
        RatingConfig config = config(settings);
        Outcome undisturbed = run(config, Checkpoints.NONE, 2, true);
        int epochs = undisturbed.reports.size();
        assertThat(undisturbed.reports.get(0).loss())
                .isNotEqualTo(undisturbed.reports.get(epochs - 1).loss());
        for (int stop = 1; stop <= epochs; stop++) {
            Path root = folder.resolve("checkpoints-" + stop);
            Checkpoints stopping = new Stopping(checkpoints(root, config), stop);
            assertThatThrownBy(() -> run(config, stopping, 1, true)).isInstanceOf(Stop.class);
            assertThat(run(config, newest(root, config), 2, true))
                    .as("stopped after epoch " + stop)
                    .isEqualTo(undisturbed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"both.kind=dense", SWEEPS + ANCHORS})
    void aRunWithoutAValidationPartIsTakenUpAgainAndAgain(String settings) throws IOException {
        RatingConfig config = config(settings);
        Outcome undisturbed = run(config, Checkpoints.NONE, 2, false);
        Path root = folder.resolve("checkpoints");
        Checkpoints first = new Stopping(checkpoints(root, config), 1);
        assertThatThrownBy(() -> run(config, first, 1, false)).isInstanceOf(Stop.class);
        for (int stop = 2; stop <= EPOCHS; stop++) {
            Checkpoints next = new Stopping(newest(root, config), stop);
            assertThatThrownBy(() -> run(config, next, 1, false)).isInstanceOf(Stop.class);
        }
        assertThat(run(config, newest(root, config), 1, false)).isEqualTo(undisturbed);
    }

    @Test
    void aStateOfAnotherSolverIsRefused() throws IOException {
        RatingConfig steps = config("both.kind=dense");
        Path root = folder.resolve("checkpoints");
        Checkpoints stopping = new Stopping(checkpoints(root, steps), 1);
        assertThatThrownBy(() -> run(steps, stopping, 1, true)).isInstanceOf(Stop.class);
        RatingConfig sweeps = config(SWEEPS);
        CheckpointFolder wrong = newest(root, sweeps);
        assertThatThrownBy(() -> run(sweeps, wrong, 1, true)).hasMessageContaining("there is no tensor run.sweeps");
    }
}
