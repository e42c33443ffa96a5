package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Looking into anchor tables. Users like one half of the films and dislike the other, by a genre that tells them. */
final class AnchorsTest {

    private static final int USERS = 60;
    private static final int ITEMS = 20;
    private static final Set<String> WITHOUT_END = Set.of("meta", "input");

    @TempDir
    private Path folder;

    /** A rating is 5 or 4 where user and item are both even or both odd, otherwise 1 or 2. */
    private Path ratings(String name, int size, long seed) throws IOException {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("userId,movieId,rating"));
        for (int i = 0; i < size; i++) {
            int user = random.nextInt(USERS);
            int item = random.nextInt(ITEMS);
            int rating = user % 2 == item % 2 ? 5 - random.nextInt(2) : 1 + random.nextInt(2);
            lines.add("u" + user + ",i" + item + "," + rating);
        }
        lines.add("u0,rare,3");
        return Files.write(folder.resolve(name), lines);
    }

    private Path items() throws IOException {
        List<String> lines = new ArrayList<>(List.of("movieId,title,genres"));
        for (int item = 0; item < ITEMS; item++) {
            lines.add("i" + item + ",\"Film <" + item + ">, the\"," + (item % 2 == 0 ? "Even & all" : "Odd"));
        }
        return Files.write(folder.resolve("items.csv"), lines);
    }

    private Path model(String... more) throws IOException {
        Path model = folder.resolve("model");
        List<String> arguments = new ArrayList<>(List.of("train", "--task", "rate", "--overwrite"));
        arguments.addAll(List.of("--train", ratings("train.csv", 900, 1).toString()));
        arguments.addAll(List.of("--validate", ratings("validate.csv", 100, 3).toString()));
        arguments.addAll(List.of("--items", items().toString(), "--model", model.toString(), "--dimension", "4"));
        for (String setting :
                List.of("batch=50", "optimizer.learningRate=0.02", "l2=0.02", "maxEpochs=12", "train.patience=12")) {
            arguments.addAll(List.of("--set", setting));
        }
        arguments.addAll(List.of(more));
        Ran ran = Ran.of(arguments.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        return model;
    }

    private Path anchorModel() throws IOException {
        return model(
                "--set",
                "model.items.kind=anchors",
                "--set",
                "model.items.anchors.count=3",
                "--set",
                "model.users.kind=anchors",
                "--set",
                "model.users.anchors.count=2");
    }

    private static Ran inspect(Path model, String... more) {
        List<String> arguments = new ArrayList<>(List.of("inspect", "--model", model.toString()));
        arguments.addAll(List.of(more));
        return Ran.of(arguments.toArray(String[]::new));
    }

    @Test
    void anchorTablesAreToldToPrograms() throws IOException {
        Path model = anchorModel();
        JsonNode plain = inspect(model, "--json").json();
        JsonNode json = inspect(
                        model, "--anchors", "4", "--clusters", "--pairs", "5", "--zero-rows", "--least", "2", "--json")
                .json();
        assertThat(json.path("modelBytes")).isEqualTo(plain.path("modelBytes"));
        assertThat(json.path("tables").size()).isEqualTo(2);
        JsonNode items = json.path("tables").path(0);
        assertThat(items.path("table").asString()).isEqualTo("items");
        assertThat(items.path("objects").asInt()).isEqualTo(ITEMS + 1);
        assertThat(items.path("anchors").asInt()).isEqualTo(3);
        assertThat(items.path("links")).isEqualTo(plain.path("items.nonZeros"));
        assertThat(items.path("parameters").asInt())
                .isEqualTo(3 * 4 + items.path("links").asInt());
        // what the tensors of the table have in the file
        long stored = 0;
        for (JsonNode tensor : plain.path("tensors")) {
            String name = tensor.path("name").asString();
            stored += name.startsWith("items.") && !name.equals("items.bias")
                    ? tensor.path("bytes").asLong()
                    : 0;
        }
        assertThat(items.path("storedBytes").asLong()).isEqualTo(stored);
        assertThat(sum(items.path("linksAnObject"), "objects")).isEqualTo(ITEMS + 1);

        assertThat(items.path("anchorObjects").size()).isEqualTo(3);
        assertThat(sum(items.path("anchorObjects"), "linked"))
                .isEqualTo(items.path("links").asInt());
        JsonNode first = items.path("anchorObjects").path(0).path("objects");
        assertThat(first.size()).isLessThanOrEqualTo(4);
        assertThat(first.path(0).path("name").asString()).startsWith("Film <");
        assertThat(first.path(0).path("weight").asDouble())
                .isGreaterThanOrEqualTo(first.path(1).path("weight").asDouble());

        JsonNode zero = items.path("zeroRows");
        assertThat(sum(zero.path("bands"), "objects")).isEqualTo(ITEMS + 1);
        assertThat(sum(zero.path("bands"), "zero")).isEqualTo(zero.path("zero").asInt());
        JsonNode clusters = items.path("clusters");
        assertThat(sum(clusters.path("clusters"), "objects"))
                .isEqualTo(clusters.path("all").path("objects").asInt());
        assertThat(clusters.path("withoutGenres").asInt()
                        + clusters.path("withoutLinks").asInt()
                        + clusters.path("all").path("objects").asInt())
                .isEqualTo(ITEMS + 1);
        JsonNode users = json.path("tables").path(1);
        assertThat(users.path("table").asString()).isEqualTo("users");
        assertThat(users.path("clusters").path("all").has("purity")).isFalse();
        assertThat(users.path("pairs").path("by").asString()).isEqualTo("similarity");
        assertThat(users.path("pairs").path("pairs").size()).isLessThanOrEqualTo(5);
    }

    private static int sum(JsonNode list, String field) {
        int sum = 0;
        for (JsonNode entry : list) {
            sum += entry.path(field).asInt();
        }
        return sum;
    }

    @Test
    void genresThatDecideRatingsAreFound() throws IOException {
        JsonNode clusters = inspect(anchorModel(), "--clusters", "--table", "items", "--json")
                .json()
                .path("tables")
                .path(0)
                .path("clusters");
        JsonNode all = clusters.path("all");
        assertThat(all.path("purity").asDouble())
                .isGreaterThan(all.path("randomHigh").asDouble());
        assertThat(clusters.path("oneClusterPurity").asDouble()).isEqualTo(0.5, within(0.05));
    }

    @Test
    void anchorTablesAreToldToPeople() throws IOException {
        Path model = anchorModel();
        Ran ran = inspect(model, "--anchors", "--clusters", "--pairs", "--zero-rows", "3", "--table", "items");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("Table of the items: the vectors, of length 4, of 21 items are sums of 3 anchors")
                .contains("bytes in the file, with indices", "are linked to it", "Film <", "purity by genre, %")
                .contains("Pairs of items of at least 10 training ratings by the similarity", "Without a link: ")
                .contains("training ratings", "61.7")
                .doesNotContain("Table of the users");
        assertThat(inspect(model, "--pairs", "3", "--pairs-by", "overlap", "--table", "users")
                        .out())
                .contains("by the product", "Table of the users")
                .doesNotContain("Table of the items");
    }

    @Test
    void aWordTableIsLookedInto() throws IOException {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        Path model = folder.resolve("tags");
        Ran trained = TinyData.train(
                "--train",
                train.toString(),
                "--model",
                model.toString(),
                "--set",
                "model.table.kind=anchors",
                "--set",
                "model.table.anchors.count=5");
        assertThat(trained.code()).as(trained.err()).isZero();
        JsonNode json =
                inspect(model, "--anchors", "3", "--zero-rows", "2", "--json").json();
        JsonNode words = json.path("tables").path(0);
        assertThat(words.path("table").asString()).isEqualTo("words");
        assertThat(words.path("anchors").asInt()).isEqualTo(5);
        assertThat(words.path("anchorObjects")
                        .path(0)
                        .path("objects")
                        .path(0)
                        .path("count")
                        .asInt())
                .isGreaterThanOrEqualTo(10);
        assertThat(inspect(model, "--anchors", "3").out()).containsPattern("\\d+ %  (word\\d+|the|of|and|history)");
        Path page = folder.resolve("tags.html");
        Ran ran =
                Ran.of("report", "--model", model.toString(), "--test", train.toString(), "--output", page.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readString(page)).contains("<section id=\"anchors\"", "Anchors and their strongest words");
    }

    @Test
    void whatHasNoEffectIsRefused() throws IOException {
        Path plain = model();
        refused(inspect(plain, "--anchors"), "has no anchor table to look into", "model.items.kind=anchors");
        refused(Ran.of("report", "--model", plain.toString()), "give --test F...");
        Path model = anchorModel();
        refused(inspect(model, "--table", "items"), "--pairs-by, --table and --least go with");
        refused(inspect(model, "--anchors", "--table", "words"), "anchor tables of this model are items and users");
        refused(inspect(model, "--anchors", "0"), "--anchors must be at least 1, got 0");
        refused(inspect(model, "--zero-rows", "--pairs-by", "overlap"), "--pairs-by goes with --pairs");
        refused(inspect(model, "--zero-rows", "--least", "3"), "--least goes with --anchors, --clusters or --pairs");
        refused(inspect(model, "--pairs", "--pairs-by", "x"), "must be one of similarity, overlap, got 'x'");
        refused(
                Ran.of("inspect", "--data", folder.resolve("train.csv").toString(), "--pairs"),
                "go with --model, not with --data");
        refused(Ran.of("report", "--model", model.toString(), "--k", "3"), "--k has no effect on a model of task rate");
        refused(Ran.of("report", "--model", model.toString(), "--lambda1", "1"), "--lambda1 and --lambda2 go together");
        refused(
                Ran.of("report", "--model", model.toString(), "--lambda1", "1", "--lambda2", "2"),
                "lambda1 must be at least lambda2");
    }

    private static void refused(Ran ran, String... reasons) {
        assertThat(ran.code()).as(ran.out()).isEqualTo(2);
        assertThat(ran.err()).contains(reasons);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aPageTellsOfARatingModel() throws IOException {
        Path model = anchorModel();
        Path page = folder.resolve("page.html");
        Path test = ratings("test.csv", 200, 2);
        Ran ran = Ran.of(
                "report",
                "--model",
                model.toString(),
                "--test",
                test.toString(),
                "--output",
                page.toString(),
                "--lambda1",
                "0.25",
                "--lambda2",
                "0.001",
                "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode json = ran.json();
        JsonNode evaluated = Ran.of("evaluate", "--model", model.toString(), "--test", test.toString(), "--json")
                .json();
        assertThat(json.path("MSE")).isEqualTo(evaluated.path("MSE"));
        assertThat(json.path("tables").size()).isEqualTo(2);
        String html = Files.readString(page);
        checkStructure(html);
        JsonNode items = json.path("tables").path(0);
        assertThat(html)
                .contains(String.format(Locale.ROOT, "%.4f", json.path("MSE").asDouble()))
                .contains("<td>" + items.path("links").asInt() + "</td>")
                .contains(String.format(
                        Locale.ROOT,
                        "<td>%.1f</td>",
                        100 * items.path("clusters").path("all").path("purity").asDouble()))
                .contains("Film &lt;", "Even &amp; all", "Number of links", "Objective", "model.items.anchors.count")
                .doesNotContain("<script", "Film <", "Number of anchors");
        checkObjective(html, model);

        assertThat(Ran.of("report", "--model", model.toString(), "--output", page.toString())
                        .err())
                .contains("exists; add --overwrite to replace it");
        Ran again = Ran.of("report", "--model", model.toString(), "--output", page.toString(), "--overwrite");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("Table of the users", "The page is " + page);
        assertThat(Files.readString(page)).doesNotContain("Errors on the test set", "<h3>Objective");
    }

    @Test
    void thePageShowsWhatDecidedTheNumberOfAnchors() throws IOException {
        Path model = model(
                "--set",
                "model.items.kind=anchors",
                "--set",
                "model.users.kind=anchors",
                "--set",
                "nonparametric.learned=true",
                "--set",
                "nonparametric.budget.objective.lambda1=0.5");
        Path page = folder.resolve("page.html");
        Ran ran = Ran.of("report", "--model", model.toString(), "--output", page.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        String html = Files.readString(page);
        checkStructure(html);
        assertThat(html).contains("<h3>Number of anchors", "<h3>Objective", "What decided how many anchors there are");
    }

    /** The last epoch's objective is worked out from what the manifest tells of it. */
    private static void checkObjective(String html, Path model) throws IOException {
        JsonNode history = Ran.json(Files.readString(model.resolve("model.json")))
                .path("provenance")
                .path("history");
        JsonNode last = history.path(history.size() - 1);
        double links = last.path("users").path("nonZeros").asInt()
                + last.path("items").path("nonZeros").asInt();
        double objective = last.path("MSE").asDouble() + 0.001 * links + 0.249 * 5;
        Matcher row = Pattern.compile(
                        "(?s)<h3>Objective</h3>.*?<th scope=\"row\">" + history.size() + "</th><td>([0-9.]+)</td>")
                .matcher(html);
        assertThat(row.find()).isTrue();
        assertThat(Double.parseDouble(row.group(1))).isEqualTo(objective, within(1e-3));
    }

    /** Elements end in the order in which they began, and nothing is loaded. */
    private static void checkStructure(String html) {
        Deque<String> open = new ArrayDeque<>();
        String markup = html.replace("<!DOCTYPE html>", "").replaceAll("(?s)<style>.*?</style>", "");
        Matcher tags = Pattern.compile("<(/?)([a-z0-9]+)([^<>]*)>").matcher(markup);
        while (tags.find()) {
            String attributes = tags.group(3).replaceAll("\"[^\"]*\"", "");
            assertThat(attributes).doesNotContainPattern("\\s(on[a-z]+|src|style)\\b");
            if (!tags.group(1).isEmpty()) {
                assertThat(open.pop()).isEqualTo(tags.group(2));
            } else if (!attributes.endsWith("/") && !WITHOUT_END.contains(tags.group(2))) {
                open.push(tags.group(2));
            }
        }
        assertThat(open).isEmpty();
        assertThat(tags.reset().replaceAll("").contains("<")).isFalse();
        Matcher references =
                Pattern.compile("(?:href|aria-labelledby)=\"#?([^\"]*)\"").matcher(markup);
        while (references.find()) {
            for (String id : references.group(1).split(" ")) {
                assertThat(markup.contains("id=\"" + id + "\"")).as(id).isTrue();
            }
        }
    }
}
