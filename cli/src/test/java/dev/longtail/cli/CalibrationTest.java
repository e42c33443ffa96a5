package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calibrated probabilities and thresholds on the command line. */
final class CalibrationTest {

    @TempDir
    private static Path folder;

    private static String model = "";
    private static String plain = "";
    private static String train = "";
    private static String validate = "";

    @BeforeAll
    static void train() throws IOException {
        train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1).toString();
        validate =
                TinyData.write(folder, "validate.tsv", TinyData.Format.ANNIF, 2).toString();
        model = folder.resolve("model").toString();
        plain = folder.resolve("plain").toString();
        Ran calibrated = TinyData.train("--train", train, "--validate", validate, "--model", model);
        assertThat(calibrated.err()).contains("probabilities are calibrated on the validation part, isotonic");
        Ran without = TinyData.train(
                "--train", train, "--validate", validate, "--model", plain, "--set", "calibration.kind=none");
        assertThat(without.code()).isZero();
        assertThat(without.err()).doesNotContain("calibrated");
    }

    private static JsonNode best(String... options) {
        String[] all = new String[options.length + 4];
        System.arraycopy(new String[] {"predict", "--json", "--model", model}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        Ran ran = Ran.with("word3\n", all);
        assertThat(ran.err()).doesNotContain("Exception");
        assertThat(ran.code()).isZero();
        return ran.json().path("labels");
    }

    @Test
    void theLeastProbabilityLeavesOutLowerOnes() {
        JsonNode all = best("--top", "20");
        assertThat(all.size()).isEqualTo(20);
        double second = all.path(1).path("probability").asDouble();
        JsonNode some = best("--top", "20", "--min-probability", Double.toString(second + 1e-6));
        assertThat(some.size()).isEqualTo(1);
        assertThat(some.path(0)).isEqualTo(all.path(0));
        assertThat(best("--min-probability", "0").size()).isEqualTo(5);
    }

    /** Every text has one true label, which the model finds. */
    @ParameterizedTest
    @ValueSource(strings = {"f1", "label-f1", "precision=0.9", "label-precision=.9"})
    void thresholdsLeaveTheRightLabelAlone(String goal) {
        JsonNode labels = best("--threshold-for", goal);
        assertThat(labels.size()).isEqualTo(1);
        assertThat(labels.path(0).path("id").asString()).isEqualTo("<" + TinyData.id(3) + ">");
        Ran ran = Ran.with("word3\n", "predict", "--model", model, "--threshold-for", goal);
        assertThat(ran.err()).containsPattern("threshold: probability 0\\.[0-9]{4}");
        assertThat(ran.err().contains("of 20 labels have their own")).isEqualTo(goal.startsWith("label"));
    }

    @ParameterizedTest
    @CsvSource({
        "--min-probability 0.5, plain, 'is not calibrated; train it with a validation part'",
        "--threshold-for f1, plain, 'is not calibrated; train it with a validation part'",
        "--min-probability 1.5, model, 'must be from 0 to 1, got 1.5'",
        "--threshold-for best, model, 'must be f1, label-f1, precision=P or label-precision=P, got ''best'''",
        "--threshold-for f1 --min-probability 0.5, model, 'give either --min-probability or --threshold-for'"
    })
    void wrongUseGetsOneClearError(String options, String which, String message) {
        List<String> all =
                new java.util.ArrayList<>(List.of("predict", "--model", which.equals("plain") ? plain : model));
        all.addAll(List.of(options.split(" ")));
        Ran ran = Ran.with("word3\n", all.toArray(String[]::new));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(message);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void evaluateTellsHowFarProbabilitiesCanBeTrusted() throws IOException {
        String test =
                TinyData.write(folder, "test.tsv", TinyData.Format.ANNIF, 3).toString();
        JsonNode after =
                Ran.of("evaluate", "--model", model, "--test", test, "--json").json();
        JsonNode before =
                Ran.of("evaluate", "--model", plain, "--test", test, "--json").json();
        for (String name : List.of("ECE@1", "equalMassECE@1", "Brier@1", "ECE@5", "equalMassECE@5", "Brier@5")) {
            assertThat(after.path(name).isNumber()).as(name).isTrue();
            assertThat(after.path(name).asDouble()).as(name).isBetween(0.0, 1.0);
        }
        assertThat(after.path("P@1").asDouble()).isEqualTo(before.path("P@1").asDouble());
        assertThat(after.path("ECE@5").asDouble())
                .isLessThan(before.path("ECE@5").asDouble());
        Ran table = Ran.of("evaluate", "--model", model, "--test", test);
        assertThat(table.out())
                .contains("% of probabilities", "ECE, equal mass", "Brier score", "They are calibrated.");
        assertThat(Ran.of("evaluate", "--model", plain, "--test", test).out()).contains("They are not calibrated");
        assertThat(Ran.of("inspect", "--model", model).out()).contains("Probabilities: calibrated, isotonic");
    }

    @Test
    void withoutAValidationPartTheRunSaysSo() {
        String other = folder.resolve("unvalidated").toString();
        Ran ran = TinyData.train("--train", train, "--model", other, "--set", "validationFraction=0");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("there is no validation part, so probabilities are not calibrated");
        assertThat(Ran.of("inspect", "--model", other).out()).contains("Probabilities: not calibrated");
    }
}
