package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Task rate, from files of ratings to recommendations. Users like one half of the items and dislike the other. */
final class RateTest {

    private static final int USERS = 60;
    private static final int ITEMS = 20;

    @TempDir
    private Path folder;

    /** A rating is 5 or 4 where user and item are both even or both odd, otherwise 1 or 2. */
    private Path ratings(String name, int size, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("userId,movieId,rating,timestamp"));
        for (int i = 0; i < size; i++) {
            int user = random.nextInt(USERS);
            int item = random.nextInt(ITEMS);
            boolean likes = user % 2 == item % 2;
            int rating = likes ? 5 - random.nextInt(2) : 1 + random.nextInt(2);
            lines.add("u" + user + ",i" + item + "," + rating + "," + (1000 + i));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private Path items() throws IOException {
        List<String> lines = new ArrayList<>(List.of("movieId,title,genres"));
        for (int item = 0; item < ITEMS; item++) {
            lines.add("i" + item + ",\"Film, the " + item + "th\"," + (item % 2 == 0 ? "Even|All" : "Odd|All"));
        }
        return Files.write(folder.resolve("items.csv"), lines);
    }

    private Path model(String... more) throws IOException {
        Path model = folder.resolve("model");
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--task",
                "rate",
                "--train",
                ratings("train.csv", 900, 1).toString(),
                "--items",
                items().toString(),
                "--model",
                model.toString(),
                "--dimension",
                "4",
                "--set",
                "batch=50",
                "--set",
                "optimizer.learningRate=0.02",
                "--set",
                "l2=0.02"));
        arguments.addAll(List.of(more));
        Ran ran = Ran.of(arguments.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        return model;
    }

    @Test
    void aModelIsTrainedAndMeasured() throws IOException {
        Path train = ratings("train.csv", 900, 1);
        Path model = folder.resolve("m");
        Ran ran = Ran.of(
                "train",
                "--task",
                "rate",
                "--train",
                train.toString(),
                "--model",
                model.toString(),
                "--json",
                "--max-epochs",
                "30",
                "--set",
                "batch=50",
                "--set",
                "optimizer.learningRate=0.02",
                "--seed",
                "3",
                "--set",
                "data.validationFraction=0.2");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode json = ran.json();
        assertThat(json.path("MSE").asDouble()).isBetween(0.1, 0.8);
        assertThat(json.path("RMSE").asDouble())
                .isCloseTo(Math.sqrt(json.path("MSE").asDouble()), within(1e-9));
        assertThat(json.path("parameters").asInt()).isEqualTo(17 * (USERS + ITEMS));
        assertThat(json.path("tableParameters").asInt()).isEqualTo(16 * (USERS + ITEMS));
        assertThat(json.path("trainRatings").asInt()).isBetween(650, 790);
        assertThat(ran.err()).contains("60 users, 20 items", "epoch 1 of at most 30: loss", "(best so far)");

        Path test = ratings("test.csv", 400, 2);
        Ran measured = Ran.of("evaluate", "--model", model.toString(), "--test", test.toString(), "--json");
        assertThat(measured.json().path("MSE").asDouble()).isBetween(0.1, 0.8);
        assertThat(measured.json().path("ratings").asInt()).isEqualTo(400);
        assertThat(measured.json().path("modelBytes").asLong())
                .isEqualTo(json.path("modelBytes").asLong());
        Ran table = Ran.of("evaluate", "--model", model.toString(), "--test", test.toString());
        assertThat(table.out()).contains("ratings of items with so many in training", "RMSE", "MAE", "Measured in");

        Path unknown = Files.writeString(folder.resolve("u.csv"), "user,item,rating\nnew,i1,3\nu1,new,3\n");
        Ran strange = Ran.of("evaluate", "--model", model.toString(), "--test", unknown.toString());
        assertThat(strange.out()).contains("1 ratings are of users and 1 of items that the model does not know");
    }

