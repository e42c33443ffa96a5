package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;

/**
 * Examples in memory, where counting and solving label by label need them: 8 bytes a feature and 4 a label.
 *
 * @param features of each example
 * @param labels of each example
 */
record TrainRows(SparseRows features, IdLists labels) {

    /** @throws IllegalArgumentException when they hold 2^31 features or more */
    static TrainRows of(Examples train) {
        Example example = new Example();
        IdLists labels = new IdLists(train.size(), 3);
        // read twice: arrays that grow would take twice the memory while they are copied
        SparseRows features = new SparseRows(train.size(), entries(train, example));
        for (int i = 0; i < train.size(); i++) {
            train.read(i, example);
            features.add(example.features, example.weights, example.featureCount);
            labels.add(example.labels, example.labelCount);
        }
        return new TrainRows(features, labels);
    }

    private static int entries(Examples train, Example example) {
        long entries = 0;
        for (int i = 0; i < train.size(); i++) {
            train.read(i, example);
            entries += example.featureCount;
        }
        if (entries > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the training examples hold " + entries
                    + " features, an association or direct arm can be made of 2^31 at most; set direct.candidates=0 and"
                    + " association.slots=0");
        }
        return (int) entries;
    }
}
