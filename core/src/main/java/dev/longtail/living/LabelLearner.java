package dev.longtail.living;

import dev.longtail.association.AssociationConfig;
import dev.longtail.data.LabelSet;
import dev.longtail.direct.DirectConfig;
import dev.longtail.living.LabelState.Scorer;
import dev.longtail.loss.Loss;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What labels of a finished model learn: their first rows from names and examples, and from then on from examples that
 * people accept or reject. Nothing of any other label is looked at or changed. For one thread.
 *
 * <p><b>First rows.</b> The association arm counts, so the examples are counted as in training. The direct arm solves
 * for the examples as in training, but without any that do not carry the label, since a model keeps none; in their
 * place the bias is held where trained labels with as many examples have it ({@link TypicalRows}). In the output layer
 * the row points where the examples do, less where all labels are, with the length and the bias of trained labels.
 *
 * <p><b>Feedback.</b> An accepted example is counted. In the direct arm and in the output layer an example makes the
 * one step that the solver of the direct arm makes for an example which is new to it (Hsieh et al., ICML 2008): with
 * y = 1 for accepted and -1 for rejected, C the cost of training and s the score,
 *
 * <pre>
 *   a = max(0, 1 - y s) / (|x|^2 + 1 / (2 C)),   w += y a x
 * </pre>
 *
 * the passive-aggressive step with slack (PA-II, Crammer et al., JMLR 2006), so what one example can do is bounded: the
 * score moves by less than its distance to the margin. Examples of the output layer have no common length; there C
 * counts as C / |x|^2. Biases stay: they stand for all the examples without the label, of which people see few.
 */
final class LabelLearner {

    /** Passes over the examples of a new label; there are few, and they soon agree. */
    private static final int SWEEPS = 10;

    /** Names of labels that tell where all labels are. */
    private static final int SAMPLE = 256;

    private final ModelEditor editor;
    private final DocumentReader reader;
    private final Workers workers;
    private final DirectConfig costs;
    private @Nullable FeatureTotals totals;
    private @Nullable TypicalRows directRows;
    private @Nullable TypicalRows outputRows;
    private @Nullable SparseVector middle;

    LabelLearner(ModelEditor editor, Workers workers) {
        this.editor = editor;
        this.workers = workers;
        this.reader = new DocumentReader(editor.model(), editor.output());
        this.costs = editor.config().train().direct();
    }

    Document read(String text) {
        return reader.read(text, workers);
    }

    /**
     * The first row of a label.
     *
     * @param name counts as an example as in training, but not in the frequency; may be empty
     */
    LabelState first(String name, List<String> examples) {
        SparseVector counts = SparseVector.ZERO;
        List<SparseVector> features = new ArrayList<>();
        SparseVector inputs = SparseVector.ZERO;
        int documents = 0;
        for (int i = name.isBlank() ? 0 : -1; i < examples.size(); i++) {
            Document document = read(i < 0 ? name : examples.get(i));
            if (document.features().ids().length == 0) {
                continue; // the body makes something of it all the same
            }
            counts = counts.plus(1, counted(document));
            features.add(document.features());
            inputs = inputs.plus(1, document.inputs());
            documents++;
        }
        int frequency = examples.size();
        Scorer direct = editor.model().direct().isEmpty() || features.isEmpty()
                ? Scorer.NONE
                : solve(features, directRows().at(frequency).bias());
        return new LabelState(frequency, counts, direct, firstOutput(inputs, documents, frequency));
    }