    @Test
    void theSameSeedWritesTheSameBytes() throws IOException {
        Path one = model();
        Path two = folder.resolve("two");
        Files.move(one, two);
        model("--threads", "1");
        for (String name : List.of("parameters.safetensors", "seen.safetensors", "users.tsv", "items.tsv")) {
            assertThat(Files.mismatch(one.resolve(name), two.resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
    }

    @Test
    void pairsGetTheirRatingsInTheirOrder() throws IOException {
        Path model = model();
        Ran ran = Ran.with("u1,i1\nu1,i2\nnobody,i2\nu1,nothing\n", "predict", "--model", model.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        List<String> lines = ran.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).matches("u1\ti1\t[45]\\.[0-9]{4}");
        assertThat(lines.get(1)).matches("u1\ti2\t[12]\\.[0-9]{4}");
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), "item,user\ni1,u1\ni2,nobody\n");
        Ran objects = Ran.of("predict", "--model", model.toString(), "--input", pairs.toString(), "--json");
        assertThat(objects.out().lines().toList().get(0))
                .contains("\"user\":\"u1\",\"item\":\"i1\",\"name\":\"Film, the 1th\"", "\"userKnown\":true");
        assertThat(objects.out().lines().toList().get(1)).contains("\"userKnown\":false,\"itemKnown\":true");
        Ran wrong = Ran.with("u1,i1\nu1\n", "predict", "--model", model.toString());
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.out().lines()).hasSize(1);
        assertThat(wrong.err()).contains("standard input:2: expected at least 2 fields, got 1");
    }

    private static List<String> ids(Ran ran) {
        assertThat(ran.code()).as(ran.err()).isZero();
        return StreamSupport.stream(ran.json().path("items").spliterator(), false)
                .map(item -> item.path("id").asString(""))
                .toList();
    }

