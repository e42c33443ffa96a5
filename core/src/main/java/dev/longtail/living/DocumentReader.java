package dev.longtail.living;

import dev.longtail.data.Example;
import dev.longtail.data.FeatureEncoder;
import dev.longtail.data.RawExample;
import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.model.Workspace;
import dev.longtail.output.LabelRowEditor;
import dev.longtail.parallel.Workers;

/** Reads texts for a model, one after the other. For one thread. */
final class DocumentReader {

    private final LabelModel model;
    private final LabelRowEditor output;
    private final FeatureEncoder encoder;
    private final Workspace workspace;
    private final Example example = new Example();
    private final SparseBatch batch = new SparseBatch();

    DocumentReader(LabelModel model, LabelRowEditor output) {
        this.model = model;
        this.output = output;
        this.encoder = model.features().newEncoder();
        this.workspace = new Workspace(model, Vectors.lanes());
    }

    /** A text; its numbers do not depend on the workers. */
    Document read(String text, Workers workers) {
        encoder.encode(new RawExample().setText(text), example);
        SparseVector features = SparseVector.of(example.features, example.weights, example.featureCount);
        if (!model.config().embedding()) {
            return new Document(features, SparseVector.ZERO);
        }
        batch.clear();
        batch.add(example.features, example.weights, example.featureCount);
        while (batch.rows() < Vectors.lanes()) { // a whole vector register, as prediction fills it up
            batch.add(example.features, example.weights, 0);
        }
        Panel hidden = workspace.hidden(batch, workers);
        float[] units = new float[model.body().hidden()];
        for (int unit = 0; unit < units.length; unit++) {
            units[unit] = hidden.values()[hidden.at(unit * batch.rows())];
        }
        return new Document(features, SparseVector.ofDense(output.inputs(units)));
    }
}
