package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.plan.JavaMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class PlanTest {

    @TempDir
    private Path folder;

    private List<String> arguments(String command, String... more) throws IOException {
        Path train = folder.resolve("train.tsv");
        if (!Files.exists(train)) {
            TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        }
        Path names = TinyData.labelNames(folder);
        List<String> arguments = new ArrayList<>(
                List.of(command, "--train", train.toString(), "--labels", names.toString(), "--threads", "2"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private Ran run(String command, String... more) throws IOException {
        return Ran.of(arguments(command, more).toArray(String[]::new));
    }

    private static long size(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void programsReadWhatARunWillTake() throws IOException {
        Ran ran = run("plan", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode plan = ran.json();
        assertThat(plan.path("labels").asInt()).isEqualTo(TinyData.LABELS);
        assertThat(plan.path("peakRssBytes").asLong()).isBetween(100_000_000L, 400_000_000L);
        assertThat(plan.path("leastMemoryBytes").asLong()).isBetween(JavaMachine.OUTSIDE, 250_000_000L);
        assertThat(plan.path("seconds").asDouble()).isPositive();
        long sum = 0;
        for (JsonNode part : plan.path("model")) {
            sum += part.asLong();
        }
        assertThat(plan.path("modelBytes").asLong()).isEqualTo(sum).isPositive();
        assertThat(plan.at("/memory/embedding/input table").asLong()).isPositive();
        assertThat(plan.at("/time/direct/seconds").asDouble()).isPositive();
        assertThat(plan.path("changes").isEmpty()).isTrue();
    }

    @Test
    void peopleReadWhereTheMemoryGoes() throws IOException {
        Ran ran =
                run("plan", "--preset", "small", "--model", folder.resolve("m").toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("examples to learn from, ", "Memory, MB", "java machine", "candidates", "Time, s")
                .contains("Model, MB", "Peak memory ", "the least --max-memory for these settings", "Temporary files ")
                .doesNotContain("optimizer state");
        assertThat(ran.err()).doesNotContain("to fit:", "has room for");
    }

    @Test
    void theModelFitsAndTheSettingsGivenUpAreThoseThatPlanNames() throws IOException {
        String[] wide = {"--preset", "base", "--set", "storedBits=32", "--max-epochs", "1"};
        List<String> more = new ArrayList<>(List.of(wide));
        Path free = folder.resolve("free");
        more.addAll(List.of("--model", free.toString()));
        assertThat(run("train", more.toArray(String[]::new)).code()).isZero();
        long before = size(free);

        List<String> bounded = new ArrayList<>(List.of("--preset", "base", "--max-epochs", "1", "--json"));
        bounded.addAll(List.of("--max-model-size", before * 3 / 4 / 1000 + "k"));
        Ran planned = run("plan", bounded.toArray(String[]::new));
        assertThat(planned.code()).as(planned.err()).isZero();

        Path model = folder.resolve("model");
        bounded.addAll(List.of("--model", model.toString()));
        Ran trained = run("train", bounded.toArray(String[]::new));
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(size(model)).isLessThanOrEqualTo(before * 3 / 4);
        assertThat(planned.json().path("modelBytes").asLong()).isCloseTo(size(model), Percentage.withPercentage(15));
        JsonNode manifest = Ran.json(Files.readString(model.resolve("model.json")));
        for (JsonNode change : planned.json().path("changes")) {
            String setting = change.path("setting").asString();
            String now = change.path("now").asString();
            assertThat(trained.err()).contains("to fit: " + setting + " is " + now);
            assertThat(manifest.at("/settings/" + setting.replace('.', '/')).asString())
                    .isEqualTo(now);
        }
    }

    @Test
    void whereNothingFitsTheSmallestBudgetIsNamedBeforeAnythingIsTrained() throws IOException {
        Path model = folder.resolve("model");
        Ran ran = run("train", "--model", model.toString(), "--max-model-size", "1k");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("nothing fits", " --max-model-size ").doesNotContain("training with");
        assertThat(model).doesNotExist();
        String smallest = ran.err().replaceAll("(?s).*--max-model-size ([0-9]+[km]).*", "$1");
        assertThat(run("plan", "--max-model-size", smallest).code()).isZero();

        Ran memory = run("plan", "--max-memory", "30m");
        assertThat(memory.code()).isEqualTo(2);
        assertThat(memory.err()).contains("at least --max-memory 1");
    }

    @Test
    void aHeapThatCouldGrowPastTheLimitIsRefused() throws IOException {
        Ran ran = run("train", "--model", folder.resolve("model").toString(), "--max-memory", "300m");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("leaves a heap of 150 MB", "or with -Xmx146484k");
        long enough = Runtime.getRuntime().maxMemory() / 1_000_000 + 400;
        Path model = folder.resolve("model");
        Ran held = run("train", "--preset", "small", "--model", model.toString(), "--max-memory", enough + "m");
        assertThat(held.code()).as(held.err()).isZero();
        assertThat(held.err()).contains("the settings fit as they are");
    }

    @Test
    void aModelThatRatesIsPlannedAsItIsTrained() throws IOException {
        Path ratings = folder.resolve("ratings.csv");
        StringBuilder lines = new StringBuilder("user,item,rating\n");
        for (int pair = 0; pair < 2000; pair++) {
            lines.append(pair * 7 % 60)
                    .append(",i")
                    .append(pair % 47)
                    .append(',')
                    .append(1 + pair % 5)
                    .append('\n');
        }
        Files.writeString(ratings, lines);
        String[] rated = {"--task", "rate", "--train", ratings.toString(), "--dimension", "8", "--max-epochs", "2"};
        List<String> planned = new ArrayList<>(List.of("plan"));
        planned.addAll(List.of(rated));
        Ran people = Ran.of(planned.toArray(String[]::new));
        assertThat(people.code()).as(people.err()).isZero();
        assertThat(people.out())
                .contains(" ratings to learn from, ", " to validate on, 60 users, 47 items")
                .contains("optimizer state", "learning", "what users have rated", "Peak memory ");

        planned.add("--json");
        Ran programs = Ran.of(planned.toArray(String[]::new));
        Path model = folder.resolve("rated");
        List<String> trained = new ArrayList<>(List.of("train", "--model", model.toString()));
        trained.addAll(List.of(rated));
        assertThat(Ran.of(trained.toArray(String[]::new)).code()).isZero();
        JsonNode plan = programs.json();
        assertThat(plan.path("modelBytes").asLong()).isCloseTo(size(model), Percentage.withPercentage(15));
        assertThat(plan.at("/memory/learning/ratings").asLong()).isEqualTo(5 * 2000);
        assertThat(plan.at("/time/learning/seconds").asDouble()).isPositive();
        assertThat(plan.path("users").asInt()).isEqualTo(60);
        assertThat(plan.path("checkpointBytes").asLong())
                .isGreaterThan(3 * plan.path("temporaryBytes").asLong());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plan | missing --train F...",
                "plan --task rate --train a --online --set users.kind=anchors --set items.kind=anchors"
                        + " | plan reads the files as a whole",
                "plan --task rate --train a --relations items=pom.xml | plan does not read what tables",
                "plan --train a --dimension 8 | --dimension has no effect on a model of task tag",
                "plan --train a --max-memory 600 | must be a size above 0 such as 600m or 2g, got '600'",
                "plan --train a --max-memory 0m | must be a size above 0",
                "plan --train a --max-time 0s | must be a time above 0",
                "train --train a --model m --tune 1m --max-time 1m | --tune chooses settings, and so do --max-memory",
            })
    void wrongUsageIsToldInOneLine(String arguments, String message) {
        Ran ran = Ran.of(arguments.split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("longtail: ").contains(message);
        assertThat(ran.err().lines()).hasSize(1);
    }
}
