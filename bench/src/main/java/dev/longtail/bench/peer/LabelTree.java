package dev.longtail.bench.peer;

import dev.longtail.cluster.LabelClusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A tree whose leaves are the labels and whose inner nodes are clusters of similar labels. Level 0 is the root alone;
 * the nodes of a level are numbered from left to right, so the children of a node are a range of the next level.
 */
final class LabelTree {

    /** Children of node n of level l: the nodes {@code first[l][n]} to {@code first[l][n + 1]} - 1 of level l + 1. */
    private final int[][] first;

    /** Node of level l above node n of level l + 1: {@code parent[l][n]}. */
    private final int[][] parent;

    private final int[] labelOfLeaf;
    private final int[] leafOfLabel;

    private LabelTree(int[][] first, int[] labelOfLeaf) {
        this.first = first;
        this.labelOfLeaf = labelOfLeaf.clone();
        this.leafOfLabel = new int[labelOfLeaf.length];
        for (int leaf = 0; leaf < labelOfLeaf.length; leaf++) {
            leafOfLabel[labelOfLeaf[leaf]] = leaf;
        }
        this.parent = new int[first.length][];
        for (int level = 0; level < first.length; level++) {
            parent[level] = new int[first[level][nodes(level)]];
            for (int node = 0; node < nodes(level); node++) {
                for (int child = first(level, node); child < first(level, node + 1); child++) {
                    parent[level][child] = node;
                }
            }
        }
    }

    /**
     * The tree over clusters whose neighbours are similar: so many neighbours get a common parent, so many neighbouring
     * parents again, up to the root. With a single cluster all labels are children of the root.
     */
    static LabelTree of(LabelClusters clusters, int branching) {
        List<int[]> upwards = new ArrayList<>();
        int[] leaves = new int[clusters.count() + 1];
        for (int cluster = 0; cluster <= clusters.count(); cluster++) {
            leaves[cluster] = clusters.cut().first(cluster);
        }
        upwards.add(leaves);
        for (int width = clusters.count(); width > 1; width = (width + branching - 1) / branching) {
            int[] children = new int[(width + branching - 1) / branching + 1];
            for (int node = 0; node < children.length; node++) {
                children[node] = Math.min(node * branching, width);
            }
            upwards.add(children);
        }
        Collections.reverse(upwards);
        return new LabelTree(upwards.toArray(new int[0][]), clusters.labelOfRow());
    }

    /** Number of levels above the leaves. */
    int levels() {
        return first.length;
    }

    /** Number of nodes of a level. */
    int nodes(int level) {
        return first[level].length - 1;
    }

    /** Number of children that all nodes of a level have together. */
    int children(int level) {
        return parent[level].length;
    }

    /** The first child of a node; that of the node behind it is where its own children end. */
    int first(int level, int node) {
        return first[level][node];
    }

    /** The child of a node of this level that a label lies in or is. */
    int childOf(int level, int label) {
        int node = leafOfLabel[label];
        for (int above = levels() - 1; above > level; above--) {
            node = parent[above][node];
        }
        return node;
    }

    int labelOfLeaf(int leaf) {
        return labelOfLeaf[leaf];
    }
}
