package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.calibration.Calibration;
import dev.longtail.config.Settings;
import dev.longtail.data.Examples;
import dev.longtail.direct.DirectArm;
import dev.longtail.format.Checkpoint;
import dev.longtail.format.CheckpointFolder;
import dev.longtail.format.Safetensors;
import dev.longtail.matrix.Tensor;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Mixture;
import dev.longtail.parallel.Workers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that was stopped and goes on from a checkpoint ends with every bit of a run that was not. */
class ResumeTest {

    private static final int LABELS = 40;
    private static final int EPOCHS = 3;

    /** Small steps from the first one on, and topologies that move several times an epoch. */
    private static final LabelConfig CONFIG = Settings.override(
            LabelConfig.embedding(16, 4),
            Map.ofEntries(
                    Map.entry("table.initialScale", "1"),
                    Map.entry("maxEpochs", String.valueOf(EPOCHS)),
                    Map.entry("patience", String.valueOf(EPOCHS)),
                    Map.entry("trainBias", "true"),
                    Map.entry("interval", "5"),
                    Map.entry("rewire.end", "0.9"),
                    Map.entry("prune.fraction", "0.5"),
                    Map.entry("body.dropout", "0.1"),
                    Map.entry("featureDropout", "0.1")));

    @TempDir
    Path folder;

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What a run came to. */
    private record Outcome(List<EpochReport> reports, Map<String, List<Byte>> files, Mixture mixture) {}

    static Stream<Map<String, String>> settings() {
        List<Map<String, String>> all = new ArrayList<>();
        for (String rule :
                List.of("sgd", "momentum", "adagrad", "row-adagrad", "adamw", "yogi", "factored-adamw", "adalomo")) {
            all.add(Map.of("tableOptimizer.kind", rule, "outputOptimizer.kind", rule, "patience", "1"));
            all.add(Map.of("bodyOptimizer.kind", rule, "body.intermediate", "20"));
        }
        all.add(Map.of("rowPenalty.l1", "0.01", "rowPenalty.rule", "truncated"));
        all.add(Map.of("rowPenalty.l1", "0.01", "rowPenalty.rule", "dual-averaging"));
        all.add(Map.of("rowPenalty.l1", "0.01", "rowPenalty.rule", "subgradient", "rowPenalty.kept", "0.5"));
        all.add(Map.of("table.kind", "hashed", "table.buckets", "60"));
        anchors(all);
        for (String policy : List.of("static", "set", "rigl", "dst-ee", "momentum", "pattern")) {
            all.add(Map.of("policy", policy));
        }
        all.add(Map.of("policy", "set", "growth.source", "positives"));
        all.add(Map.of("policy", "rigl", "growth.source", "positives", "prune.scope", "layer"));
        all.add(Map.of("policy", "pattern", "outputOptimizer.kind", "adamw"));
        for (String kind : List.of("dense", "bottleneck", "anchors")) {
            all.add(Map.of("output.kind", kind, "output.anchorLayer.count", "12"));
        }
        all.add(Map.of("output.weights", "bfloat16", "model.storedBits", "8"));
        all.add(Map.of(
                "output.order", "random-clusters", "clusterSize", "8", "auxiliary.weight", "0.5", "shortlist", "2"));
        all.add(Map.of("body.intermediate", "24", "intermediateFanIn", "6"));
        all.add(Map.of(
                "body.intermediate",
                "24",
                "intermediateFanIn",
                "6",
                "rewireIntermediate",
                "true",
                "ablation",
                "0.5",
                "bodyOptimizer.kind",
                "adamw"));
        all.add(Map.of("frozen", "table", "body.intermediate", "20"));
        all.add(Map.of("direct.candidates", "8"));
        all.add(Map.of("direct.candidates", "8", "model.storedBits", "8", "patience", "1"));
        all.add(Map.of(
                "direct.candidates",
                "8",
                "table.kind",
                "anchors",
                "table.anchors.count",
                "12",
                "output.kind",
                "anchors",
                "output.anchorLayer.count",
                "12",
                "model.storedBits",
                "8"));
        all.add(Map.of("association.slots", "10", "direct.candidates", "8", "negatives", "4", "storedBits", "8"));
        all.add(Map.of("association.slots", "10", "direct.candidates", "8", "model.embedding", "false"));
        return all.stream();
    }

    private static void anchors(List<Map<String, String>> all) {
        for (String rule : List.of("sgd", "adagrad", "row-adagrad", "adamw", "yogi")) {
            for (String layout : List.of("full", "sparse")) {
                Map<String, String> anchors = new HashMap<>();
                anchors.put("table.kind", "anchors");
                anchors.put("table.anchors.count", "12");
                anchors.put("table.anchors.layout", layout);
                anchors.put("table.anchors.links", layout.equals("full") ? "0" : "3");
                anchors.put("table.anchors.growth", "2");
                anchors.put("tableOptimizer.kind", rule);
                anchors.put("table.anchors.penalty.l1", "0.0005");
                all.add(anchors);
            }
        }
    }

    private static Examples examples() {
        return Planted.examples(600, LABELS, 1);
    }

    private static Examples heldOut() {
        return Planted.examples(150, LABELS, 2);
    }

    private static LabelConfig config(Map<String, String> settings) {
        return Settings.override(CONFIG, settings);
    }

