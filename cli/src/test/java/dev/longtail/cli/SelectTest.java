package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.format.AnchorFacts;
import dev.longtail.format.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stored models ranked by the objective; no parameter is needed for it, so the folders hold a manifest only. */
final class SelectTest {

    @TempDir
    private Path folder;

    private String write(String name, AnchorFacts facts) throws IOException {
        ObjectNode fields = Json.object().put("task", "test");
        facts.putInto(fields);
        ModelFolder.write(folder.resolve(name), fields, List.of());
        return folder.resolve(name).toString();
    }

    private String language(int anchors, double perplexity, long nnz) throws IOException {
        AnchorFacts.Table table = AnchorFacts.Table.mixed("words", anchors, 200, nnz);
        return write("a" + anchors, new AnchorFacts(List.of(table), "ln perplexity", Math.log(perplexity)));
    }

    private static Ran select(List<String> models, String... options) {
        List<String> all = new ArrayList<>(List.of("select", "--model"));
        all.addAll(models);
        all.addAll(List.of(options));
        return Ran.of(all.toArray(String[]::new));
    }

    /** The paper's models of Penn Treebank with lambda2 = 1e-6; Table 15 has the first three, with these winners. */
    @ParameterizedTest
    @CsvSource({"2e-5, a1000, 4.61, 0.41", "1e-4, a500, 4.66, 0.27", "1e-1, a500, 54.6, 0.27"})
    void table15IsRanked(String lambda1, String best, double printed, double millions) throws IOException {
        List<String> models =
                List.of(language(2000, 77.7, 245_000), language(1000, 79.4, 214_000), language(500, 84.5, 171_000));
        Ran ran = select(models, "--lambda1", lambda1, "--lambda2", "1e-6", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode json = ran.json();
        assertThat(json.path("lossName").asString()).isEqualTo("ln perplexity");
        JsonNode first = json.path("models").path(0);
        assertThat(first.path("model").asString()).endsWith(best);
        assertThat(first.path("objective").asDouble()).isCloseTo(printed, within(printed < 10 ? 0.005 : 0.05));
        assertThat(first.path("parameters").asDouble() / 1e6).isCloseTo(millions, within(0.005));
        double previous = 0;
        for (int i = 0; i < 3; i++) {
            JsonNode model = json.path("models").path(i);
            double objective = model.path("objective").asDouble();
            assertThat(objective).isGreaterThan(previous);
            assertThat(model.path("loss").asDouble()
                            + model.path("nnzTerm").asDouble()
                            + model.path("anchorTerm").asDouble())
                    .isCloseTo(objective, within(1e-9));
            assertThat(model.path("best").asBoolean()).isEqualTo(i == 0);
            assertThat(model.path("front").asBoolean()).isTrue();
            assertThat(model.path("tables").path(0).path("name").asString()).isEqualTo("words");
            previous = objective;
        }
    }

    @Test
    void aTableShowsTermsBestAndFront() throws IOException {
        List<String> models = List.of(
                write("full", rated(0.771, AnchorFacts.Table.full("users", 6040, 16))),
                write("ant", rated(0.786, AnchorFacts.Table.mixed("users", 15, 16, 20_000))),
                write("worse", rated(0.8, AnchorFacts.Table.mixed("users", 15, 16, 20_001))));
        Ran ran = select(models, "--lambda1", "0.01", "--lambda2", "1e-5");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("model +MSE +nnz +anchors +nnz term +anchor term +objective +parameters")
                .containsPattern("ant +0\\.78600 +20,000 +15 +0\\.20000 +0\\.14985 +1\\.1359 +20,240 +best, front\n")
                .containsPattern("worse +0\\.80000 +20,001 +.* -\n")
                .containsPattern("full +0\\.77100 +6,040 +6,040 .* 96,640 +front\n")
                .contains("Best by MSE + 1.0E-5 nnz + (0.01 - 1.0E-5) anchors: " + models.get(1));
    }

    private static AnchorFacts rated(double loss, AnchorFacts.Table table) {
        return new AnchorFacts(List.of(table), AnchorFacts.MEAN_SQUARED_ERROR, loss);
    }

    @Test
    void aModelThatTagsHasAFullTableAndTheShareOfWrongFirstSuggestions() throws IOException {
        String model = TinyData.model(folder).toString();
        JsonNode inspected = Ran.of("inspect", "--model", model, "--json").json();
        Ran ran = select(List.of(model), "--lambda1", "0", "--lambda2", "0", "--json");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode first = ran.json().path("models").path(0);
        long features = inspected.path("features").asLong();
        assertThat(features).isPositive();
        assertThat(first.path("anchors").asLong()).isEqualTo(features);
        assertThat(first.path("nnz").asLong()).isEqualTo(features);
        assertThat(first.path("parameters").asLong()).isEqualTo(features * 32);
        ObjectNode manifest = ModelFolder.open(Path.of(model)).manifest();
        JsonNode precision = manifest.path("provenance").path("validation").path("P@1");
        assertThat(precision.isNumber()).isTrue();
        assertThat(first.path("objective").asDouble()).isCloseTo(1 - precision.doubleValue(), within(1e-12));
    }

    @Test
    void whatCannotBeComparedIsRefused() throws IOException {
        String rating = write("rating", rated(0.8, AnchorFacts.Table.full("users", 6040, 16)));
        String language = language(100, 106.6, 25_000);
        Ran ran = select(List.of(rating, language), "--lambda1", "1", "--lambda2", "1");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("models of different losses cannot be compared: " + rating + " has MSE, " + language
                        + " has ln perplexity");

        String silent = write("silent", new AnchorFacts(List.of(), java.util.Optional.empty()));
        ran = select(List.of(silent), "--lambda1", "1", "--lambda2", "1");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains(silent + ": records no loss on validation examples; train it with --validate");

        ran = select(List.of(folder.resolve("none").toString()), "--lambda1", "1", "--lambda2", "1");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("none: there is no such folder");
    }
}
