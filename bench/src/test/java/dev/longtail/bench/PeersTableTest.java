package dev.longtail.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.bench.peer.Peer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

class PeersTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aSystemHasARowOfFiguresOrAReason() throws Exception {
        PeersTable table = new PeersTable("finna");
        String figures = "{'ngrams': 2, 'P@1': 0.5, 'P@3': 0.25, 'P@5': 0.125, 'PSP@1': 1, 'PSP@3': 0, 'PSP@5': 0.333,"
                + " 'trainCpuSeconds': 1234.4, 'predictCpuSeconds': 1.25, 'peakRssBytes': 5e8, 'modelBytes': 1e6,"
                + " 'trainExamples': 1000, 'labels': 10, 'testExamples': 200}";
        assertThat(table.peer("tree", JSON.readTree(figures.replace('\'', '"'))))
                .isEqualTo("| tree, runs of up to 2 words | 50.00 | 25.00 | 12.50 | 100.00 | 0.00 | 33.30 | 1,234 | 1.3"
                        + " | 500 | 1.0 |\n");
        String row = table.peer("Tribuo", JSON.readTree("{\"notRun\": \"too large\"}"));
        assertThat(row).startsWith("| Tribuo | not run: too large |");
        assertThat(row.chars().filter(c -> c == '|')).hasSize(12);
        assertThat(table.toString())
                .contains("1,000 training examples, 10 labels, 200 test examples.")
                .endsWith(row);
    }

    @Test
    void optionsMayStandAnywhere() {
        PeersOptions options = PeersOptions.parse(
                "data bibtex --ngrams 1,2 delicious --skip-longtail --peers linear-tree,tribuo --documents 9"
                        .split(" "));
        assertThat(options.data()).isEqualTo(Path.of("data"));
        assertThat(options.sets()).containsExactly("bibtex", "delicious");
        assertThat(options.ngrams()).containsExactly(1, 2);
        assertThat(options.peers()).containsExactly(Peer.LINEAR_TREE, Peer.TRIBUO);
        assertThat(options.documents()).isEqualTo(9);
        assertThat(options.longtail()).isFalse();
        assertThatThrownBy(() -> PeersOptions.parse(new String[] {"data", "--sets"}))
                .hasMessageContaining("usage");
    }
}
