package dev.longtail.bench.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class ResultsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    @Test
    void aFinishedRunIsFoundAgain() throws IOException {
        Results results = new Results(folder.resolve("results"), "sample", "fan-in");
        CellRun run = run("a", 1, Map.of("output.fanIn", "64"));
        assertThat(results.has(run)).isFalse();
        results.add(run.describe(JSON.createObjectNode(), "fan-in"));
        assertThat(results.has(run)).isTrue();
        assertThat(results.has(run("another name", 1, Map.of("output.fanIn", "64"))))
                .isTrue();
        assertThat(results.has(run("a", 2, Map.of("output.fanIn", "64")))).isFalse();
        assertThat(results.has(run("a", 1, Map.of("output.fanIn", "32")))).isFalse();
        assertThat(results.has(new CellRun(run.cell(), "sample", 100, 3, 1, true)))
                .isFalse();
        assertThat(new Results(folder.resolve("results"), "sample", "cutoff").has(run))
                .isFalse();
    }

    @Test
    void theKeyDoesNotDependOnTheOrderOfSettings() {
        Cell first = Cell.EMPTY.set("b", "1").set("a", "2");
        Cell second = Cell.EMPTY.set("a", "2").set("b", "1");
        assertThat(new CellRun(first, "data/sample", 5, 3, 1, false).key())
                .isEqualTo(new CellRun(second, "other/sample", 5, 3, 1, false).key())
                .isEqualTo("sample examples=5 epochs=3 seed=1 part=validation {a=2, b=1}");
    }

    @Test
    void aRunOfAnotherGridServesAgain() throws IOException {
        CellRun run = run("128/on", 1, Map.of("output.fanIn", "128"));
        ObjectNode done = run.describe(JSON.createObjectNode(), "fan-in");
        done.putObject("evaluate").put("P@1", 0.25);
        new Results(folder, "sample", "fan-in").add(done);
        new Results(folder, "sample-2", "fan-in").add(done.deepCopy().put("key", "other"));

        Results other = new Results(folder, "sample", "curves");
        CellRun same = new CellRun(run.cell().head("x", "y"), "sample", 100, 3, 1, false);
        other.add(same.describe(other.twin(same).orElseThrow(), "curves"));
        assertThat(other.all()).hasSize(1);
        assertThat(other.all().get(0).text("grid")).isEqualTo("curves");
        assertThat(other.all().get(0).text("cell")).isEqualTo("128/on/y");
        assertThat(other.all().get(0).percent("P@1")).isEqualTo(25);
        assertThat(new Results(folder, "sample-2", "curves").twin(run)).isEmpty();
    }

    @Test
    void aHalfWrittenLineIsARunThatIsNotDone() throws IOException {
        Results results = new Results(folder, "sample", "fan-in");
        results.add(run("a", 1, Map.of()).describe(JSON.createObjectNode(), "fan-in"));
        Path file = folder.resolve("ablation-sample-fan-in.jsonl");
        Files.writeString(file, "{\"key\":\"cut o", StandardOpenOption.APPEND);
        assertThat(results.all()).hasSize(1);
        results.add(run("b", 2, Map.of()).describe(JSON.createObjectNode(), "fan-in"));
        assertThat(results.all()).hasSize(2);
        Files.writeString(file, "no json\n", StandardOpenOption.APPEND);
        assertThatThrownBy(results::all).isInstanceOf(IOException.class).hasMessageContaining("line 3 is no JSON");
    }

    @Test
    void theCommandNamesEverySetting() {
        DataSet set = new DataSet("s", Path.of("t"), Path.of("v"), Path.of("e"), Path.of("l"));
        CellRun run = run("a", 7, Map.of("output.fanIn", "64"));
        assertThat(run.train(set, Path.of("m"), Path.of("g")))
                .containsSubsequence("--train", "t", "--validate", "v", "--labels", "l", "--model", "m", "--log", "g")
                .containsSubsequence("--seed", "7", "--max-epochs", "3", "--set", "train.patience=3")
                .containsSubsequence("--set", "output.fanIn=64");
    }

    @Test
    void filesAreCutToTheirFirstExamples() throws IOException {
        Path data = Files.createDirectories(folder.resolve("bibtex"));
        DataSets sets = new DataSets(folder.resolve("scratch"));
        Path xc = Files.write(data.resolve("train.txt"), List.of("3 10 5", "1 0:1", "2 1:1", "3 2:1"));
        assertThat(sets.firstOf("a", xc, 2)).hasContent("2 10 5\n1 0:1\n2 1:1\n");
        assertThat(sets.firstOf("a", xc, 9)).hasContent("3 10 5\n1 0:1\n2 1:1\n3 2:1\n");
        Path annif = Files.write(data.resolve("train.tsv"), List.of("a\t<x>", "b\t<y>"));
        assertThat(sets.firstOf("a", annif, 1)).hasContent("a\t<x>\n");
        assertThatThrownBy(() -> sets.of(data.toString(), 1)).hasMessageContaining("no file validate.*");
    }

    @Test
    void gridsAreWellFormed() {
        assertThat(Grids.all()).extracting(Grid::name).doesNotHaveDuplicates();
        Grid grid = Grids.named("fan-in");
        assertThat(grid.cells()).hasSize(10);
        assertThat(grid.cells(List.of("64/on", "32/off")))
                .extracting(Cell::name)
                .containsExactly("64/on", "32/off");
        assertThatThrownBy(() -> grid.cells(List.of("65/on"))).hasMessageContaining("384/off");
        assertThatThrownBy(() -> Grids.named("none")).hasMessageContaining("no grid none, there are fan-in, cutoff");
    }

    private static CellRun run(String name, long seed, Map<String, String> settings) {
        return new CellRun(new Cell("", Map.of("name", name), settings), "sample", 100, 3, seed, false);
    }
}
