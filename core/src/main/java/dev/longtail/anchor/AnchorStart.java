package dev.longtail.anchor;

import dev.longtail.config.Require;
import dev.longtail.relation.FreeEntries;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of anchors as a table E = T A starts from it.
 *
 * @param objects object that each anchor is, {@link FreeEntries#NO_OBJECT} where it is none; as long as there are
 *                anchors
 * @param dimension length of the vectors, 0 where there are none
 * @param vectors [anchors][dimension], the anchors' places in the space that they were found in; null where there is no
 *                space, and then A starts at random
 * @param links first rows of T
 */
public record AnchorStart(int[] objects, int dimension, float @Nullable [] vectors, FirstLinks links) {

    public AnchorStart {
        int values = vectors == null ? 0 : vectors.length;
        Require.that(values == objects.length * dimension, "vectors of anchors", "anchors times dimension", values);
    }

    /** Number of anchors. */
    public int anchors() {
        return objects.length;
    }

    /** Whether some anchor is an object. */
    public boolean hasObjects() {
        return Arrays.stream(objects).anyMatch(object -> object != FreeEntries.NO_OBJECT);
    }

    /** The vectors, if they have the length that a table needs; otherwise its A starts at random. */
    public float @Nullable [] vectors(int tableDimension) {
        return dimension == tableDimension ? vectors : null;
    }

    /**
     * The sets of a linear mixture as one: E = sum of T_m A_m is [T_1 .. T_M] times the A_m below each other (appendix
     * E). It has vectors if all sets have, of one length.
     */
    public static AnchorStart joined(List<AnchorStart> sets) {
        Require.that(!sets.isEmpty(), "sets of anchors", "at least one", "none");
        int dimension = sets.get(0).dimension;
        boolean vectors = sets.stream().allMatch(set -> set.vectors != null && set.dimension == dimension);
        int[] objects =
                sets.stream().flatMapToInt(set -> Arrays.stream(set.objects)).toArray();
        float[] all = new float[vectors ? objects.length * dimension : 0];
        int at = 0;
        for (AnchorStart set : sets) {
            float[] own = set.vectors;
            if (vectors && own != null) {
                System.arraycopy(own, 0, all, at, own.length);
                at += own.length;
            }
        }
        return vectors
                ? new AnchorStart(objects, dimension, all, new JoinedLinks(sets))
                : new AnchorStart(objects, 0, null, new JoinedLinks(sets));
    }

    /** Links of the sets behind each other, their anchors numbered on. */
    private record JoinedLinks(List<AnchorStart> sets) implements FirstLinks {

        private JoinedLinks {
            sets = List.copyOf(sets);
        }

        @Override
        public int most() {
            return sets.stream().mapToInt(set -> set.links.most()).sum();
        }

        @Override
        public int read(int object, int[] anchors, float[] weights) {
            int[] ownAnchors = new int[most()];
            float[] ownWeights = new float[ownAnchors.length];
            int count = 0;
            int first = 0;
            for (AnchorStart set : sets) {
                int own = set.links.read(object, ownAnchors, ownWeights);
                for (int i = 0; i < own; i++) {
                    anchors[count] = first + ownAnchors[i];
                    weights[count++] = ownWeights[i];
                }
                first += set.anchors();
            }
            return count;
        }
    }
}
