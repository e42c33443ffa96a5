package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

final class TrainEvaluateTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyFormatIsLearnedAndMeasured(TinyData.Format format) throws IOException {
        Path train = TinyData.write(folder, "train", format, 1);
        Path test = TinyData.write(folder, "test", format, 2);
        String model = folder.resolve("model").toString();

        Ran trained = TinyData.train("--train", train.toString(), "--model", model, "--json");
        assertThat(trained.err()).contains("epoch 1 of at most 4: loss ");
        assertThat(trained.code()).isZero();
        assertThat(trained.out().lines()).hasSize(1);
        JsonNode training = trained.json();
        checkContract(training);
        assertThat(training.path("epochs").asInt()).isBetween(1, 4);
        assertThat(training.path("examples").asInt()).isBetween(1, 80);

        Ran evaluated = Ran.of("evaluate", "--model", model, "--test", test.toString(), "--json");
        assertThat(evaluated.code()).isZero();
        JsonNode measures = evaluated.json();
        checkContract(measures);
        // The label's own word is in every text, so a model that learned it is nearly always right.
        assertThat(measures.path("P@1").asDouble()).isBetween(0.9, 1.0);
        assertThat(measures.path("examples").asInt()).isEqualTo(400);
        assertThat(measures.path("rankSeconds").asDouble()).isPositive();
        assertThat(measures.path("predictSeconds").asDouble())
                .isGreaterThan(measures.path("rankSeconds").asDouble())
                .isLessThan(measures.path("seconds").asDouble());
        assertThat(measures.path("P@1.low").asDouble())
                .isLessThanOrEqualTo(measures.path("P@1").asDouble());
        assertThat(measures.path("modelBytes").asLong())
                .isEqualTo(training.path("modelBytes").asLong());
    }

    private static void checkContract(JsonNode json) {
        List<String> names = List.of(
                "P@1",
                "P@3",
                "P@5",
                "nDCG@5",
                "R@5",
                "PSP@1",
                "PSP@5",
                "examples",
                "seconds",
                "cpuSeconds",
                "modelBytes");
        for (String name : names) {
            assertThat(json.path(name).isNumber()).as(name).isTrue();
            assertThat(json.path(name).asDouble()).as(name).isNotNegative();
        }
        for (String fraction : names.subList(0, 7)) {
            assertThat(json.path(fraction).asDouble()).as(fraction).isLessThanOrEqualTo(1);
        }
        assertThat(json.has("peakRssBytes")).isTrue(); // null where the system does not tell
    }

    @Test
    void tablesShowMeasuresIntervalsBandsAndWhatToTryNext() throws IOException {
        Path train = TinyData.write(folder, "train", TinyData.Format.ANNIF, 1);
        Path test = TinyData.write(folder, "test", TinyData.Format.ANNIF, 2);
        String model = folder.resolve("a model").toString();

        Ran trained = TinyData.train(
                "--train",
                train.toString(),
                "--validate",
                test.toString(),
                "--model",
                model,
                "--propensity",
                "0.6,2.6");
        assertThat(trained.code()).isZero();
        assertThat(trained.out())
                .contains("@1", "@3", "@5", "nDCG", "PSP with A = 0.6 and B = 2.6", "head", "tail", "peak memory")
                .contains("longtail evaluate --model '" + model + "' --test FILE");
        assertThat(trained.out() + trained.err()).doesNotContain("\r", "\u001b");

        Ran evaluated = Ran.of(
                "evaluate", "--model", model, "--test", test.toString(), "--k", "2,1", "--propensity", "0.6,2.6");
        assertThat(evaluated.out())
                .containsPattern("P +[0-9.]+ \\[[0-9.]+, [0-9.]+\\]")
                .contains("@1", "@2");
        assertThat(evaluated.out()).doesNotContain("@5");
    }

    @Test
    void prunedSearchIsRefusedWhereAssociationsFindTheCandidates() throws IOException {
        String train = TinyData.write(folder, "train", TinyData.Format.ANNIF, 1).toString();
        String model = folder.resolve("associations").toString();
        assertThat(Ran.of("train", "--train", train, "--model", model, "--preset", "small")
                        .code())
                .isZero();
        Ran evaluated = Ran.of("evaluate", "--model", model, "--test", train, "--search", "pruned");
        assertThat(evaluated.code()).isEqualTo(2);
        assertThat(evaluated.err()).contains("search must be exact");
        Ran predicted = Ran.with("history\n", "predict", "--model", model, "--search", "pruned");
        assertThat(predicted.code()).isEqualTo(2);
    }

    @Test
    void prunedSearchIsMeasuredAgainstExactSearch() throws IOException {
        String model = TinyData.model(folder).toString();
        String test = TinyData.write(folder, "test", TinyData.Format.ANNIF, 2).toString();
        JsonNode exact = Ran.of("evaluate", "--model", model, "--test", test, "--k", "1,5", "--json")
                .json();
        assertThat(exact.has("skippedShare")).isFalse();
        String[] arguments = {
            "evaluate", "--model", model, "--test", test, "--k", "1,5", "--search", "pruned", "--block-size", "4"
        };
        JsonNode pruned = Ran.of(with(arguments, "--json")).json();
        assertThat(pruned.path("recall@1").asDouble()).isEqualTo(1);
        assertThat(pruned.path("recall@5").asDouble()).isEqualTo(1);
        assertThat(pruned.path("P@1")).isEqualTo(exact.path("P@1"));
        assertThat(pruned.path("skippedShare").asDouble()).isBetween(0.05, 0.75); // of 20 labels five are asked for
        assertThat(pruned.path("weightsReadShare").asDouble()).isPositive();
        assertThat(pruned.path("indexBytes").asLong()).isPositive();

        Ran low = Ran.of(with(arguments, "--confidence", "0.01"));
        assertThat(low.out()).contains("recall", "lost", "Search gave up", "made in");
    }

    private static String[] with(String[] arguments, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    @Test
    void unknownLabelsAndOtherLossesAreTold() throws IOException {
        Path train = Files.writeString(
                TinyData.write(folder, "train", TinyData.Format.ANNIF, 1),
                "nothing of it\t\nword1\t<http://example.org/1> <http://example.org/1>\n",
                StandardOpenOption.APPEND);
        String model = folder.resolve("model").toString();
        Ran trained = TinyData.train("--train", train.toString(), "--model", model);
        assertThat(trained.err())
                .contains("1 x training example without labels, left out: " + train + ":401")
                .contains("1 x label repeated on a line, taken once: " + train + ":402");

        Path test = Files.writeString(folder.resolve("test"), "word1\t<http://example.org/1> <http://new>\n");
        Ran evaluated = Ran.of("evaluate", "--model", model, "--test", test.toString(), "--json");
        assertThat(evaluated.json().path("unknownLabels").asInt()).isEqualTo(1);
        // Of two true labels one can be found.
        assertThat(evaluated.json().path("R@5").asDouble()).isEqualTo(0.5);
        assertThat(evaluated.err()).contains("1 x label that the label set does not hold: " + test + ":1 <http://new>");
    }

    @Test
    void aTestFileWithoutAnyLabelIsWrongInput() throws IOException {
        Path model = TinyData.model(folder);
        Path test = Files.writeString(folder.resolve("test"), "word1\t\n");
        Ran ran = Ran.of("evaluate", "--model", model.toString(), "--test", test.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("no example with a true label");
    }

    @Test
    void aModelIsReplacedOnRequestOnlyAndAnotherFolderNever() throws IOException {
        Path model = TinyData.model(folder);
        String train = folder.resolve("train.tsv").toString();
        byte[] before = Files.readAllBytes(model.resolve("parameters.safetensors"));

        Ran refused = TinyData.train("--train", train, "--model", model.toString(), "--seed", "7");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("add --overwrite");
        assertThat(Files.readAllBytes(model.resolve("parameters.safetensors"))).isEqualTo(before);

        Ran replaced = TinyData.train("--train", train, "--model", model.toString(), "--seed", "7", "--overwrite");
        assertThat(replaced.code()).isZero();
        assertThat(Files.readAllBytes(model.resolve("parameters.safetensors"))).isNotEqualTo(before);

        Path other = Files.createDirectory(folder.resolve("other"));
        Path precious = Files.writeString(other.resolve("thesis.txt"), "precious");
        Ran left = TinyData.train("--train", train, "--model", other.toString(), "--overwrite");
        assertThat(left.code()).isEqualTo(2);
        assertThat(left.err()).contains("holds files and no model");
        assertThat(precious).hasContent("precious");

        Ran file = TinyData.train("--train", train, "--model", train, "--overwrite");
        assertThat(file.code()).isEqualTo(2);

        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(TinyData.train("--train", train, "--model", empty.toString()).code())
                .isZero();
        assertThat(empty.resolve("model.json")).exists();
    }

    @Test
    void optionsWithoutEffectAreTold() throws IOException {
        String train = TinyData.write(folder, "train", TinyData.Format.ANNIF, 1).toString();
        Ran ran = TinyData.train(
                "--train",
                train,
                "--validate",
                train,
                "--model",
                folder.resolve("m").toString(),
                "--set",
                "labelNamesAsDocuments=true",
                "--set",
                "data.validationFraction=0.1");
        assertThat(ran.err())
                .contains("labelNamesAsDocuments has no effect without the names")
                .contains("validationFraction and validationExamples have no effect with --validate");
    }

    @Test
    void withoutAnyValidationTheModelIsWrittenWithoutMeasures() throws IOException {
        String train = TinyData.write(folder, "train", TinyData.Format.JSONL, 1).toString();
        String model = folder.resolve("m").toString();
        Ran ran = TinyData.train("--train", train, "--model", model, "--set", "validationFraction=0", "--json");
        assertThat(ran.code()).isZero();
        assertThat(ran.json().path("examples").asInt(-1)).isZero();
        assertThat(ran.json().has("P@1")).isFalse();
        assertThat(Ran.of("inspect", "--model", model).out()).contains("not validated");
    }

    @Test
    void anEncoderOfAnotherModelIsKeptUnderANewLayer() throws IOException {
        Path first = TinyData.model(folder);
        String train =
                TinyData.write(folder, "other.tsv", TinyData.Format.ANNIF, 5).toString();
        String second = folder.resolve("second").toString();
        // the second's own texts do not have the words of label names
        Ran ran = TinyData.train(
                "--train",
                train,
                "--model",
                second,
                "--encoder-from",
                first.toString(),
                "--set",
                "frozen=encoder",
                "--set",
                "density=0.75",
                "--json");
        assertThat(ran.err()).contains("labels with fan-in 24 of 32");
        assertThat(ran.code()).isZero();
        assertThat(ran.json().path("P@1").asDouble()).as("by chance 0.05").isGreaterThan(0.3);
        assertThat(Path.of(second, "vocabulary.tsv")).hasSameBinaryContentAs(first.resolve("vocabulary.tsv"));
        Ran inspected = Ran.of("inspect", "--model", second);
        assertThat(inspected.out()).contains("labels with fan-in 24 of 32", "train.frozen = encoder");
        assertThat(Ran.of("inspect", "--model", second, "--json")
                        .json()
                        .path("fanIn")
                        .asInt())
                .isEqualTo(24);
    }

    @Test
    void anEncoderThatDoesNotFitIsWrongUsage() throws IOException {
        Path first = TinyData.model(folder);
        String train = folder.resolve("train.tsv").toString();
        String second = folder.resolve("m").toString();
        List<String> start = List.of("--train", train, "--model", second, "--encoder-from", first.toString());
        assertThat(refused(start, "dimension=33", 2)).contains("table.rows", "33", "32");
        assertThat(refused(start, "minFrequency=7", 2)).contains("with --encoder-from, features are those of that");
        assertThat(refused(start, "fanIn=100", 2)).contains("fanIn must be at most the hidden units, 32");
        String xc = TinyData.write(folder, "x", TinyData.Format.XC, 1).toString();
        List<String> other = List.of("--train", xc, "--model", second, "--encoder-from", first.toString());
        assertThat(refused(other, "fanIn=8", 3)).contains("holds numbered features, the model was trained on texts");
    }

    private static String refused(List<String> arguments, String setting, int code) {
        Ran ran = TinyData.train(with(arguments.toArray(String[]::new), "--set", setting));
        assertThat(ran.code()).isEqualTo(code);
        return ran.err();
    }
}
