package dev.longtail.train;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.metrics.Reliability;
import dev.longtail.metrics.SearchRecall;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Ranker;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.output.SearchReport;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Ranks the labels of a model for examples with known labels, and collects what the ranking is worth. */
public final class Evaluation {

    private final LabelModel model;
    private final Ranker ranker;
    private final Workers workers;
    private final int[] cutoffs;
    private final LabelSearch search;
    private SearchReport report = SearchReport.NONE;
    private Optional<Comparison> comparison = Optional.empty();
    private final List<Reliability> reliability = new ArrayList<>();

    /**
     * An evaluation of exact rankings.
     *
     * @param batch examples scored at once
     * @param cutoffs the k of P@k and its like, ascending
     */
    public Evaluation(LabelModel model, int batch, Workers workers, int... cutoffs) {
        this(model, model.index(SearchConfig.EXACT, workers), batch, workers, cutoffs);
    }

    /**
     * An evaluation of what a search finds.
     *
     * @param index of the model, {@link LabelModel#index}
     * @param batch examples searched for at once
     * @param cutoffs the k of P@k and its like, ascending
     */
    public Evaluation(LabelModel model, SearchIndex index, int batch, Workers workers, int... cutoffs) {
        this.model = model;
        this.ranker = new Ranker(model, cutoffs[cutoffs.length - 1], batch, workers);
        this.workers = workers;
        this.cutoffs = cutoffs.clone();
        this.search = index.newSearch(workers);
    }

    /** Exact search beside the one that is measured. */
    private record Comparison(LabelSearch search, Ranker ranker, SearchRecall recall) {}

    /** From now on searches exactly as well and compares: takes at least twice the time. */
    public Evaluation comparing() {
        comparison = Optional.of(new Comparison(
                model.indexForEach().newSearch(workers),
                new Ranker(model, cutoffs[cutoffs.length - 1], ranker.maxBatch(), workers),
                new SearchRecall(cutoffs)));
        return this;
    }

    /** From now on also collects how often probabilities come true, at each of the cutoffs. */
    public Evaluation withReliability() {
        reliability.clear();
        for (int cutoff : cutoffs) {
            reliability.add(new Reliability(cutoff));
        }
        return this;
    }

    /** Hears of each ranking, in the order of the examples. */
    @FunctionalInterface
    public interface Listener {

        /**
         * An example was ranked. All arrays are used again for the next.
         *
         * @param example its number, from 0
         * @param labels  the best ones, best first, in the first {@code count} entries
         * @param scores  parallel to {@code labels}
         * @param truth   the example with its true labels
         */
        void ranked(int example, int[] labels, float[] scores, int count, Example truth);
    }

    /** Ranks all examples. */
    public RankingEvaluation rank(Examples examples, Propensity propensity) {
        return rank(examples, propensity, (example, ranked, scored, count, truth) -> {});
    }

    /** Ranks all examples and tells of each. */
    public RankingEvaluation rank(Examples examples, Propensity propensity, Listener listener) {
        RankingEvaluation evaluation =
                new RankingEvaluation(model.labels().frequencies(), model.trainExamples(), propensity, cutoffs);
        for (int from = 0; from < examples.size(); from += ranker.maxBatch()) {
            int to = Math.min(examples.size(), from + ranker.maxBatch());
            rank(examples, from, to, evaluation, listener);
        }
        return evaluation;
    }

    /** What the searches so far looked at. */
    public SearchReport report() {
        return report;
    }

    /** How often probabilities came true so far, one for each cutoff; none unless {@link #withReliability}. */
    public List<Reliability> reliability() {
        return List.copyOf(reliability);
    }

    /** What the searches so far found of the exact answers; empty unless {@link #comparing}. */
    public Optional<SearchRecall> recall() {
        return comparison.map(Comparison::recall);
    }

    private void rank(Examples examples, int from, int to, RankingEvaluation evaluation, Listener listener) {
        Example example = new Example();
        SparseBatch batch = new SparseBatch();
        for (int i = from; i < to; i++) {
            examples.read(i, example);
            batch.add(example.features, example.weights, example.featureCount);
        }
        Panel hidden = ranker.hidden(batch);
        report = report.plus(ranker.rank(batch, hidden, batch.rows(), search));
        comparison.ifPresent(exact -> exact.ranker().rank(batch, hidden, batch.rows(), exact.search()));
        for (int i = from; i < to; i++) {
            int row = i - from;
            int[] labels = ranker.labels(row);
            int count = ranker.count(row);
            comparison.ifPresent(exact -> exact.recall()
                    .add(exact.ranker().labels(row), exact.ranker().count(row), labels, count));
            examples.read(i, example);
            evaluation.add(labels, count, example.labels, example.labelCount, example.unknownLabels);
            if (example.labelCount + example.unknownLabels > 0) {
                addReliability(row, example);
            }
            listener.ranked(i, labels, ranker.scores(row), count, example);
        }
    }

    private void addReliability(int row, Example example) {
        for (Reliability at : reliability) {
            for (int rank = 0; rank < Math.min(ranker.count(row), at.cutoff()); rank++) {
                int label = ranker.labels(row)[rank];
                boolean right = Arrays.binarySearch(example.labels, 0, example.labelCount, label) >= 0;
                at.add(model.probability(label, rank, ranker.scores(row)[rank]), right);
            }
        }
    }
}
