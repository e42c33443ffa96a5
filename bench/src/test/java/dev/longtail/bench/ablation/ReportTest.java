package dev.longtail.bench.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.figure.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ReportTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @Test
    void aTableShowsMeansAndDeviations() throws IOException {
        add("fan-in", "64/off", 1, 0.20);
        add("fan-in", "128/off", 1, 0.24);
        add("fan-in", "128/off", 2, 0.26);
        new Report(folder, "sample").write("# Title\n\n");
        assertThat(folder.resolve("ablation-sample.md"))
                .content()
                .startsWith("# Title\n\n## fan-in\n")
                .contains("The first 100 training examples, 3 epochs, measured on the validation part; commit abc,"
                        + " kernels scalar, Java 17.")
                .contains("| fan-in | auxiliary | P@1 | P@3 | P@5 | PSP@1 |")
                // The deviation of 24 and 26 is the root of 2; the order is the grid's.
                .containsSubsequence("| 128 | off | **25.00 ± 1.41** |", "| 64 | off | 20.00 |")
                .contains("| 0.5000 | 1,500 | 2.0 | 4.0 | 0.3 | 77 | 1 |");
    }

    @Test
    void figuresAreDrawnFromTheLogs() throws IOException {
        for (String cell : List.of("128/off", "128/on")) {
            add("curves", cell, 1, 0.2);
        }
        add("dynamic", "64/moving", 1, 0.2);
        new Report(folder, "sample").write("");
        assertThat(folder.resolve("figures").resolve("curves-sample.png")).exists();
        assertThat(folder.resolve("figures").resolve("gradients-128-sample.png"))
                .exists();
        assertThat(folder.resolve("figures").resolve("moves-dynamic-sample.png"))
                .exists();
        assertThat(folder.resolve("ablation-sample.html"))
                .content()
                .contains("2.50 times as large with the auxiliary objective");
        assertThat(Report.dataSets(folder)).containsExactly("sample");
        assertThatThrownBy(() -> new Report(folder, "other").write("")).hasMessageContaining("no results");
    }

    @Test
    void qualityIsDrawnAgainstSparsityWithTheDenseLayerAsALevel() throws IOException {
        for (Cell cell : Grids.named("architecture").cells()) {
            add("architecture", cell.name(), 1, 0.3);
        }
        Results results = new Results(folder, "sample", "architecture");
        Figure figure = new ResultFigures("sample", java.util.Map.of("architecture", results.all()))
                .all()
                .get(0);
        assertThat(figure.series())
                .extracting(each -> each.name())
                .containsExactly("S", "S+W", "S+W+Aux", "static", "bottleneck", "dense");
        assertThat(figure.series().get(0).points()).hasSize(5);
        assertThat(figure.series().get(0).points().get(4).x()).isEqualTo(95.8);
        assertThat(figure.series().get(5).reference()).isTrue();
    }

    @Test
    void aLogIsCutIntoPieces() {
        List<String> lines = new ArrayList<>(List.of("{\"kind\":\"run\",\"steps\":1000}"));
        for (int step = 2; step <= 1000; step += 2) {
            lines.add("{\"kind\":\"step\",\"step\":" + step + ",\"steps\":2,\"loss\":" + step
                    + ",\"encoderGradient\":1,\"auxiliaryWeight\":0.5,\"moved\":" + (step % 500 == 0 ? 9 : 0) + "}");
        }
        lines.add("{\"kind\":\"epoch\",\"epoch\":1,\"loss\":2,\"P@1\":0.5,\"nDCG@3\":0.1}");
        ObjectNode summary = LogSummary.of(lines);
        assertThat(summary.path("steps").size()).isEqualTo(100);
        // Steps 1 to 10 in lines that end at 2, 4, 6, 8 and 10.
        assertThat(summary.at("/steps/0/step").asLong()).isEqualTo(10);
        assertThat(summary.at("/steps/0/loss").asDouble()).isCloseTo(6, within(1e-6));
        assertThat(summary.at("/moves").toString())
                .isEqualTo("[{\"step\":500,\"moved\":9},{\"step\":1000,\"moved\":9}]");
        assertThat(summary.at("/epochs").toString()).isEqualTo("[{\"epoch\":1,\"loss\":2,\"P@1\":0.5}]");
    }

    @Test
    void stepsAreDrawnAgainstConnections() throws IOException {
        Path file = Files.write(
                folder.resolve("label-scaling.csv"),
                List.of(
                        ScalingFigures.COLUMNS,
                        "labels,10000,64,640000,0.004,0.007,200000000",
                        "labels,100000,64,6400000,0.03,0.05,400000000",
                        "fan-in,100000,128,12800000,0.06,0.11,600000000"));
        List<Figure> figures = ScalingFigures.figures(file);
        assertThat(figures.get(0).series())
                .extracting(each -> each.name())
                .containsExactly("fan-in 64", "fan-in 128", "proportional");
        // 0.06 s for 12.8 M connections are 0.003 s for 0.64 M.
        assertThat(figures.get(0).series().get(2).points().get(0).y()).isCloseTo(0.003, within(1e-9));
        assertThat(figures.get(1).series().get(0).points().get(1).y()).isEqualTo(0.4);
        Files.writeString(file, "labels,fanIn\n1,2\n");
        assertThatThrownBy(() -> ScalingFigures.figures(file)).hasMessageContaining("secondsPerStep");
    }

    private void add(String grid, String name, long seed, double quality) throws IOException {
        Cell cell = Grids.named(grid).cells(List.of(name)).get(0);
        ObjectNode result =
                new CellRun(cell, "data/sample", 100, 3, seed, false).describe(JSON.createObjectNode(), grid);
        result.put("commit", "abc").put("kernels", "scalar").put("java", "17");
        result.putObject("train")
                .put("loss", 0.5)
                .put("peakRssBytes", 1_500_000_000L)
                .put("secondsPerEpoch", 2.0)
                .put("cpuSecondsPerEpoch", 4.0)
                .put("moved", 77);
        result.putObject("evaluate").put("P@1", quality).put("predictSeconds", 0.25);
        double gradient = name.endsWith("on") ? 5 : 2;
        result.set(
                "log",
                JSON.readTree("{\"epochs\":[{\"epoch\":1,\"P@1\":0.1},{\"epoch\":2,\"P@1\":0.2}],"
                        + "\"steps\":[{\"step\":10,\"encoderGradient\":" + gradient
                        + "},{\"step\":20,\"encoderGradient\":1}],"
                        + "\"moves\":[{\"step\":10,\"moved\":70}]}"));
        new Results(folder, "sample", grid).add(result);
    }
}
