package dev.longtail.model;

import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchIndex;
import dev.longtail.output.SearchReport;
import dev.longtail.parallel.Workers;

/** In place of an index where the association arm finds the candidates: nothing of the output layer is searched. */
record ByAssociation() implements SearchIndex {

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public double seconds() {
        return 0;
    }

    @Override
    public int mostExamples() {
        return 0;
    }

    @Override
    public LabelSearch newSearch(Workers workers) {
        return (hidden, batch, examples, into) -> SearchReport.NONE;
    }
}
