package dev.longtail.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.anchor.AnchorStart;
import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.relation.RelationGraphBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnchorSetupTest {

    private static final int FEATURES = 6;

    private static AnchorTable table(Map<String, String> settings) {
        AnchorConfig config = Settings.override(AnchorConfig.DEFAULT, settings);
        TableConfig shape = new TableConfig(TableConfig.Kind.ANCHORS, 4, true, 1, 1, config);
        AnchorTable table = (AnchorTable) shape.newTable(FEATURES, "t");
        table.initialise(1, 7);
        return table;
    }

    private static AnchorStart start(int... objects) {
        return new AnchorStart(objects, 0, null, new NoLinks());
    }

    private static AnchorSetup setup(int... objects) {
        return new AnchorSetup(Optional.of(start(objects)), Optional.empty());
    }

    @Test
    void objectsAreStoredAndReadAgain() {
        AnchorTable table = table(Map.of("count", "3"));
        assertThat(table.tensors()).noneMatch(tensor -> tensor.name().equals("t.objects"));
        setup(4, -1, 2).applyTo(table);
        List<Tensor> tensors = table.tensors();
        AnchorTable other = table(Map.of("count", "3"));
        other.take(tensors);
        assertThat(other.objects()).containsExactly(4, -1, 2);
        assertThat(((AnchorTable) other.inBytes()).objects()).containsExactly(4, -1, 2);
        assertThat(((AnchorTable) other.select(new int[] {0, 1, 4})).objects()).containsExactly(2, -1, -1);
        assertThat(((AnchorTable) other.select(new int[] {0, 1, 3})).objects()).isEmpty();
        setup(-1, -1, -1).applyTo(table);
        assertThat(table.objects()).isEmpty();
        assertThat(table.tensors()).noneMatch(tensor -> tensor.name().equals("t.objects"));
    }

    @Test
    void objectsThatCannotBeAreRefused() {
        AnchorTable table = table(Map.of("count", "3"));
        setup(4, -1, 2).applyTo(table);
        for (int[] wrong : new int[][] {{4, -1}, {4, -2, 2}, {4, -1, FEATURES}}) {
            List<Tensor> tensors = table.tensors().stream()
                    .map(tensor -> tensor instanceof Tensor.Ints
                            ? new Tensor.Ints("t.objects", List.of((long) wrong.length), List.of(wrong))
                            : tensor)
                    .toList();
            assertThatThrownBy(() -> table.take(tensors))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("t.objects");
        }
    }

    @Test
    void anchorsThatComeAreNoObjects() {
        AnchorTable table = table(Map.of("count", "2"));
        setup(4, 2).applyTo(table);
        table.resize(3);
        assertThat(table.objects()).containsExactly(4, 2, -1);
        table.resize(1);
        assertThat(table.objects()).containsExactly(4);
    }

    @Test
    void whatSettingsAskForMustHaveBeenFound() {
        AnchorTable frequent = table(Map.of("count", "2", "start.strategy", "frequency"));
        assertThatThrownBy(() -> AnchorSetup.NONE.applyTo(frequent)).hasMessageContaining("anchors must be chosen");
        AnchorTable related = table(Map.of("count", "2", "relations.wordnet", "true"));
        assertThatThrownBy(() -> AnchorSetup.NONE.applyTo(related)).hasMessageContaining("relations must be found");
        AnchorSetup.NONE.applyTo(table(Map.of()));
        TableConfig dense = new TableConfig(TableConfig.Kind.DENSE, 4, 1, 1);
        AnchorSetup.NONE.applyTo(dense.newTable(FEATURES, "t"));
        assertThatThrownBy(() -> setup(1).applyTo(dense.newTable(FEATURES, "t")))
                .hasMessageContaining("table must be one of anchors");
    }

    @Test
    void relationsAreOfAnchorsThatAreObjects() {
        RelationGraphBuilder graph = new RelationGraphBuilder(FEATURES);
        graph.relate(1, 4);
        AnchorSetup both = new AnchorSetup(Optional.of(start(4, -1)), Optional.of(graph.build()));
        AnchorTable table = table(Map.of("count", "2"));
        both.applyTo(table);
        assertThat(table.mask()).isPresent();
        AnchorSetup only = new AnchorSetup(Optional.empty(), both.relations());
        assertThatThrownBy(() -> only.applyTo(table(Map.of("count", "2"))))
                .hasMessageContaining("anchors must be objects");
    }
}
