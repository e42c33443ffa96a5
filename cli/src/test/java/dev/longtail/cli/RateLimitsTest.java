package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Limits on memory, size and time of models of task rate. */
final class RateLimitsTest {

    @TempDir
    private Path folder;

    private Path ratings() throws IOException {
        Path file = folder.resolve("ratings.csv");
        if (!Files.exists(file)) {
            Random random = new Random(1);
            List<String> lines = new ArrayList<>(List.of("user,item,rating"));
            for (int i = 0; i < 4000; i++) {
                int user = random.nextInt(600);
                int item = random.nextInt(200);
                lines.add("u" + user + ",i" + item + "," + ((user % 2 == item % 2 ? 4 : 2) + random.nextInt(2)));
            }
            Files.write(file, lines);
        }
        return file;
    }

    /** A run of train or plan for ratings, with more arguments that hold no spaces. */
    private String[] arguments(String command, String more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(command, "--task", "rate", "--train", ratings().toString(), "--threads", "2"));
        if (command.equals("train")) {
            arguments.addAll(List.of("--model", model().toString()));
        }
        arguments.addAll(List.of(more.strip().split(" +")));
        return arguments.toArray(String[]::new);
    }

    private Ran run(String command, String more) throws IOException {
        return Ran.of(arguments(command, more));
    }

    private Path model() {
        return folder.resolve("model");
    }

    private static long size(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--set solver=variational", "--set users.kind=anchors --set items.kind=anchors"})
    void theModelFitsAndTheSettingsGivenUpAreThoseThatPlanNames(String settings) throws IOException {
        String held = "--max-epochs 3 " + settings;
        long all = run("plan", "--json " + held).json().path("modelBytes").asLong();
        long limit = all * 7 / 10 / 1000;
        String bounded = "--json --max-model-size " + limit + "k " + held;
        Ran planned = run("plan", bounded);
        assertThat(planned.code()).as(planned.err()).isZero();
        Ran trained = run("train", bounded);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(size(model())).isLessThanOrEqualTo(limit * 1000);
        assertThat(trained.json().path("modelBytes").asLong()).isEqualTo(size(model()));
        assertThat(trained.err()).doesNotContain("was missed");
        JsonNode plan = planned.json();
        assertThat(plan.path("modelBytes").asLong()).isCloseTo(size(model()), Percentage.withPercentage(15));
        JsonNode manifest = Ran.json(Files.readString(model().resolve("model.json")));
        assertThat(plan.path("changes").isEmpty()).isFalse();
        for (JsonNode change : plan.path("changes")) {
            String setting = change.path("setting").asString();
            String now = change.path("now").asString();
            String said = "to fit: " + setting + " is " + now + " in place of "
                    + change.path("before").asString();
            assertThat(planned.err()).contains(said);
            assertThat(trained.err()).contains(said);
            assertThat(manifest.at("/settings/" + setting.replace('.', '/')).asString())
                    .isEqualTo(now);
        }
    }

    @Test
    void whereNothingFitsTheSmallestBudgetIsNamedBeforeAnythingIsTrained() throws IOException {
        Ran ran = run("train", "--max-model-size 1k --dimension 8");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("nothing fits", " --max-model-size ", "those that were given by hand are held")
                .doesNotContain("training with");
        assertThat(model()).doesNotExist();
        String smallest = ran.err().replaceAll("(?s).*--max-model-size ([0-9]+[km]).*", "$1");
        assertThat(run("train", "--max-epochs 2 --dimension 8 --max-model-size " + smallest)
                        .code())
                .isZero();
        assertThat(size(model())).isLessThanOrEqualTo(ByteSize.of(smallest).bytes());

        Ran memory = run("plan", "--max-memory 30m");
        assertThat(memory.code()).isEqualTo(2);
        assertThat(memory.err()).contains("at least --max-memory 1");
        // four thousand million ratings: no machine learns so many in a second
        Ran time = run("plan", "--max-time 1s --max-model-size 100m --max-epochs 1000000");
        assertThat(time.code()).isEqualTo(2);
        assertThat(time.err()).containsPattern("at least --max-model-size 100m --max-time [0-9]{2,}s");
    }

    @Test
    void aRunThatFitsIsLeftAsItIs() throws IOException {
        long enough = Runtime.getRuntime().maxMemory() / 1_000_000 + 400;
        Ran ran = run("train", "--max-epochs 2 --max-time 10m --max-memory " + enough + "m");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("the settings fit as they are").doesNotContain("to fit:", "was missed");

        Ran people = run("plan", "--max-epochs 2 --max-memory " + enough + "m");
        assertThat(people.err()).contains("the settings fit as they are");
        assertThat(people.out()).contains("the least --max-memory for these settings 1");
    }

    @Test
    void aHeapThatCouldGrowPastTheLimitIsRefused() throws IOException {
        Ran ran = run("train", "--max-memory 300m");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("leaves a heap of 150 MB", "or with -Xmx146484k");
        assertThat(model()).doesNotExist();
    }

    @Test
    void timeIsGivenUpInEpochs() throws IOException {
        // epochs are not held in a file of settings that names others
        Path settings = Files.writeString(folder.resolve("slow.properties"), "train.batch = 1\ntrain.patience = 9\n");
        String slow = "--config " + settings + " --max-time ";
        double all = run("plan", "--json --config " + settings)
                .json()
                .at("/time/learning/seconds")
                .asDouble();
        Ran ran = run("plan", "--json " + slow + (int) Math.max(4, all / 2 + 4) + "s");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().path("seconds").asDouble()).isLessThan(Math.max(4, all / 2 + 4));
    }

    @Test
    void aRunThatWasMadeToFitGoesOnWithItsSettings() throws Exception {
        String bounded = "--max-model-size 60k --set patience=60 --set maxEpochs=60 --checkpoint-every 0";
        Ran interrupted = Ran.interruptedAfter("epoch 3 ", arguments("train", bounded));
        assertThat(interrupted.code()).as(interrupted.err()).isEqualTo(Failures.INTERRUPTED);
        assertThat(interrupted.err()).contains("to fit: model.users.dimension is ");
        // the limit is not asked for again, and another one changes nothing
        Ran resumed = run("train", "--resume " + bounded.replace("60k", "1k"));
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.err())
                .contains("going on from ", "--max-model-size was missed")
                .doesNotContain("to fit");
        Path first = Files.move(model(), folder.resolve("resumed"));
        assertThat(run("train", bounded).code()).isZero();
        assertThat(ModelSums.of(first)).isEqualTo(ModelSums.of(model()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--online --set users.kind=anchors --set items.kind=anchors --max-memory 9g"
                        + " | --online reads a stream, whose size is not known before",
                "--set items.kind=anchors --set items.anchors.start.strategy=frequency --relations items=pom.xml"
                        + " --max-time 9m | do not count what tables of task rate are given",
                "--max-model-size 600 | must be a size above 0 such as 600m or 2g, got '600'",
            })
    void wrongUsageIsToldInOneLine(String more, String message) {
        Ran ran = Ran.of(("train --task rate --train a --model m " + more).split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("longtail: ").contains(message);
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void numbersOfAnchorsThatAreLearnedAreNotBounded() throws IOException {
        Ran ran = run(
                "train",
                "--max-model-size 90m --set users.kind=anchors --set nonparametric.learned=true --max-epochs 2");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("train.nonparametric.learned, where a run is planned, must be false");
        assertThat(model()).doesNotExist();
    }
}