    @Test
    void likedItemsAreRecommended() throws IOException {
        Path model = model();
        List<String> all =
                ids(Ran.of("recommend", "--model", model.toString(), "--user", "u1", "--json", "--include-rated"));
        assertThat(all).hasSize(10).allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 1);
        List<String> rated = Files.readAllLines(folder.resolve("train.csv")).stream()
                .filter(line -> line.startsWith("u1,"))
                .map(line -> line.split(",")[1])
                .toList();
        List<String> fresh =
                ids(Ran.of("recommend", "--model", model.toString(), "--user", "u1", "--json", "--top", "20"));
        // a twentieth of the ratings were held out, so a few of the rated ones are not known to be
        assertThat(fresh).hasSizeBetween(ITEMS - rated.size(), ITEMS - rated.size() + 4);
        List<String> without = ids(Ran.of(
                "recommend",
                "--model",
                model.toString(),
                "--user",
                "u1",
                "--json",
                "--top",
                "20",
                "--ratings",
                folder.resolve("train.csv").toString()));
        assertThat(without).isNotEmpty().doesNotContainAnyElementsOf(rated);
        Ran text = Ran.of("recommend", "--model", model.toString(), "--user", "u1", "--top", "1");
        assertThat(text.out().strip()).matches("[0-9.]+\ti[0-9]+\tFilm, the [0-9]+th");
    }

    @Test
    void aNewUserIsFoldedIn() throws IOException {
        Path model = model("--set", "data.validationFraction=0");
        Path mine = Files.writeString(folder.resolve("mine.csv"), "item,rating\ni0,1\ni3,5\ni5,5\ni8,2\nother,3\n");
        Ran ran = Ran.of("recommend", "--model", model.toString(), "--ratings", mine.toString(), "--json");
        List<String> found = ids(ran);
        assertThat(ran.err()).contains("1 of 5 ratings are of items that the model does not know");
        assertThat(ran.json().has("user")).isFalse();
        assertThat(found).hasSize(10).doesNotContain("i0", "i3", "i5", "i8");
        assertThat(found.subList(0, 8)).allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 1);
        Path two = Files.writeString(folder.resolve("two.csv"), "user,item,rating\na,i0,1\nb,i0,1\n");
        Ran wrong = Ran.of("recommend", "--model", model.toString(), "--ratings", two.toString());
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err()).contains("two.csv:3: user b after user a; without --user the file must hold");
        Path strange = Files.writeString(folder.resolve("strange.csv"), "item,rating\nx,1\n");
        assertThat(Ran.of("recommend", "--model", model.toString(), "--ratings", strange.toString())
                        .err())
                .contains("holds no rating of an item that the model knows");
    }

    @Test
    void withoutSeenItemsTheUserIsTold() throws IOException {
        Path model = model("--set", "keepSeen=false");
        Ran ran = Ran.of("recommend", "--model", model.toString(), "--user", "u1");
        assertThat(ran.err()).contains("the model does not keep what users have rated");
        assertThat(ran.out().lines()).hasSize(10);
        assertThat(model.resolve("seen.safetensors")).doesNotExist();
        Ran nobody = Ran.of("recommend", "--model", model.toString(), "--user", "nobody");
        assertThat(nobody.code()).isEqualTo(3);
        assertThat(nobody.err()).contains("knows no user nobody");
    }

    @Test
    void aModelOfAnchorsIsTrainedAndUsed() throws IOException {
        Path model = model(
                "--set",
                "users.kind=anchors",
                "--set",
                "items.kind=anchors",
                "--set",
                "users.anchors.count=6",
                "--set",
                "items.anchors.count=5");
        Ran inspected = Ran.of("inspect", "--model", model.toString());
        assertThat(inspected.out()).contains("users in a table of 6 anchors", "items in a table of 5 anchors");
        JsonNode json = Ran.of("inspect", "--model", model.toString(), "--json").json();
        assertThat(json.path("items.anchors").asInt()).isEqualTo(5);
        Path mine = Files.writeString(folder.resolve("mine.csv"), "item,rating\ni0,1\ni3,5\n");
        assertThat(ids(Ran.of("recommend", "--model", model.toString(), "--ratings", mine.toString(), "--json")))
                .hasSize(10);
    }

    @Test
    void inspectShowsWhatIsInAModel() throws IOException {
        Path model = model("--set", "items.kind=hashed", "--set", "items.buckets=7");
        Ran ran = Ran.of("inspect", "--model", model.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        "A model of task rate: 60 users, 20 items,",
                        "users in a dense table of dimension 4, items in a hashed table of 7 rows of dimension 4,"
                                + " biases",
                        "60 x 4",
                        "7 x 4",
                        "Items with most training ratings",
                        "model.items.kind = hashed",
                        "validation MSE");
        JsonNode json = Ran.of("inspect", "--model", model.toString(), "--json").json();
        assertThat(json.path("task").asString("")).isEqualTo("rate");
        assertThat(json.path("parameters").asInt()).isEqualTo(4 * (60 + 7) + 80);
        assertThat(json.path("settings")
                        .path("model")
                        .path("items")
                        .path("buckets")
                        .asInt())
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --task rate --train f --model m --preset small | --preset has no effect on a model of task rate",
                "train --task rate --train f --model m --labels l | --labels has no effect on a model of task rate",
                "train --task rate --train f --model m --tune 5m | --tune has no effect on a model of task rate",
                "train --train f --model m --items i          | --items has no effect on a model of task tag",
                "train --task rate --train f                  | missing --model DIR",
                "train --task rate --train f --model m --dimension 0 | dimension must be at least 1, got 0",
                "train --task rate --train f --model m --set users.dimension=3 | items.dimension must be that of the",
                "train --task rate --train f --model m --set fanIn=3 | unknown setting fanIn",
                "recommend --model m                          | give --user ID, or --ratings F",
                "recommend --model m --user u --top 0         | --top must be at least 1, got 0",
                "recommend --user u                           | missing required option: '--model=DIR'",
            })
    void wrongUsageEndsInOneLineAndCodeTwo(String arguments, String message) {
        Ran ran = Ran.of(arguments.split(" "));
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).startsWith("longtail: ").contains(message);
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void optionsForLabelsAreRefusedForRatings() throws IOException {
        Path model = model();
        for (String option : List.of("--k 1", "--bootstrap 0", "--format xc")) {
            List<String> arguments = new ArrayList<>(List.of("evaluate", "--model", model.toString(), "--test", "f"));
            arguments.addAll(List.of(option.split(" ")));
            Ran ran = Ran.of(arguments.toArray(String[]::new));
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("has no effect on a model of task rate");
        }
        assertThat(Ran.of("predict", "--model", model.toString(), "--top", "3").err())
                .contains("--top has no effect on a model of task rate");
        Ran report = Ran.of("shrink", "--model", model.toString(), "--to", "x", "--bits", "8");
        assertThat(report.code()).isEqualTo(3);
        assertThat(report.err()).contains("task is 'rate', this reads models of task 'tag'");
    }

    @Test
    void settingsOfRatingsAreListed() {
        Ran ran = Ran.of("train", "--task", "rate", "--settings", "--dimension", "24");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("Settings of task rate; change one with --set NAME=VALUE.")
                .contains("model.users.dimension = 24", "model.items.dimension = 24", "train.l2 = ");
    }

    @Test
    void wrongInputNamesFileAndLineAndLeavesNoModel() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.csv"), "user,item,rating\na,b,3\na,b,bad\n");
        Path model = folder.resolve("m");
        Ran ran = Ran.of("train", "--task", "rate", "--train", bad.toString(), "--model", model.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).startsWith("longtail: " + bad + ":3: the rating must be a finite number, got 'bad'");
        assertThat(model).doesNotExist();
    }
}
