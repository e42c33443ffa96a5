package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Numbers of anchors that are learned, and streams. Users like one half of the items and dislike the other. */
final class RateBudgetTest {

    private static final String ANCHORS = " --set users.kind=anchors --set items.kind=anchors"
            + " --set users.initialScale=1 --set items.initialScale=1 --set nonparametric.learned=true"
            + " --set budget.start=4 --set budget.rule=paper";

    @TempDir
    private Path folder;

    private Path ratings(String name, int size, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("userId,movieId,rating"));
        for (int i = 0; i < size; i++) {
            int user = random.nextInt(60);
            int item = random.nextInt(20);
            lines.add("u" + user + ",i" + item + "," + (user % 2 == item % 2 ? 4 : 2));
        }
        return Files.write(folder.resolve(name), lines);
    }

    /** A run of train for ratings, with more arguments that hold no spaces. */
    private Ran train(Path ratings, String model, String more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--task", "rate", "--train", ratings.toString()));
        arguments.addAll(List.of("--model", folder.resolve(model).toString(), "--dimension", "4"));
        arguments.addAll(List.of("--set", "batch=50", "--set", "optimizer.learningRate=0.02", "--set", "l2=0.02"));
        arguments.addAll(List.of(more.strip().split(" +")));
        return Ran.of(arguments.toArray(String[]::new));
    }

    @Test
    void numbersOfAnchorsAreLearned() throws IOException {
        Ran trained = train(ratings("train.csv", 900, 1), "m", "--max-epochs 6" + ANCHORS);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains(", objective 0.", "users 6 anchors");
        Path model = folder.resolve("m");
        JsonNode provenance =
                Ran.json(Files.readString(model.resolve("model.json"))).path("provenance");
        JsonNode history = provenance.path("history");
        assertThat(history.path(2).path("users").path("anchors").asInt()).isEqualTo(6);
        assertThat(history.path(0).path("objective").asDouble())
                .isGreaterThan(history.path(0).path("MSE").asDouble());
        int kept = history.path(provenance.path("bestEpoch").asInt() - 1)
                .path("items")
                .path("anchors")
                .asInt();
        JsonNode read = Ran.of("inspect", "--model", model.toString(), "--json").json();
        assertThat(read.path("items.anchors").asInt()).isEqualTo(kept);
    }

    @Test
    void aStreamIsReadChunkByChunk() throws IOException {
        Path items = Files.writeString(folder.resolve("items.csv"), "movieId,title,genres\ni1,Film the First,Odd\n");
        Ran online = train(
                ratings("stream.csv", 1500, 1), "m", "--items " + items + " --online --chunk 400 --json" + ANCHORS);
        assertThat(online.code()).as(online.err()).isZero();
        assertThat(online.err()).contains("chunks of 400 ratings", "chunk 4: loss", "held out MSE", "users 6 anchors");
        assertThat(online.json().path("epochs").asInt()).isEqualTo(4);
        assertThat(online.json().path("trainRatings").asInt()).isBetween(1250, 1450);
        String model = folder.resolve("m").toString();
        Path test = ratings("test.csv", 400, 2);
        Ran measured = Ran.of("evaluate", "--model", model, "--test", test.toString(), "--json");
        assertThat(measured.json().path("MSE").asDouble())
                .as("without vectors 1")
                .isLessThan(0.6);
        assertThat(Ran.of("recommend", "--model", model, "--user", "u1").out()).contains("Film the First");
    }

    @Test
    void aStreamNeedsAnchorsAndNothingToValidateOn() throws IOException {
        Path ratings = ratings("train.csv", 90, 1);
        refused(train(ratings, "m", "--online"), "must be anchors, which gain rows");
        refused(train(ratings, "m", "--set nonparametric.learned=true"), "must be anchors, got DENSE and DENSE");
        refused(train(ratings, "m", "--chunk 9"), "--chunk has no effect without --online");
        refused(
                train(ratings, "m", "--online --validate " + ratings + ANCHORS),
                "--validate has no effect with --online");
    }

    private static void refused(Ran ran, String reason) {
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(reason);
    }
}
