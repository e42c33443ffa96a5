package dev.longtail.output;

import dev.longtail.body.DenseLayer;
import dev.longtail.kernel.Vectors;
import java.util.Map;

/** Rows of the narrow layer behind a bottleneck. */
record BottleneckEditor(BottleneckLayer layer) implements LabelRowEditor {

    private RowEditor narrow() {
        return new RowEditor(layer.scorer());
    }

    @Override
    public int inputs() {
        return narrow().inputs();
    }

    @Override
    public int width() {
        return narrow().width();
    }

    @Override
    public float[] inputs(float[] hidden) {
        DenseLayer projection = layer.projection();
        float[] units = new float[projection.outputs()];
        for (int unit = 0; unit < units.length; unit++) {
            int row = unit * projection.inputs();
            units[unit] =
                    projection.bias()[unit] + Vectors.dot(projection.weights(), row, hidden, 0, projection.inputs());
        }
        return units;
    }

    @Override
    public OutputRow row(int label) {
        return narrow().row(label);
    }

    @Override
    public OutputLayer withLabels(int[] from, Map<Integer, OutputRow> learned) {
        return layer.with(narrow().withLabels(from, learned));
    }
}
