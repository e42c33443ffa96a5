package dev.longtail.output;

import dev.longtail.config.Require;
import dev.longtail.matrix.DenseRows;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.FixedFanIn.Connections;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.WeightRow;
import dev.longtail.matrix.Weights;
import java.util.Map;
import java.util.function.IntFunction;

/** Rows of a layer of fixed fan-in or of a dense one. */
record RowEditor(RowsLayer layer) implements LabelRowEditor {

    @Override
    public int inputs() {
        return layer.inputs();
    }

    @Override
    public int width() {
        return layer.rows(0).width();
    }

    @Override
    public float[] inputs(float[] hidden) {
        return hidden.clone();
    }

    @Override
    public OutputRow row(int label) {
        Place place = place(layer, label);
        WeightRow read = new WeightRow(width());
        place.owner.read(place.row, read);
        int[] inputs = new int[width()];
        float[] weights = new float[inputs.length];
        for (int slot = 0; slot < inputs.length; slot++) {
            inputs[slot] = place.owner.input(place.row, slot);
            weights[slot] = read.values()[read.offset() + slot];
        }
        return new OutputRow(place.owner.bias()[place.row], inputs, weights);
    }

    /** Where a label is. */
    private record Place(LabelRows owner, int row) {}

    private static Place place(RowsLayer layer, int label) {
        Shards shards = layer.shards();
        int row = layer.row(label);
        int shard = shards.of(row);
        return new Place(layer.rows(shard), row - shards.first(shard));
    }

    @Override
    public RowsLayer withLabels(int[] from, Map<Integer, OutputRow> learned) {
        RowsLayer others = layer.ofLabels(from.length, newRows(layer.rows(0)));
        RowWriter writer = new RowWriter(inputs(), width());
        for (int label = 0; label < from.length; label++) {
            Place to = place(others, label);
            OutputRow row = learned.get(label);
            if (row == null) {
                Require.that(
                        from[label] >= 0, "label " + label + " of a layer", "of another one or learned", "neither");
                Place old = place(layer, from[label]);
                copy(old.owner, old.row, to.owner, to.row);
            } else {
                writer.write(row, to.owner, to.row);
            }
        }
        return others;
    }

    private static IntFunction<LabelRows> newRows(LabelRows like) {
        boolean bytes = like.weights() instanceof Weights.Bytes;
        Weights.Format format =
                like.weights() instanceof Weights.Brains ? Weights.Format.BFLOAT16 : Weights.Format.FLOAT32;
        if (like instanceof FixedFanIn) {
            Connections connections = new Connections(like.width(), 1, format);
            return bytes
                    ? size -> FixedFanIn.ofBytes(size, like.inputs(), connections)
                    : size -> new FixedFanIn(size, like.inputs(), connections);
        }
        return bytes
                ? size -> DenseRows.ofBytes(size, like.inputs())
                : size -> new DenseRows(size, like.inputs(), format);
    }

    /** The numbers as they are stored, and slots in their order, in which they are summed. */
    private static void copy(LabelRows from, int row, LabelRows to, int toRow) {
        int width = from.width();
        to.bias()[toRow] = from.bias()[row];
        if (to instanceof FixedFanIn sparse) {
            for (int slot = 0; slot < width; slot++) {
                sparse.connect(toRow, slot, from.input(row, slot));
            }
        }
        if (to.weights() instanceof Weights.Bytes bytes && from.weights() instanceof Weights.Bytes stored) {
            bytes.rows().set(toRow, stored.rows(), row);
            return;
        }
        for (int slot = 0; slot < width; slot++) {
            to.weights().set(toRow * width + slot, from.weights().at(row * width + slot));
        }
    }
}