    private CheckpointFolder checkpoints(Path root, LabelConfig config) {
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

    private Outcome run(
            LabelConfig config, Checkpoints checkpoints, TrainListener listener, int threads, boolean validated)
            throws IOException {
        LabelModel model = Planted.model(config.model(), LABELS);
        try (Workers workers = new Workers(threads)) {
            List<EpochReport> reports = new LabelTrainer(config.train(), config.rewire(), workers, listener, folder)
                    .keeping(checkpoints)
                    .train(model, examples(), validated ? Optional.of(heldOut()) : Optional.empty());
            Map<String, List<Byte>> files = new HashMap<>();
            files.put("parameters", bytes(model.tensors()));
            files.put("direct", bytes(model.direct().map(DirectArm::tensors).orElse(List.of())));
            files.put(
                    "calibration",
                    bytes(model.calibration().map(Calibration::tensors).orElse(List.of())));
            return new Outcome(List.copyOf(reports), files, model.mixture());
        }
    }

    private static List<Byte> bytes(List<Tensor> tensors) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(Channels.newChannel(out), tensors, Map.of());
        List<Byte> bytes = new ArrayList<>();
        for (byte each : out.toByteArray()) {
            bytes.add(each);
        }
        return bytes;
    }

    /** Stops after an epoch, or with the labels of the direct arm when it is past the last one. */
    private static TrainListener stoppingAfter(int epoch) {
        return new TrainListener() {
            @Override
            public void epoch(EpochReport report) {
                if (report.epoch() == epoch) {
                    throw new Stop();
                }
            }

            @Override
            public void direct(DirectArm arm) {
                if (epoch > EPOCHS) {
                    throw new Stop();
                }
            }
        };
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyBitIsThatOfAnUndisturbedRun(Map<String, String> settings) throws IOException {
        LabelConfig config = config(settings);
        Outcome undisturbed = run(config, Checkpoints.NONE, TrainListener.SILENT, 2, true);
        int stops = 0;
        for (int stop = 1; stop <= EPOCHS + 1; stop++) {
            Path root = folder.resolve("checkpoints-" + stop);
            try {
                run(config, checkpoints(root, config), stoppingAfter(stop), 1, true);
            } catch (Stop e) {
                stops++;
                Checkpoint newest = Checkpoint.find(root).newest().orElseThrow();
                Outcome resumed =
                        run(config, checkpoints(root, config).startingFrom(newest), TrainListener.SILENT, 2, true);
                assertThat(resumed).as("stopped after " + stop).isEqualTo(undisturbed);
            }
        }
        int epochs = (int) undisturbed.reports.stream()
                .filter(report -> report.epoch() > 0)
                .count();
        assertThat(stops).isEqualTo(epochs + (config.train().direct().isOn() ? 1 : 0));
    }

    @Test
    void aRunWithoutAValidationPartIsTakenUpToo() throws IOException {
        LabelConfig config = config(Map.of("direct.candidates", "8"));
        Outcome undisturbed = run(config, Checkpoints.NONE, TrainListener.SILENT, 2, false);
        Path root = folder.resolve("checkpoints");
        assertThatThrownBy(() -> run(config, checkpoints(root, config), stoppingAfter(2), 1, false))
                .isInstanceOf(Stop.class);
        Checkpoint newest = Checkpoint.find(root).newest().orElseThrow();
        assertThat(run(config, checkpoints(root, config).startingFrom(newest), TrainListener.SILENT, 1, false))
                .isEqualTo(undisturbed);
    }

    @Test
    void aRunIsTakenUpAgainAndAgain() throws IOException {
        LabelConfig config = config(Map.of("outputOptimizer.kind", "adamw"));
        Outcome undisturbed = run(config, Checkpoints.NONE, TrainListener.SILENT, 2, true);
        Path root = folder.resolve("checkpoints");
        assertThatThrownBy(() -> run(config, checkpoints(root, config), stoppingAfter(1), 1, true))
                .isInstanceOf(Stop.class);
        for (int stop = 2; stop <= EPOCHS; stop++) {
            TrainListener listener = stoppingAfter(stop);
            CheckpointFolder next = checkpoints(root, config)
                    .startingFrom(Checkpoint.find(root).newest().orElseThrow());
            assertThatThrownBy(() -> run(config, next, listener, 1, true)).isInstanceOf(Stop.class);
            assertThat(Checkpoint.find(root).newest().orElseThrow().number()).isEqualTo(stop);
        }
        Checkpoint last = Checkpoint.find(root).newest().orElseThrow();
        assertThat(run(config, checkpoints(root, config).startingFrom(last), TrainListener.SILENT, 1, true))
                .isEqualTo(undisturbed);
    }

    @Test
    void aStateOfAnotherShapeIsRefused() throws IOException {
        LabelConfig config = config(Map.of());
        Path root = folder.resolve("checkpoints");
        assertThatThrownBy(() -> run(config, checkpoints(root, config), stoppingAfter(1), 1, true))
                .isInstanceOf(Stop.class);
        LabelConfig other = config(Map.of("outputOptimizer.kind", "adamw"));
        CheckpointFolder wrong = checkpoints(root, other)
                .startingFrom(Checkpoint.find(root).newest().orElseThrow());
        assertThatThrownBy(() -> run(other, wrong, TrainListener.SILENT, 1, true))
                .hasMessageContaining("there is no tensor run.output.weightState.0.first");
    }
}
