package dev.longtail.model;

import dev.longtail.association.AssociationSearch;
import dev.longtail.kernel.Panel;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.output.LabelSearch;
import dev.longtail.output.PairScorer;
import dev.longtail.output.SearchReport;
import dev.longtail.output.TopLabels;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.Optional;

/**
 * Candidates of the examples of a batch, and the score of each arm for them. The association arm finds them where there
 * is one, else a search through the output layer; each other arm scores what was found. An arm that the model has not
 * scores 0, and so does the embedding arm where its weight is 0 and it need not find the candidates. For one caller at
 * a time.
 */
public final class ArmScores {

    private final LabelModel model;
    private final Workers workers;
    private final Workspace workspace;
    private final TopLabels best;
    private final Optional<AssociationSearch> association;
    private final PairScorer[] pairScorers;
    private final float[][] columns;
    private final int[][] labels;
    private final float[][] byAssociation;
    private final float[][] byEmbedding;
    private final float[][] byDirect;
    private final int[] counts;

    /**
     * Room for a batch.
     *
     * @param width candidates of an example at most
     * @param maxBatch most examples in a batch
     */
    ArmScores(LabelModel model, int width, int maxBatch, Workers workers) {
        this.model = model;
        this.workers = workers;
        this.workspace = new Workspace(model, maxBatch);
        int most = Math.min(width, model.labels().size());
        this.best = new TopLabels(most, maxBatch, workers.threads());
        this.association = model.association().map(arm -> new AssociationSearch(arm, workers));
        this.pairScorers = new PairScorer[workers.threads()];
        Arrays.setAll(pairScorers, i -> model.output().pairScorer());
        this.columns = new float[workers.threads()][model.output().inputs()];
        this.labels = new int[maxBatch][most];
        this.byAssociation = new float[maxBatch][most];
        this.byEmbedding = new float[maxBatch][most];
        this.byDirect = new float[maxBatch][most];
        this.counts = new int[maxBatch];
    }

    /** For whoever looks for the best mixture of a model: candidates as {@link Ranker} has them. */
    public static ArmScores of(LabelModel model, int maxBatch, Workers workers) {
        return new ArmScores(model, Ranker.candidates(model), maxBatch, workers);
    }

    int maxBatch() {
        return workspace.maxBatch();
    }

    private boolean readsEmbedding() {
        return association.isEmpty()
                || (model.config().embedding() && model.mixture().embedding() > 0);
    }

    /** Hidden vectors of a batch, [hidden][batch]; valid until the next call. Empty where nothing reads them. */
    public Panel hidden(SparseBatch batch) {
        return readsEmbedding() ? workspace.hidden(batch, workers) : Panel.of(0);
    }

    /**
     * Finds candidates of the first {@code examples} examples of a batch and scores them.
     *
     * @param hidden of the batch
     * @param search of the output layer, asked where there is no association arm
     * @return what the search looked at
     */
    public SearchReport score(SparseBatch batch, Panel hidden, int examples, LabelSearch search) {
        SearchReport report = association
                .map(arm -> arm.search(batch, examples, best))
                .orElseGet(() -> search.search(hidden, batch.rows(), examples, best));
        boolean embedding = association.isPresent() && readsEmbedding();
        workers.run(examples, (example, worker) -> {
            float[] found = association.isPresent() ? byAssociation[example] : byEmbedding[example];
            counts[example] = best.result(example, labels[example], found);
            if (embedding) {
                embed(hidden, batch.rows(), example, worker);
            }
            direct(batch, example);
        });
        return report;
    }

    private void embed(Panel hidden, int batch, int example, int worker) {
        float[] x = columns[worker];
        for (int input = 0; input < x.length; input++) {
            x[input] = hidden.values()[hidden.at(input * batch + example)];
        }
        pairScorers[worker].score(x, 0, labels[example], counts[example], byEmbedding[example]);
    }

    private void direct(SparseBatch batch, int example) {
        int from = batch.start(example);
        int end = batch.start(example + 1);
        model.direct().ifPresent(arm -> {
            for (int i = 0; i < counts[example]; i++) {
                byDirect[example][i] = arm.score(labels[example][i], batch.columns(), batch.values(), from, end);
            }
        });
    }

    /** Candidates of an example of the last batch. */
    public int count(int example) {
        return counts[example];
    }

    /** Candidates of an example of the last batch, in the first {@link #count} places; the live array. */
    public int[] labels(int example) {
        return labels[example];
    }

    /** Scores by the association arm, parallel to {@link #labels}; the live array. */
    public float[] byAssociation(int example) {
        return byAssociation[example];
    }

    /** Scores by the embedding arm, parallel to {@link #labels}; the live array. */
    public float[] byEmbedding(int example) {
        return byEmbedding[example];
    }

    /** Scores by the direct arm, parallel to {@link #labels}; the live array. */
    public float[] byDirect(int example) {
        return byDirect[example];
    }
}
