package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.Shards;
import dev.longtail.parallel.Workers;
import dev.longtail.table.AnchorScorer;
import java.util.Arrays;

/** Scores every label of an {@link AnchorLayer}, for a batch or for each example by itself. */
final class AnchorSearch implements LabelSearch {

    private final AnchorLayer layer;
    private final Workers workers;
    private final boolean each;
    private final long links;
    private final AnchorScorer.Single[] singles;
    private float[] x = {};

    private AnchorSearch(AnchorLayer layer, Workers workers, boolean each) {
        this.layer = layer;
        this.workers = workers;
        this.each = each;
        this.links = layer.table().transform().nnz();
        this.singles = new AnchorScorer.Single[each ? workers.threads() : 0];
        Arrays.setAll(singles, i -> layer.scorer().new Single());
    }

    /** Needs no index. @param each whether each example is scored by itself */
    record Index(AnchorLayer layer, boolean each) implements SearchIndex {

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
            return each ? 4 : 0;
        }

        @Override
        public LabelSearch newSearch(Workers workers) {
            return new AnchorSearch(layer, workers, each);
        }
    }

    @Override
    public SearchReport search(Panel hidden, int batch, int examples, TopLabels into) {
        if (each) {
            into.start(examples);
            scoreEach(hidden, batch, examples, into);
        } else {
            into.start(batch);
            layer.scores(hidden, batch, workers, into);
        }
        long labels = (long) layer.labels() * examples;
        long weights = links * examples;
        return new SearchReport(examples, labels, 0, 0, 0, weights, weights);
    }

    private void scoreEach(Panel hidden, int batch, int examples, TopLabels into) {
        x = x.length >= layer.inputs() ? x : new float[layer.inputs()];
        Shards shards = layer.scorer().shards();
        for (int example = 0; example < examples; example++) {
            int current = example;
            ExactSearch.column(hidden, batch, example, layer.inputs(), x, 0);
            for (AnchorScorer.Single single : singles) {
                single.take(x, 0);
            }
            workers.run(shards.count(), (shard, worker) -> {
                for (int label = shards.first(shard); label < shards.first(shard + 1); label++) {
                    into.offer(worker, current, label, singles[worker].score(label));
                }
            });
        }
    }
}
