package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Smaller models on the command line, on titles of the bundled sample. */
final class ShrinkTest {

    private static final Path SAMPLE = Path.of("..", "examples", "data", "finna-yso-sample");

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static String model = "";
    private static String validate = "";
    private static String test = "";

    @BeforeAll
    static void train() throws IOException {
        String train = head("train.tsv.gz", 3000);
        validate = head("validate.tsv.gz", 400);
        test = head("test.tsv.gz", 400);
        model = shared.resolve("model").toString();
        Ran ran = TinyData.train("--train", train, "--validate", validate, "--model", model, "--set", "seed=2");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    private static String head(String name, int lines) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(SAMPLE.resolve(name))), StandardCharsets.UTF_8))) {
            List<String> first = in.lines().limit(lines).toList();
            return Files.write(shared.resolve(name.replace(".gz", "")), first).toString();
        }
    }

    private Ran shrink(String... options) {
        List<String> all = new ArrayList<>(List.of("shrink", "--model", model, "--to", to(), "--threads", "2"));
        all.addAll(List.of(options));
        return Ran.of(all.toArray(String[]::new));
    }

    private String to() {
        return folder.resolve("small").toString();
    }

    private static JsonNode evaluate(String path) {
        Ran ran = Ran.of("evaluate", "--model", path, "--test", test, "--bootstrap", "0", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.json();
    }

    @Test
    void bitsAloneKeepTheCalibration() {
        Ran ran = shrink("--bits", "8", "--test", test, "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("only the bits change, so the calibration of the first model is kept");
        JsonNode json = ran.json();
        assertThat(json.path("calibrated").asBoolean()).isTrue();
        long table = json.path("partsBefore").path("input table").asLong();
        assertThat(json.path("parts").path("input table").asLong())
                .isEqualTo(table / 4 + table / 32); // 32 numbers a row: a scale is an eighth of the bytes
        Map<String, JsonNode> differences = byName(json);
        assertThat(differences.keySet()).containsExactlyInAnyOrder("P@1", "P@3", "P@5", "PSP@5");
        JsonNode before = evaluate(model);
        JsonNode after = evaluate(to());
        differences.forEach((name, difference) -> {
            assertThat(difference.path("before").asDouble())
                    .isEqualTo(before.path(name).asDouble());
            assertThat(difference.path("after").asDouble())
                    .isEqualTo(after.path(name).asDouble());
            assertThat(difference.path("difference").asDouble()).isCloseTo(0, within(0.02));
            assertThat(difference.path("low").asDouble())
                    .isLessThanOrEqualTo(difference.path("high").asDouble());
        });
        assertThat(json.path("modelBytes").asLong())
                .isEqualTo(after.path("modelBytes").asLong());
    }

    private static Map<String, JsonNode> byName(JsonNode json) {
        Map<String, JsonNode> differences = new HashMap<>();
        json.path("differences")
                .forEach(difference -> differences.put(difference.path("name").asString(), difference));
        return differences;
    }

    @Test
    void everythingAtOnceIsCalibratedAnewOnValidationFiles() {
        JsonNode before = Ran.of("inspect", "--model", model, "--json").json();
        Ran ran = shrink("--bits", "8", "--features", "25%", "--fan-in", "8", "--validate", validate, "--test", test);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("calibrated anew on the validation files");
        assertThat(ran.out())
                .containsPattern("input table +[0-9,]+ +[0-9,]+")
                .containsPattern("P@1 +[0-9.]+ +[0-9.]+ +[+-][0-9.]+ +\\[")
                .contains("% of the first, is in " + to());

        Ran inspected = Ran.of("inspect", "--model", to());
        assertThat(inspected.out())
                .contains("Numbers: input table and output weights in 8 bits")
                .contains("labels with fan-in 8 of 32")
                .contains("Probabilities: calibrated, isotonic")
                .containsPattern("table.rows +I8");
        JsonNode after = Ran.of("inspect", "--model", to(), "--json").json();
        assertThat(after.path("features").asInt())
                .isEqualTo((int) Math.round(0.25 * before.path("features").asInt()));
        JsonNode provenance = after.path("manifest").path("provenance");
        JsonNode shrunk = provenance.path("shrunk").path(0);
        assertThat(shrunk.path("storedBits").asInt()).isEqualTo(8);
        assertThat(shrunk.path("fanIn").asInt()).isEqualTo(8);
        assertThat(shrunk.path("terms").asInt())
                .isEqualTo(after.path("features").asInt());
        assertThat(shrunk.path("from").asString()).matches("[0-9a-f]{64}");
        assertThat(shrunk.path("validationBefore"))
                .isEqualTo(before.path("manifest").path("provenance").path("validation"));
        assertThat(provenance.path("validation").path("P@1").asDouble()).isPositive();
        assertThat(provenance.path("history"))
                .isEqualTo(before.path("manifest").path("provenance").path("history"));
    }

    @Test
    void withoutValidationFilesAnotherModelIsNotCalibrated() {
        Ran ran = shrink("--features", "200", "--json");
        assertThat(ran.err()).contains("probabilities are no longer calibrated");
        assertThat(ran.json().path("calibrated").asBoolean()).isFalse();
        assertThat(ran.json().path("differences").size()).isZero();
        Ran inspected = Ran.of("inspect", "--model", to());
        assertThat(inspected.out())
                .contains("200 features")
                .contains("not calibrated")
                .contains("not validated");
        Ran again = Ran.of(
                "shrink", "--model", to(), "--to", folder.resolve("again").toString(), "--bits", "8");
        assertThat(again.code()).as(again.err()).isZero();
        JsonNode twice = Ran.of("inspect", "--model", folder.resolve("again").toString(), "--json")
                .json();
        assertThat(twice.path("manifest").path("provenance").path("shrunk").size())
                .isEqualTo(2);
    }

    @Test
    void everyCommandReadsEightBits() throws IOException {
        assertThat(shrink("--bits", "8").code()).isZero();
        Ran predicted = Ran.with("history of the world\n", "predict", "--model", to(), "--json");
        assertThat(predicted.code()).as(predicted.err()).isZero();
        assertThat(predicted.json().path("labels").size()).isEqualTo(5);
        Ran pruned = Ran.with("history of the world\n", "predict", "--model", to(), "--search", "pruned");
        assertThat(pruned.code()).as(pruned.err()).isZero();
        Ran report = Ran.of(
                "report",
                "--model",
                to(),
                "--compare",
                model,
                "--test",
                test,
                "--bootstrap",
                "50",
                "--output",
                folder.resolve("report.html").toString());
        assertThat(report.code()).as(report.err()).isZero();
        String encoded = folder.resolve("encoded").toString();
        Ran trained = TinyData.train(
                "--train",
                validate,
                "--model",
                encoded,
                "--encoder-from",
                to(),
                "--set",
                "fanIn=4",
                "--set",
                "validationFraction=0",
                "--max-epochs",
                "1");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(Ran.of("inspect", "--model", encoded).out()).contains("input table in 32 bits");
    }

    @Test
    void aModelMayBeTrainedInEightBits() {
        String bytes = folder.resolve("bytes").toString();
        Ran ran = TinyData.train(
                "--train", validate, "--validate", test, "--model", bytes, "--set", "storedBits=8", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode measured = evaluate(bytes);
        for (String name : List.of("P@1", "P@5", "PSP@5")) {
            assertThat(ran.json().path(name)).as(name).isEqualTo(measured.path(name));
        }
        assertThat(Ran.of("inspect", "--model", bytes).out())
                .contains("in 8 bits")
                .contains("calibrated, isotonic");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'nothing to leave out'",
        "--bits 4, '--bits must be 8, got 4'",
        "--features 0, 'must be a number from 1'",
        "--features 150%, 'must be a number from 1'",
        "--features 1.5, 'must be a number from 1'",
        "--features 999999, 'at most the'",
        "--fan-in 0, 'fanIn must be at least 1'",
        "--fan-in 16, 'fanIn must be below that of the model, 16'",
    })
    void wrongWishesAreRefusedBeforeAnythingIsWritten(String options, String named) throws IOException {
        Ran ran = shrink(Arrays.stream(options.split(" "))
                .filter(option -> !option.isEmpty())
                .toArray(String[]::new));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(named);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theModelItselfIsNeverReplaced() throws IOException {
        byte[] before = Files.readAllBytes(Path.of(model, "model.json"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of(model));
        for (String same : List.of(model, model + "/.", link.toString(), model + "/inside")) {
            Ran ran = Ran.of("shrink", "--model", model, "--to", same, "--bits", "8", "--overwrite");
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).containsPattern("is the model itself|lies inside the model");
        }
        Files.delete(link);
        assertThat(Files.readAllBytes(Path.of(model, "model.json"))).isEqualTo(before);

        assertThat(shrink("--bits", "8").code()).isZero();
        Ran again = shrink("--bits", "8");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("--to " + to() + " holds a model; add --overwrite");
        assertThat(shrink("--bits", "8", "--overwrite").code()).isZero();
    }
}
