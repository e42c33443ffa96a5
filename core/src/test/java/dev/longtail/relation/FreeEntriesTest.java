package dev.longtail.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FreeEntriesTest {

    private static int[] free(FreeEntries entries, int object) {
        return Arrays.copyOfRange(entries.anchors(), entries.start(object), entries.start(object + 1));
    }

    /** Figure 6 of the paper: bird is an anchor, canary is related to it and its entry is not penalised. */
    @Test
    void canaryIsFreeToUseBird() {
        int bird = 3;
        int canary = 1;
        RelationGraphBuilder builder = new RelationGraphBuilder(5);
        builder.relate(bird, canary);
        builder.relate(canary, 2);
        FreeEntries free = FreeEntries.of(builder.build(), new int[] {0, bird});
        assertThat(free.isFree(canary, 1)).isTrue();
        assertThat(free.isFree(canary, 0)).isFalse();
        assertThat(free.isFree(2, 1)).as("related to a related object only").isFalse();
        assertThat(free.isFree(bird, 1)).as("itself").isTrue();
        assertThat(free(free, 0)).containsExactly(0);
        assertThat(free(free, 4)).isEmpty();
        assertThat(free.objects()).isEqualTo(5);
        assertThat(free.anchorCount()).isEqualTo(2);
    }

    /** Against equation 32, entry by entry. */
    @Test
    void entriesAreFreeWhereObjectsAreRelated() {
        int objects = 70;
        SplittableRandom random = new SplittableRandom(3);
        RelationGraphBuilder builder = new RelationGraphBuilder(objects);
        for (int i = 0; i < 300; i++) {
            builder.relate(random.nextInt(objects), random.nextInt(objects));
        }
        RelationGraph graph = builder.build();
        int[] anchors = {60, 2, FreeEntries.NO_OBJECT, 33, 2};
        FreeEntries free = FreeEntries.of(graph, anchors);
        int all = 0;
        for (int u = 0; u < objects; u++) {
            assertThat(free(free, u)).isSorted();
            for (int anchor = 0; anchor < anchors.length; anchor++) {
                boolean expected = anchors[anchor] >= 0 && graph.related(u, anchors[anchor]);
                assertThat(free.isFree(u, anchor)).isEqualTo(expected);
                all += expected ? 1 : 0;
            }
        }
        assertThat(free.anchors()).hasSize(all);
    }

    @Test
    void anchorsMustBeObjects() {
        RelationGraph graph = new RelationGraphBuilder(5).build();
        assertThatThrownBy(() -> FreeEntries.of(graph, new int[] {-1, -1, -1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("anchors must be objects")
                .hasMessageContaining("frequency")
                .hasMessageContaining("3 vectors that are no object");
        assertThatThrownBy(() -> FreeEntries.of(graph, new int[] {0, 5})).hasMessageContaining("got 5");
    }
}
