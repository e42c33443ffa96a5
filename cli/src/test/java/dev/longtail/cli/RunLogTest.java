package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.train.EpochReport;
import dev.longtail.train.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RunLogTest {

    @TempDir
    private Path folder;

    private int examples = 400;

    @Test
    void theCourseOfARunIsWritten() throws IOException {
        Path log = folder.resolve("run.jsonl");
        JsonNode trained = train(
                        log,
                        "--max-epochs",
                        "4",
                        "--set",
                        "validationFraction=0",
                        "--set",
                        "validationExamples=80",
                        "--set",
                        "rewire.interval=3")
                .json();
        List<JsonNode> run = lines(log, "run");
        assertThat(run).hasSize(1);
        // 320 examples in batches of 64.
        assertThat(run.get(0).path("steps").asLong()).isEqualTo(4 * 5);
        assertThat(run.get(0).path("labels").asInt()).isEqualTo(TinyData.LABELS);
        assertThat(run.get(0).at("/settings/rewire/interval").asInt()).isEqualTo(3);

        List<JsonNode> steps = lines(log, "step");
        assertThat(steps).extracting(line -> line.path("step").asLong()).startsWith(1L, 2L, 3L);
        // A fifth of 16 slots, rounded down, of each of 20 labels; until two thirds of the 20 steps.
        assertThat(steps)
                .filteredOn(line -> line.path("moved").asLong() > 0)
                .extracting(line -> line.path("step").asLong())
                .startsWith(3L, 6L)
                .allSatisfy(step -> assertThat(step % 3).isZero());
        assertThat(steps).allSatisfy(line -> {
            assertThat(line.path("loss").asDouble()).isPositive();
            assertThat(line.path("encoderGradient").isNumber()).isTrue();
            assertThat(line.path("auxiliaryWeight").isNumber()).isTrue();
        });

        List<JsonNode> epochs = lines(log, "epoch");
        assertThat(epochs).hasSize(trained.path("epochs").asInt());
        assertThat(epochs.get(0).path("P@1").asDouble()).isBetween(0.0, 1.0);
        double firstEpoch = steps.stream()
                .limit(5)
                .mapToDouble(line -> line.path("loss").asDouble())
                .average()
                .orElseThrow();
        assertThat(epochs.get(0).path("loss").asDouble()).isCloseTo(firstEpoch, within(1e-9));
        long moved =
                steps.stream().mapToLong(line -> line.path("moved").asLong()).sum();
        assertThat(trained.path("moved").asLong()).isEqualTo(moved).isPositive();
        assertThat(trained.path("secondsPerEpoch").asDouble())
                .isPositive()
                .isLessThan(trained.path("seconds").asDouble());
        assertThat(trained.path("cpuSecondsPerEpoch").isNumber()).isTrue();
    }

    @Test
    void anExistingFileIsKeptUnlessItMayBeOverwritten() throws IOException {
        Path log = Files.writeString(folder.resolve("run.jsonl"), "mine");
        Ran refused = train(log);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--log " + log + " exists").contains("--overwrite");
        assertThat(log).hasContent("mine");
        assertThat(train(log, "--overwrite").code()).isZero();
        assertThat(lines(log, "run")).hasSize(1);
    }

    @Test
    void neighbouringStepsShareALine() throws IOException {
        Path log = folder.resolve("run.jsonl");
        examples = 401;
        // 401 examples one by one, 5 epochs: 2,005 steps, two a line; connections move at odd steps, in the middle of
        // what would be a line.
        Ran ran = train(
                log,
                "--set",
                "batch=1",
                "--set",
                "rewire.interval=401",
                "--set",
                "validationFraction=0",
                "--max-epochs",
                "5");
        assertThat(ran.code()).isZero();
        assertThat(lines(log, "run").get(0).path("stepsALine").asLong()).isEqualTo(2);
        List<JsonNode> steps = lines(log, "step");
        assertThat(steps).hasSizeBetween(1002, 1008);
        assertThat(steps.get(0).path("step").asLong()).isEqualTo(2);
        assertThat(steps.stream().mapToLong(line -> line.path("steps").asLong()).sum())
                .isEqualTo(2005);
        assertThat(steps)
                .filteredOn(line -> line.path("moved").asLong() > 0)
                .extracting(line -> line.path("step").asLong() % 401)
                .isNotEmpty()
                .containsOnly(0L);
    }

    @Test
    void armsThatTakeNoStepsHaveALineEach() throws IOException {
        Path log = folder.resolve("run.jsonl");
        Ran ran = train(
                log, "--set", "model.embedding=false", "--set", "association.slots=9", "--set", "direct.candidates=5");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readAllLines(log))
                .extracting(line -> Ran.json(line).path("kind").asString())
                .containsExactly("run", "association", "direct", "mixture");
        assertThat(lines(log, "run").get(0).path("steps").asLong()).isZero();
        assertThat(lines(log, "association").get(0).path("connections").asLong())
                .isPositive();
        JsonNode mixture = lines(log, "mixture").get(0);
        assertThat(mixture.path("association").asDouble()
                        + mixture.path("direct").asDouble())
                .isCloseTo(1, within(1e-6));
        assertThat(mixture.path("embedding").asDouble()).isZero();
        assertThat(ran.json().path("epochs").asInt()).isZero();
        assertThat(ran.json().path("secondsPerEpoch").asDouble()).isZero();
    }

    @Test
    void anEpochLastsUntilItsLastStep() {
        long[] clock = {0};
        EpochTimes times = new EpochTimes(() -> clock[0] * 1_000_000_000, () -> 2 * clock[0] * 1_000_000_000);
        for (int[] epoch : new int[][] {{10, 3}, {4, 1}, {6, 2}}) {
            clock[0] += epoch[0];
            times.step(new StepRecord(1, 0, 1, 0, 0, 0, 0, 1, 1));
            clock[0] += epoch[1];
            times.epoch(new EpochReport(1, 0, 0, 0, 0, Optional.empty(), true));
        }
        assertThat(times.last()).isEqualTo(new EpochTimes.Time(6, 12));
        assertThat(times.median()).isEqualTo(new EpochTimes.Time(6, 12));
        clock[0] += 8;
        times.step(new StepRecord(1, 0, 1, 0, 0, 0, 0, 1, 1));
        times.epoch(new EpochReport(1, 0, 0, 0, 0, Optional.empty(), true));
        assertThat(times.median()).isEqualTo(new EpochTimes.Time(7, 14));
    }

    private Ran train(Path log, String... more) throws IOException {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        for (int i = 400; i < examples; i++) {
            Files.writeString(train, TinyData.text(1, 1) + "\t<" + TinyData.id(1) + ">\n", StandardOpenOption.APPEND);
        }
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train",
                train.toString(),
                "--model",
                folder.resolve("model").toString(),
                "--log",
                log.toString(),
                "--json",
                "--threads",
                "2"));
        arguments.addAll(TinyData.SETTINGS);
        arguments.addAll(List.of(more));
        return Ran.of(arguments.toArray(String[]::new));
    }

    private static List<JsonNode> lines(Path log, String kind) throws IOException {
        return Files.readAllLines(log).stream()
                .map(Ran::json)
                .filter(line -> line.path("kind").asString().equals(kind))
                .toList();
    }
}
