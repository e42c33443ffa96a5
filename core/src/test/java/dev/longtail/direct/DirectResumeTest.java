package dev.longtail.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.format.Checkpoint;
import dev.longtail.format.CheckpointFolder;
import dev.longtail.format.Safetensors;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.parallel.Workers;
import dev.longtail.train.Checkpoints.Moment;
import dev.longtail.train.Checkpoints.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Training of a direct arm that is stopped between any two labels and taken up there. */
class DirectResumeTest {

    private static final int LABELS = 6;
    private static final DirectConfig CONFIG = new DirectConfig(5, 1, 1, 0.05f, 20, 0.01f, 0.5f);

    @TempDir
    Path folder;

    private static DirectTraining.Source source() {
        SplittableRandom random = new SplittableRandom(4);
        SparseRows features = new SparseRows(100, 200);
        IdLists labels = new IdLists(100, 1);
        FewIds candidates = new FewIds(100, 5, LABELS);
        for (int example = 0; example < 100; example++) {
            int label = example % 5;
            features.add(new int[] {label, 5 + random.nextInt(20)}, new float[] {0.8f, 0.6f}, 2);
            labels.add(new int[] {label}, 1);
            candidates.set(example, new int[] {0, 1, 2, 3, 4}, 5);
        }
        return new DirectTraining.Source(features, 25, labels, LABELS, candidates);
    }

    private static byte[] bytes(DirectArm arm) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(Channels.newChannel(out), arm.tensors(), Map.of());
        return out.toByteArray();
    }

    private CheckpointFolder checkpoints(Path root) {
        return new CheckpointFolder(
                root,
                JsonNodeFactory.instance.objectNode(),
                Map.of(),
                new CheckpointFolder.Pace(Duration.ZERO, System::nanoTime),
                new CheckpointFolder.Listener() {
                    @Override
                    public void kept(Path checkpoint, Moment moment) {}

                    @Override
                    public void failed(IOException failure) {
                        throw new AssertionError(failure);
                    }
                });
    }

    @Test
    void theArmIsTheSameWhereverItWasStopped() throws IOException {
        try (Workers workers = new Workers(2)) {
            byte[] undisturbed = bytes(new DirectTraining(CONFIG, 7, workers).train(source(), done -> {}));
            DirectTraining byLabel = new DirectTraining(CONFIG, 7, workers, 1);
            for (int stop = 1; stop <= LABELS - 1; stop++) {
                DirectTraining.Run first = byLabel.start(source());
                while (first.done() < stop) {
                    first.trainSome();
                }
                Path root = folder.resolve("after" + first.done());
                checkpoints(root).keep(new Moment(Stage.DIRECT, first.done()), first);
                CheckpointFolder kept = checkpoints(root)
                        .startingFrom(Checkpoint.find(root).newest().orElseThrow());
                DirectTraining.Run second = byLabel.start(source());
                second.carry("run", kept.resume().orElseThrow());
                kept.resumed();
                assertThat(second.done()).isEqualTo(first.done()).isEqualTo(stop);
                while (!second.isDone()) {
                    second.trainSome();
                }
                assertThat(bytes(second.arm())).isEqualTo(undisturbed);
            }
        }
    }
}
