package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class TuneTest {

    @TempDir
    private Path folder;

    private Ran train(Path model, String... more) throws IOException {
        Path train = folder.resolve("train.tsv");
        if (!Files.exists(train)) {
            TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        }
        List<String> arguments = new ArrayList<>(List.of("--train", train.toString(), "--model", model.toString()));
        arguments.addAll(List.of("--set", "validationFraction=0.2"));
        arguments.addAll(List.of("--set", "dimension=32", "--set", "fanIn=16", "--max-epochs", "4"));
        arguments.addAll(List.of(more));
        return TinyData.train(arguments.toArray(String[]::new));
    }

    @Test
    void theModelIsThatOfTheWinnersSettings() throws IOException {
        Path tuned = folder.resolve("tuned");
        Ran ran = train(
                tuned,
                "--tune",
                "20s",
                "--tune-for",
                "nDCG@3",
                "--tune-settings",
                "outputOptimizer.learningRate=0.001,0.04,0.06",
                "--tune-settings",
                "slack=0.1,0.2",
                "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode tune = ran.json().path("tune");
        assertThat(tune.path("metric").asString()).isEqualTo("nDCG@3");
        assertThat(tune.path("budgetSeconds").asDouble()).isEqualTo(20);
        JsonNode trials = tune.path("trials");
        assertThat(trials.path(0).path("candidate").asInt()).isZero();
        assertThat(trials.path(0).path("settings").isEmpty()).isTrue();
        // four rates, one of them the 0.02 to start from, times two slacks, one trial each: 320 examples are one rung
        assertThat(trials.size()).isEqualTo(8);
        double best = 0;
        for (JsonNode trial : trials) {
            assertThat(trial.path("outcome").asString()).isEqualTo("measured");
            best = Math.max(best, trial.path("value").asDouble());
        }
        assertThat(ran.json().path("nDCG@3").asDouble())
                .isEqualTo(best)
                .isGreaterThanOrEqualTo(trials.path(0).path("value").asDouble());
        assertThat(ran.err())
                .contains("searching for settings with the best validation nDCG@3 in 0:20")
                .contains("rung 1 of 1", "rung 1, the settings to start from: nDCG@3 ", "best so far", " left")
                .contains("training with ");

        JsonNode manifest = Ran.json(Files.readString(tuned.resolve("model.json")));
        assertThat(manifest.at("/provenance/tune")).isEqualTo(tune);

        List<String> again = new ArrayList<>();
        tune.at("/chosen/settings").properties().forEach(setting -> {
            again.add("--set");
            again.add(setting.getKey() + "=" + setting.getValue().asString());
        });
        Path repeated = folder.resolve("repeated");
        assertThat(train(repeated, again.toArray(String[]::new)).code()).isZero();
        for (String file : List.of("parameters.safetensors", "calibration.safetensors")) {
            assertThat(tuned.resolve(file)).hasSameBinaryContentAs(repeated.resolve(file));
        }
    }

    @Test
    void peopleReadTheTrialsAndHowToRepeatTheRun() throws IOException {
        // where all first values are zero, no gradient is anything else, and nothing is learned
        Ran ran = train(
                folder.resolve("model"),
                "--tune",
                "20s",
                "--tune-settings",
                "initialScale=0,1",
                "--set",
                "initialScale=0");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith("Settings that were tried:")
                .contains("candidate  examples  P@1")
                .contains("1 * ", "(those to start from)", "model.table.initialScale=1.0")
                .contains("The same model without a search")
                .contains("  --set model.table.initialScale=1.0" + System.lineSeparator());
        assertThat(Ran.of("inspect", "--model", folder.resolve("model").toString())
                        .code())
                .isZero();
    }

    @Test
    void whatIsSetIsNotSearchedUnlessItIsNamed() throws IOException {
        Ran ran = train(folder.resolve("model"), "--tune", "1s");
        assertThat(ran.code()).as(ran.err()).isZero();
        String searched = ran.err()
                .lines()
                .filter(line -> line.startsWith("searching"))
                .findFirst()
                .orElseThrow();
        assertThat(searched)
                .contains("train.tableOptimizer.learningRate", "model.body.dropout")
                .doesNotContain("model.table.dimension", "model.output.fanIn", "train.maxEpochs");
    }

    @Test
    void theShapeOfAnEncoderIsKept() throws IOException {
        Path encoder = folder.resolve("encoder");
        assertThat(train(encoder).code()).isZero();
        Ran wrong = train(
                folder.resolve("model"),
                "--encoder-from",
                encoder.toString(),
                "--tune",
                "1s",
                "--tune-settings",
                "table.initialScale=1,2");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("model.table.initialScale cannot be searched with --encoder-from");
        Ran ran = train(folder.resolve("model"), "--encoder-from", encoder.toString(), "--tune", "1s");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).doesNotContain("impossible");
    }

    @Test
    @Timeout(60)
    void anInterruptedSearchLeavesNothingBehind() throws Exception {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        Path model = folder.resolve("model");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);
        AtomicInteger code = new AtomicInteger(-1);
        String[] arguments = {
            "train",
            "--train",
            train.toString(),
            "--model",
            model.toString(),
            "--preset",
            "small",
            "--tune",
            "1h",
            "--temporary",
            temporary.toString()
        };
        Thread run = new Thread(() -> code.set(Main.run(console, arguments)));
        run.start();
        while (!err.toString(StandardCharsets.UTF_8).contains("candidate 1")) {
            Thread.sleep(10);
        }
        run.interrupt();
        run.join();

        assertThat(code).hasValue(130);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith("longtail: interrupted; nothing was written to " + model + System.lineSeparator());
        assertThat(model).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }
}