    /**
     * What the solver of the direct arm finds for examples that carry a label, with the bias held: it lowers
     * 1/2 |w|^2 + C sum max(0, 1 - s(x))^2 by one dual variable at a time.
     */
    private Scorer solve(List<SparseVector> examples, double bias) {
        double[] dual = new double[examples.size()];
        Scorer scorer = new Scorer(SparseVector.ZERO, bias);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < dual.length; i++) {
                SparseVector x = examples.get(i);
                double slack = 0.5 / costs.positiveCost();
                double gradient = scorer.score(x) - margin() + dual[i] * slack;
                double moved = Math.max(0, dual[i] - gradient / (x.dot(x) + slack));
                scorer = new Scorer(scorer.weights().plus(moved - dual[i], x), bias);
                dual[i] = moved;
            }
        }
        return scorer;
    }

    private Scorer firstOutput(SparseVector inputs, int documents, int frequency) {
        if (inputs.length() == 0) {
            return outputRows().at(frequency).scorer(SparseVector.ZERO);
        }
        SparseVector direction =
                inputs.plus(-documents, middle()).largest(editor.output().width());
        return outputRows().at(frequency).scorer(direction);
    }

    /** What an example adds to the counts of its labels. */
    private SparseVector counted(Document document) {
        AssociationConfig config = editor.config().train().association();
        return editor.counts().isEmpty()
                ? SparseVector.ZERO
                : document.features().times(feature -> totals().factor(feature, config.featureExponent()));
    }

    /** A label whose suggestion for a text was right, or that should have been suggested. */
    LabelState accept(LabelState label, Document document) {
        return new LabelState(
                label.frequency() + 1,
                label.counts().plus(1, counted(document)),
                editor.model().direct().isEmpty()
                        ? label.direct()
                        : step(label.direct(), document.features(), 1, costs.positiveCost()),
                outputStep(label, document, 1, costs.positiveCost()));
    }

    /** A label whose suggestion for a text was wrong. */
    LabelState reject(LabelState label, Document document) {
        return new LabelState(
                label.frequency(),
                label.counts(),
                editor.model().direct().isEmpty()
                        ? label.direct()
                        : step(label.direct(), document.features(), -1, costs.negativeCost()),
                outputStep(label, document, -1, costs.negativeCost()));
    }

    private Scorer outputStep(LabelState label, Document document, int target, double cost) {
        SparseVector seen = label.output().weights().placesOf(document.inputs());
        double squares = seen.dot(seen);
        return squares == 0 ? label.output() : step(label.output(), seen, target, cost / squares);
    }

    private Scorer step(Scorer scorer, SparseVector x, int target, double cost) {
        double squares = x.dot(x);
        double missing = margin() - target * scorer.score(x);
        if (squares == 0 || missing <= 0) {
            return scorer;
        }
        double change = target * missing / (squares + 0.5 / cost);
        return new Scorer(scorer.weights().plus(change, x), scorer.bias());
    }

    /** How far from 0 a score should be: under the logistic loss 2, a probability of 0.88. */
    private double margin() {
        return editor.model().config().loss() == Loss.LOGISTIC ? 2 : 1;
    }

    /** A label with the examples of another one added: counts add up, rows are weighted by their examples. */
    LabelState merge(LabelState into, LabelState other) {
        int sum = Math.addExact(into.frequency(), other.frequency());
        double share = sum == 0 ? 0.5 : (double) other.frequency() / sum;
        return new LabelState(
                sum,
                into.counts().plus(1, other.counts()),
                mix(into.direct(), other.direct(), share),
                mix(into.output(), other.output(), share));
    }

    private static Scorer mix(Scorer one, Scorer other, double share) {
        return new Scorer(
                one.weights().times(1 - share).plus(share, other.weights()),
                (1 - share) * one.bias() + share * other.bias());
    }

    private FeatureTotals totals() {
        if (totals == null) {
            totals = FeatureTotals.of(editor.model().features(), editor.counts().orElseThrow());
        }
        return totals;
    }

    private TypicalRows directRows() {
        if (directRows == null) {
            directRows = new TypicalRows(editor.model().labels(), editor::readDirect);
        }
        return directRows;
    }

    private TypicalRows outputRows() {
        if (outputRows == null) {
            outputRows = new TypicalRows(editor.model().labels(), editor::readOutput);
        }
        return outputRows;
    }

    /** The mean of the inputs of the output layer over names of labels. */
    private SparseVector middle() {
        if (middle == null) {
            LabelModel model = editor.model();
            LabelSet labels = model.labels();
            SparseVector sum = SparseVector.ZERO;
            int count = Math.min(SAMPLE, labels.size());
            for (int i = 0; i < count; i++) {
                String name = labels.name((int) ((long) i * labels.size() / count));
                sum = sum.plus(1.0 / count, read(name).inputs());
            }
            middle = sum;
        }
        return middle;
    }
}
