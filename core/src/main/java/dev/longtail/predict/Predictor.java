package dev.longtail.predict;

import dev.longtail.calibration.Thresholds;
import dev.longtail.config.Require;
import dev.longtail.data.Example;
import dev.longtail.data.FeatureEncoder;
import dev.longtail.data.RawExample;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Ranker;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.output.SearchReport;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Suggests labels for texts or numbered features. A model with an association arm suggests no label to which none of
 * the example's features is connected, so there may be fewer suggestions than asked for. For one thread at a time;
 * several may share a model.
 */
public final class Predictor {

    private static final int MAX_BATCH = 64;

    private final LabelModel model;
    private final Ranker ranker;
    private final LabelSearch few;
    private final LabelSearch many;
    private final int mostExamples;
    private final FeatureEncoder encoder;
    private final SparseBatch batch = new SparseBatch();
    private final Example example = new Example();
    private SearchReport report = SearchReport.NONE;
    private Thresholds thresholds = Thresholds.atLeast(0);

    /**
     * Suggestions by exact search.
     *
     * @param top suggestions for each example, at least 1
     */
    public Predictor(LabelModel model, int top, Workers workers) {
        this(model, model.index(SearchConfig.EXACT, workers), top, workers);
    }

    /**
     * Suggestions by a search of choice; where more examples come at once than it is made for, by exact search of the
     * whole batch.
     *
     * @param index of the model's output layer, see {@link LabelModel#index}; it may be shared
     * @param top suggestions for each example, at least 1
     */
    public Predictor(LabelModel model, SearchIndex index, int top, Workers workers) {
        Require.that(top >= 1, "top", "at least 1", top);
        this.model = model;
        this.ranker = new Ranker(model, top, MAX_BATCH, workers);
        this.mostExamples = index.mostExamples();
        SearchIndex forOne = mostExamples > 0 ? index : model.indexForEach();
        this.few = forOne.newSearch(workers);
        this.many = model.index(SearchConfig.EXACT, workers).newSearch(workers);
        this.encoder = model.features().newEncoder();
    }

    /**
     * From now on leaves out suggestions of too low a probability.
     *
     * @param least of the model's own calibration, or one for all labels
     */
    public Predictor keeping(Thresholds least) {
        this.thresholds = least;
        return this;
    }

    /** Suggestions for one text, best first; empty when it holds no feature the model knows. */
    public List<Suggestion> suggest(String text) {
        return suggest(new RawExample().setText(text));
    }

    /**
     * Suggestions for one example, best first; empty when it holds no feature the model knows. Scores may differ from
     * those in a list of examples in the last bits: one example is added up in an order that suits one.
     *
     * @throws dev.longtail.config.InputException when the example is of the other kind than the model's training data
     */
    public List<Suggestion> suggest(RawExample example) {
        List<List<Suggestion>> suggestions = new ArrayList<>(1);
        suggestBatch(List.of(example), few, suggestions);
        return suggestions.get(0);
    }

    /**
     * Suggestions for each example, best first, in the order given; an empty list for an example without any feature
     * that the model knows. The examples are scored in batches, so many at once are cheaper than one by one. With
     * exact search the bits of an example's scores do not depend on the others in the list.
     *
     * @throws dev.longtail.config.InputException when an example is of the other kind than the model's training data
     */
    public List<List<Suggestion>> suggest(List<RawExample> examples) {
        List<List<Suggestion>> suggestions = new ArrayList<>(examples.size());
        for (int from = 0; from < examples.size(); from += MAX_BATCH) {
            List<RawExample> part = examples.subList(from, Math.min(examples.size(), from + MAX_BATCH));
            suggestBatch(part, part.size() <= mostExamples ? few : many, suggestions);
        }
        return suggestions;
    }

    private void suggestBatch(List<RawExample> examples, LabelSearch search, List<List<Suggestion>> into) {
        batch.clear();
        for (RawExample raw : examples) {
            encoder.encode(raw, example);
            batch.add(example.features, example.weights, example.featureCount);
        }
        // Examples that fill no whole vector register are summed with other roundings. Empty ones fill it up, so that
        // the bits of an example's scores do not depend on its neighbours.
        while (batch.rows() % Vectors.lanes() != 0) {
            batch.add(example.features, example.weights, 0);
        }
        report = report.plus(ranker.rank(batch, ranker.hidden(batch), examples.size(), search));
        for (int i = 0; i < examples.size(); i++) {
            boolean known = batch.start(i + 1) > batch.start(i);
            into.add(known ? suggestions(i) : List.of());
        }
    }

    /** What the searches for all suggestions so far looked at. */
    public SearchReport report() {
        return report;
    }

    private List<Suggestion> suggestions(int row) {
        int count = ranker.count(row);
        int[] labels = ranker.labels(row);
        float[] scores = ranker.scores(row);
        List<Suggestion> suggestions = new ArrayList<>(count);
        for (int rank = 0; rank < count; rank++) {
            int label = labels[rank];
            double probability = model.probability(label, rank, scores[rank]);
            if (thresholds.keeps(label, probability)) {
                suggestions.add(new Suggestion(
                        model.labels().id(label), model.labels().name(label), scores[rank], probability));
            }
        }
        return suggestions;
    }
}
