package dev.longtail.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelationGraphTest {

    private static List<String> pairs(Neighbours neighbours) {
        List<String> pairs = new ArrayList<>();
        neighbours.forEach((u, v) -> pairs.add(u + "-" + v));
        return pairs;
    }

    private static List<Integer> list(Neighbours neighbours, int object) {
        List<Integer> list = new ArrayList<>();
        for (int at = neighbours.start(object); at < neighbours.start(object + 1); at++) {
            list.add(neighbours.ids()[at]);
        }
        return list;
    }

    @Test
    void pairsHaveNoDirectionAndAreKeptOnce() {
        RelationGraphBuilder builder = new RelationGraphBuilder(5);
        builder.relate(3, 1);
        builder.relate(1, 3);
        builder.relate(1, 0);
        builder.relate(2, 2);
        builder.separate(4, 1);
        RelationGraph graph = builder.build();
        assertThat(pairs(graph.related())).containsExactly("0-1", "1-3");
        assertThat(pairs(graph.unrelated())).containsExactly("1-4");
        assertThat(list(graph.related(), 1)).containsExactly(0, 3);
        assertThat(list(graph.related(), 2)).isEmpty();
        assertThat(graph.related(3, 1)).isTrue();
        assertThat(graph.related(0, 3)).isFalse();
        assertThat(graph.related(4, 4)).isTrue();
        assertThat(graph.unrelated(1, 4)).isTrue();
        assertThat(graph.unrelated(1, 3)).isFalse();
        assertThat(graph.related().pairs()).isEqualTo(2);
        assertThat(graph.related().count(1)).isEqualTo(2);
    }

    @Test
    void aGraphWithoutPairsTakesNoMemoryForItsObjects() {
        RelationGraph graph = new RelationGraphBuilder(Integer.MAX_VALUE).build();
        assertThat(graph.related(7, 7)).isTrue();
        assertThat(graph.related(7, Integer.MAX_VALUE - 1)).isFalse();
        assertThat(graph.related().start(Integer.MAX_VALUE)).isZero();
        assertThat(pairs(graph.unrelated())).isEmpty();
    }

    /** Against a plain set of pairs. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 40, 300})
    void manyPairs(int objects) {
        SplittableRandom random = new SplittableRandom(objects);
        RelationGraphBuilder builder = new RelationGraphBuilder(objects);
        Set<List<Integer>> expected = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            int u = random.nextInt(objects);
            int v = random.nextInt(objects);
            builder.relate(u, v);
            if (u != v) {
                expected.add(List.of(Math.min(u, v), Math.max(u, v)));
            }
        }
        RelationGraph graph = builder.build();
        Set<List<Integer>> found = new HashSet<>();
        graph.related().forEach((u, v) -> found.add(List.of(u, v)));
        assertThat(found).isEqualTo(expected);
        assertThat(graph.related().pairs()).isEqualTo(expected.size());
        for (int u = 0; u < objects; u++) {
            assertThat(list(graph.related(), u)).isSorted();
            for (int v = 0; v < objects; v++) {
                assertThat(graph.related(u, v))
                        .isEqualTo(u == v || expected.contains(List.of(Math.min(u, v), Math.max(u, v))));
            }
        }
    }

    @Test
    void aPairCannotBeBoth() {
        RelationGraphBuilder builder = new RelationGraphBuilder(4);
        builder.relate(2, 1);
        builder.separate(0, 3);
        builder.separate(1, 2);
        assertThatThrownBy(builder::build).hasMessageContaining("objects 1 and 2 are called related and unrelated");
        assertThatThrownBy(() -> builder.separate(3, 3)).hasMessageContaining("different objects");
        assertThatThrownBy(() -> builder.relate(0, 4)).hasMessageContaining("[0, 4)");
        assertThatThrownBy(() -> builder.relate(-1, 0)).hasMessageContaining("[0, 4)");
    }

    @Test
    void inAUnionRelatedWins() {
        RelationGraphBuilder first = new RelationGraphBuilder(4);
        first.relate(0, 1);
        first.separate(2, 3);
        first.separate(1, 2);
        RelationGraphBuilder second = new RelationGraphBuilder(4);
        second.relate(2, 3);
        second.separate(0, 1);
        second.separate(0, 3);
        RelationGraph union = first.build().union(second.build());
        assertThat(pairs(union.related())).containsExactly("0-1", "2-3");
        assertThat(pairs(union.unrelated())).containsExactly("0-3", "1-2");
        assertThatThrownBy(() -> union.union(new RelationGraphBuilder(5).build()))
                .hasMessageContaining("4 objects");
    }

    @Test
    void unrelatedPairsAreDrawnOutsideTheRelatedOnes() {
        RelationGraphBuilder builder = new RelationGraphBuilder(60);
        for (int u = 0; u < 60; u++) {
            builder.relate(u, (u + 1) % 60);
            builder.relate(0, u);
        }
        builder.separate(5, 9);
        RelationGraph graph = builder.build();
        RelationGraph drawn = graph.withDrawnUnrelated(4, 1);
        assertThat(drawn.unrelated(9, 5)).isTrue();
        drawn.unrelated().forEach((u, v) -> assertThat(graph.related(u, v)).isFalse());
        for (int u = 1; u < 60; u++) {
            assertThat(drawn.unrelated().count(u)).isPositive();
        }
        assertThat(drawn.unrelated().count(0)).as("related to all").isZero();
        assertThat(pairs(drawn.related())).isEqualTo(pairs(graph.related()));
        assertThat(pairs(graph.withDrawnUnrelated(4, 1).unrelated())).isEqualTo(pairs(drawn.unrelated()));
        assertThat(pairs(graph.withDrawnUnrelated(4, 2).unrelated())).isNotEqualTo(pairs(drawn.unrelated()));
    }
}
