package dev.longtail.output;

import java.util.Map;

/**
 * The rows of single labels in a finished output layer, to be read, and to be put together to a layer of other labels.
 * A layer is never changed: whoever scores with it goes on undisturbed.
 */
public interface LabelRowEditor {

    /** Numbers z that the weights of a label belong to: hidden units, or units of a bottleneck. */
    int inputs();

    /** Weights of a label. */
    int width();

    /**
     * The numbers z of an example.
     *
     * @param hidden float[width of the hidden vector]
     * @return float[inputs], a copy
     */
    float[] inputs(float[] hidden);

    /** The row of a label, a copy. */
    OutputRow row(int label);

    /**
     * A layer of other labels. Those that come from this one have the very numbers that they have here, and so scores
     * of the same bits. Every label has connections of its own, whatever groups there were.
     *
     * @param from label of this layer that each one is, -1 for one that only {@code learned} knows
     * @param learned rows in place of those of this layer, by the new numbers. Of a row with more weights than a label
     *     may have, the largest are kept; numbers are rounded to those of the layer's format
     */
    OutputLayer withLabels(int[] from, Map<Integer, OutputRow> learned);

    /**
     * The editor of a layer.
     *
     * @throws IllegalArgumentException when labels of the layer cannot be changed one by one
     */
    static LabelRowEditor of(OutputLayer layer) {
        if (layer instanceof RowsLayer rows) {
            return new RowEditor(rows);
        } else if (layer instanceof BottleneckLayer bottleneck) {
            return new BottleneckEditor(bottleneck);
        } else if (layer instanceof NoLayer) {
            return new NoEditor();
        }
        throw new IllegalArgumentException("labels of a model with output.kind = anchors share their anchors and cannot"
                + " be changed one by one; train it again, or train a model of another output.kind");
    }

    /** Rows of a layer that has none. */
    record NoEditor() implements LabelRowEditor {

        @Override
        public int inputs() {
            return 0;
        }

        @Override
        public int width() {
            return 0;
        }

        @Override
        public float[] inputs(float[] hidden) {
            return new float[0];
        }

        @Override
        public OutputRow row(int label) {
            return new OutputRow(0, new int[0], new float[0]);
        }

        @Override
        public OutputLayer withLabels(int[] from, Map<Integer, OutputRow> learned) {
            return new NoLayer(from.length);
        }
    }
}
