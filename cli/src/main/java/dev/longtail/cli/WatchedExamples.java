package dev.longtail.cli;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;

/** Examples that tell how far their reader is; a ranking reads them in order, those of a batch twice. */
record WatchedExamples(Examples examples, ProgressDisplay progress) implements Examples {

    /** Examples that are ranked at once. */
    static final int BATCH = 64;

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public void read(int example, Example into) {
        if (example % BATCH == 0) {
            progress.measured(example, size());
        }
        examples.read(example, into);
    }
}
