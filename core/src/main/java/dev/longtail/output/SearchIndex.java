package dev.longtail.output;

import dev.longtail.parallel.Workers;

/**
 * What an output layer is searched by; made once, then shared by any number of searches. Invalid once the layer learns.
 */
public interface SearchIndex {

    /** Memory that it takes besides the model's, in bytes. */
    long bytes();

    /** Time it took to make. */
    double seconds();

    /**
     * Examples of a batch up to which this search is faster than one that reads a label's weights once for the whole
     * batch; 0 when it is that one.
     */
    int mostExamples();

    /** A search with scratch of its own, for one thread at a time. */
    LabelSearch newSearch(Workers workers);
}
