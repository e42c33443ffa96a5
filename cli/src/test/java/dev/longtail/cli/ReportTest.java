package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ReportTest {

    private static final Set<String> WITHOUT_END = Set.of("meta", "input");

    @TempDir
    private Path folder;

    private Path page() {
        return folder.resolve("report.html");
    }

    private Ran report(Path model, Path test, String... more) {
        List<String> arguments = new ArrayList<>(List.of("report", "--model", model.toString(), "--test"));
        arguments.addAll(List.of(test.toString(), "--output", page().toString(), "--bootstrap", "200"));
        arguments.addAll(List.of(more));
        return Ran.of(arguments.toArray(String[]::new));
    }

    /** 400 examples the model knows, and one each with a label it does not know, without a label, and a wrong one. */
    private Path test() throws IOException {
        Path test = TinyData.write(folder, "test.tsv", TinyData.Format.ANNIF, 2);
        List<String> lines = new ArrayList<>(Files.readAllLines(test));
        lines.add("the word1\t<http://example.org/none>");
        lines.add("the word2\t");
        lines.add("surely word3\t<http://example.org/4>");
        return Files.write(test, lines);
    }

    @Test
    void thePageTellsWhatEvaluateTells() throws IOException {
        Path model = TinyData.model(folder);
        Path test = test();
        Ran ran = report(model, test, "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode json = ran.json();
        JsonNode evaluated = Ran.of(
                        "evaluate",
                        "--model",
                        model.toString(),
                        "--test",
                        test.toString(),
                        "--bootstrap",
                        "200",
                        "--json")
                .json();
        for (String name : evaluated.propertyNames()) {
            if (!name.endsWith("econds") && !name.equals("peakRssBytes")) {
                assertThat(json.path(name)).as(name).isEqualTo(evaluated.path(name));
            }
        }
        assertThat(json.path("report").asString()).isEqualTo(page().toString());

        String html = Files.readString(page());
        for (String name : List.of("P@1", "nDCG@3", "R@5", "PSP@5")) {
            String percent = percent(json, name) + " [" + percent(json, name + ".low") + ", "
                    + percent(json, name + ".high") + "]";
            assertThat(html).as(name).contains("<td>" + percent + "</td>");
        }
        for (String name : List.of("macroF1@5", "coverage@5", "head.P@3", "middle.P@1", "tail.R@5")) {
            assertThat(html).as(name).contains("<td>" + percent(json, name) + "</td>");
        }
        checkCounts(json);
        checkStructure(html);
        assertThat(html)
                .contains(
                        "Name of word3",
                        "surely word3",
                        " does not know: 1; they count as missed",
                        "model.output.fanIn")
                .contains("Validation measures of", "<h3>Loss</h3>", "unknown to the model")
                .contains(json.path("P@1").asDouble() < 1 ? "Surest first suggestions" : "No first suggestion");
    }

    private static String percent(JsonNode json, String name) {
        return String.format(Locale.ROOT, "%.2f", 100 * json.path(name).asDouble());
    }

    /** Counts of labels add up to the measures: hits are P@1 and recall, F1 of the labels is macro-F1. */
    private static void checkCounts(JsonNode json) {
        double right = 0;
        double test = 0;
        double f1 = 0;
        for (JsonNode label : json.path("perLabel")) {
            right += label.path("right@1").asInt();
            test += label.path("test").asInt();
            f1 += 2.0
                    * label.path("right@5").asInt()
                    / (label.path("suggested@5").asInt() + label.path("test").asInt());
        }
        int examples = json.path("examples").asInt();
        assertThat(examples).isEqualTo(402);
        assertThat(json.path("examplesWithoutTruth").asInt()).isEqualTo(1);
        assertThat(test).isEqualTo(401); // one label of 402 is unknown
        assertThat(right / examples).isEqualTo(json.path("P@1").asDouble(), within(1e-12));
        assertThat(f1 / TinyData.LABELS).isEqualTo(json.path("macroF1@5").asDouble(), within(1e-12));
    }

    /** Elements end in the order in which they began, nothing is loaded, and there are the two scripts of the page. */
    private static void checkStructure(String html) {
        Deque<String> open = new ArrayDeque<>();
        String markup = html.replace("<!DOCTYPE html>", "")
                .replaceAll("(?s)(<script[^>]*>).*?</script>", "$1</script>")
                .replaceAll("(?s)<style>.*?</style>", "");
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
        assertThat(html.split("<script", -1).length).isEqualTo(3);
        for (String loading : List.of("<link", "<img", "<iframe", "<object", "@import", "url(", "javascript:")) {
            assertThat(markup.contains(loading)).as(loading).isFalse();
        }
        Matcher references =
                Pattern.compile("(?:href|aria-labelledby)=\"#?([^\"]*)\"").matcher(markup);
        while (references.find()) {
            for (String id : references.group(1).split(" ")) {
                assertThat(markup.contains("id=\"" + id + "\"")).as(id).isTrue();
            }
        }
    }

    @Test
    void modelsAreComparedOnTheSameExamples() throws IOException {
        Path model = TinyData.model(folder);
        Path other = folder.resolve("other");
        Ran trained = TinyData.train(
                "--train",
                folder.resolve("train.tsv").toString(),
                "--model",
                other.toString(),
                "--max-epochs",
                "1",
                "--set",
                "outputOptimizer.learningRate=0.0001");
        assertThat(trained.code()).as(trained.err()).isZero();
        Path test = test();

        JsonNode compare = report(model, test, "--compare", other.toString(), "--json")
                .json()
                .path("compare");
        assertThat(compare.path("model").asString()).isEqualTo(other.toString());
        JsonNode difference = compare.path("differences").path("P@1");
        assertThat(difference.path("difference").asDouble())
                .isEqualTo(
                        difference.path("value").asDouble()
                                - difference.path("other").asDouble(),
                        within(1e-15));
        assertThat(difference.path("other").asDouble())
                .isEqualTo(Ran.of("evaluate", "--model", other.toString(), "--test", test.toString(), "--json")
                        .json()
                        .path("P@1")
                        .asDouble());
        assertThat(difference.path("low").asDouble())
                .isLessThanOrEqualTo(difference.path("difference").asDouble());
        assertThat(difference.path("p").asDouble()).isBetween(1 / 201.0, 1.0);
        assertThat(compare.path("differences").size()).isEqualTo(12);
        String html = Files.readString(page());
        checkStructure(html);
        assertThat(html).contains("<section id=\"comparison\"", "Compared with " + other);

        Ran same = report(model, test, "--compare", model.toString(), "--overwrite");
        assertThat(same.out()).containsPattern("P@1 .* \\+0\\.00 +\\[\\+0\\.00, \\+0\\.00\\] +1\\.000");
        assertThat(same.out()).contains("The page is " + page());
        assertThat(same.err()).contains("measuring " + model);
        assertThat(Files.readString(page())).contains("no clear difference");
    }

    @Test
    void theSameBytesForAnyNumberOfThreads() throws IOException {
        Path model = TinyData.model(folder);
        Path test = test();
        assertThat(report(model, test, "--threads", "1").code()).isZero();
        String one = withoutCost();
        assertThat(report(model, test, "--threads", "3", "--overwrite").code()).isZero();
        assertThat(withoutCost()).isEqualTo(one);
    }

    private String withoutCost() throws IOException {
        return Files.readString(page()).replaceAll("<p id=\"cost\">[^<]*</p>", "");
    }

    @Test
    void hostileNamesAndTextsStayText() throws IOException {
        String hostile = "</script><script>alert(1)</script><img src=x onerror=alert(1)> ' \" & \u2028 \\u003c";
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        List<String> names = new ArrayList<>();
        for (int label = 0; label < TinyData.LABELS; label++) {
            names.add("<" + TinyData.id(label) + ">\t" + hostile + label);
        }
        Path labels = Files.write(folder.resolve("labels.tsv"), names);
        Path model = folder.resolve("a <b> & 'model'");
        Ran trained =
                TinyData.train("--train", train.toString(), "--labels", labels.toString(), "--model", model.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            lines.add("word1 " + hostile + " " + i + "\t<" + TinyData.id(i % TinyData.LABELS) + ">");
        }
        Path test = Files.write(folder.resolve("<script>test.tsv"), lines);
        Ran ran = report(model, test);
        assertThat(ran.code()).as(ran.err()).isZero();
        String html = Files.readString(page());
        checkStructure(html);
        assertThat(html)
                .contains("&lt;img src=x onerror=alert(1)&gt;", "a &lt;b&gt; &amp; &#39;model&#39;")
                .doesNotContain("<img", "<script>alert", "<b>");
        Matcher data = Pattern.compile("id=\"label-data\">(.*?)</script>").matcher(html);
        assertThat(data.find()).isTrue();
        assertThat(Ran.json(data.group(1)).path("labels").get(0).get(1).asString())
                .startsWith(hostile);
    }

    @Test
    void aModelWithoutHistoryHasNoCurves() throws Exception {
        Path model = TinyData.model(folder);
        Path manifest = model.resolve("model.json");
        String json = Files.readString(manifest).replaceFirst("(?s),\\s*\"history\" : \\[.*?\\]", "");
        assertThat(json).doesNotContain("history");
        Files.writeString(manifest, json);
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
        Files.writeString(model.resolve("model.json.sha256"), HexFormat.of().formatHex(sum) + "  model.json\n");
        assertThat(report(model, test()).code()).isZero();
        assertThat(Files.readString(page()).contains("holds no history of its training"))
                .isTrue();
    }

    @Test
    void numberedFeaturesAreShownAsNumbers() throws IOException {
        Path train = TinyData.write(folder, "train.txt", TinyData.Format.XC, 1);
        Path model = folder.resolve("model");
        assertThat(TinyData.train("--train", train.toString(), "--model", model.toString())
                        .code())
                .isZero();
        Path test = Files.writeString(folder.resolve("test.txt"), "2 26 20\n3 4:1 21:0.5\n5 5:1\n");
        Ran ran = report(model, test);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readString(page())).contains("4:1.0 21:0.5", "test.txt, line 2");
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnyWork() throws IOException {
        Path none = folder.resolve("none");
        Path test = Files.writeString(folder.resolve("test.tsv"), "a\t<b>\n");
        Ran missing = report(none, test);
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("there is no such folder");
        Files.writeString(page(), "mine");
        Ran exists = report(none, test);
        assertThat(exists.code()).isEqualTo(2);
        assertThat(exists.err()).contains("--output " + page() + " exists; add --overwrite to replace it");
        assertThat(Files.readString(page())).isEqualTo("mine");
        assertThat(report(none, test, "--overwrite").code()).isEqualTo(3);
        assertThat(Files.readString(page())).isEqualTo("mine");

        Ran few = Ran.of("report", "--model", none.toString(), "--test", test.toString(), "--bootstrap", "9");
        assertThat(few.code()).isEqualTo(2);
        assertThat(few.err()).contains("--bootstrap: resamples must be at least 10, got 9");
        Ran directory =
                Ran.of("report", "--model", none.toString(), "--test", test.toString(), "--output", folder.toString());
        assertThat(directory.code()).isEqualTo(2);
        assertThat(directory.err()).contains("is a folder");
        Ran nothing = Ran.of("report", "--model", TinyData.model(folder).toString());
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).contains("give --test F...");
        assertThat(Ran.of("report", "--help").out()).contains("--compare", "Examples:", "longtail report --model new");
    }

    @Test
    void aTestSetWithoutLabelsIsWrongInput() throws IOException {
        Path model = TinyData.model(folder);
        Path test = Files.writeString(folder.resolve("unlabelled.tsv"), "word1\t\nword2\t\n");
        Ran ran = report(model, test, "--format", "annif");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("no example with a true label");
        assertThat(page()).doesNotExist();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains(".part-"));
        }
    }
}
