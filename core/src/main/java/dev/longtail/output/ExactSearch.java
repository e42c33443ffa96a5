package dev.longtail.output;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.WeightRow;
import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * Scores every label: a batch by the kernels that run over its examples, or each example by a gather over each label's
 * inputs. Those kernels have little to run over when there are few examples; for one, the gather is 2.5 to 4.5 times
 * as fast (bench/results/pruned-search.md). Scores of the two differ in the last bits, by the order of additions.
 */
final class ExactSearch implements LabelSearch {

    private final RowsLayer layer;
    private final Workers workers;
    private final boolean each;
    private final WeightRow[] rows;
    private float[] x = {};

    /** @param each whether each example is scored for itself */
    ExactSearch(RowsLayer layer, Workers workers, boolean each) {
        this.layer = layer;
        this.workers = workers;
        this.each = each;
        this.rows = new WeightRow[workers.threads()];
        Arrays.setAll(rows, i -> new WeightRow(layer.rows(0).width()));
    }

    /** Of any layer; takes no memory. */
    record Index(RowsLayer layer, boolean each) implements SearchIndex {

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
            return new ExactSearch(layer, workers, each);
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
        long weights = labels * layer.rows(0).width();
        return new SearchReport(examples, labels, 0, 0, 0, weights, weights);
    }

    private void scoreEach(Panel hidden, int batch, int examples, TopLabels into) {
        int inputs = layer.inputs();
        x = x.length >= examples * inputs ? x : new float[examples * inputs];
        for (int example = 0; example < examples; example++) {
            column(hidden, batch, example, inputs, x, example * inputs);
        }
        workers.run(layer.shards().count(), (shard, worker) -> {
            LabelRows labels = layer.rows(shard);
            WeightRow row = rows[worker];
            for (int place = 0; place < labels.labels(); place++) {
                labels.read(place, row);
                int label = layer.label(layer.shards().first(shard) + place);
                for (int example = 0; example < examples; example++) {
                    into.offer(worker, example, label, labels.score(place, row, x, example * inputs));
                }
            }
        });
    }

    /** Copies the hidden vector of one example to {@code into[offset ..]}. */
    static void column(Panel hidden, int batch, int example, int inputs, float[] into, int offset) {
        for (int input = 0; input < inputs; input++) {
            into[offset + input] = hidden.values()[hidden.at(input * batch + example)];
        }
    }
}
