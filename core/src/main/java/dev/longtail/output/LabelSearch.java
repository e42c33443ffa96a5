package dev.longtail.output;

import dev.longtail.kernel.Panel;

/** Finds the labels of highest score. For one thread at a time. */
@FunctionalInterface
public interface LabelSearch {

    /**
     * Finds the best labels of the first {@code examples} examples of a batch.
     *
     * @param hidden [inputs][batch]
     * @param batch examples in {@code hidden}
     * @param examples those of them to search for, in [0, batch]; a batch may be filled up with others
     * @param into started and filled here
     * @return what was looked at
     */
    SearchReport search(Panel hidden, int batch, int examples, TopLabels into);
}
