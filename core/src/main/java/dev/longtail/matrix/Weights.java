package dev.longtail.matrix;

import dev.longtail.parallel.RandomStream;
import java.util.List;

/** Weights of rows, one row after the other, in 32 or 16 bits; in 8 bits for reading only. */
public sealed interface Weights {

    /** Formats of a weight that is trained. */
    enum Format {
        /** 32-bit floating point. */
        FLOAT32,
        /** The upper 16 bits of it, rounded stochastically: half the memory (see {@link BrainFloat}). */
        BFLOAT16;

        /** {@code count} weights of zero. */
        public Weights zeros(int count) {
            return this == FLOAT32 ? new Floats(new float[count]) : new Brains(new char[count]);
        }
    }

    /** Number of weights. */
    int size();

    /** One weight. */
    float at(int place);

    /** Sets one weight, rounded to the nearest number of the format. */
    void set(int place, float value);

    /** Makes {@code row} the weights from {@code offset} on, {@code width} of them. */
    void read(int offset, int width, WeightRow row);

    /**
     * Takes over what was changed in a row that {@link #read} filled, or in a part of it.
     *
     * @param key of the random numbers that round
     */
    void write(int offset, int width, WeightRow row, long key);

    /**
     * The weights of several shards as they stand in a model file: one tensor of all, for 8 bits another of the scales.
     *
     * @param name of the layer; its weights get the name with {@code .weights} behind it
     */
    static List<Tensor> tensors(String name, List<Long> shape, List<Weights> parts) {
        Weights first = parts.get(0);
        if (first instanceof Floats) {
            return List.of(new Tensor.Floats(
                    name + ".weights",
                    shape,
                    parts.stream().map(part -> ((Floats) part).values).toList()));
        } else if (first instanceof Brains) {
            return List.of(new Tensor.Brains(
                    name + ".weights",
                    shape,
                    parts.stream().map(part -> ((Brains) part).values).toList()));
        }
        List<ByteRows> rows = parts.stream().map(part -> ((Bytes) part).rows).toList();
        return List.of(
                new Tensor.Bytes(
                        name + ".weights",
                        shape,
                        rows.stream().map(ByteRows::values).toList()),
                new Tensor.Floats(
                        name + ".scales",
                        List.of(shape.get(0)),
                        rows.stream().map(ByteRows::scales).toList()));
    }

    /** 32-bit weights; rows are places in the array. */
    record Floats(float[] values) implements Weights {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public float at(int place) {
            return values[place];
        }

        @Override
        public void set(int place, float value) {
            values[place] = value;
        }

        @Override
        public void read(int offset, int width, WeightRow row) {
            row.point(values, offset);
        }

        @Override
        public void write(int offset, int width, WeightRow row, long key) {
            // the row is the array itself
        }
    }

    /** 16-bit weights; rows are copies. */
    record Brains(char[] values) implements Weights {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public float at(int place) {
            return BrainFloat.toFloat(values[place]);
        }

        @Override
        public void set(int place, float value) {
            values[place] = BrainFloat.nearest(value);
        }

        @Override
        public void read(int offset, int width, WeightRow row) {
            float[] floats = row.own();
            for (int i = 0; i < width; i++) {
                floats[i] = Float.intBitsToFloat(values[offset + i] << 16);
            }
        }

        @Override
        public void write(int offset, int width, WeightRow row, long key) {
            float[] floats = row.values();
            for (int i = 0; i < width; i++) {
                values[offset + i] = BrainFloat.stochastic(floats[row.offset() + i], (int) RandomStream.mix(key + i));
            }
        }
    }

    /** 8-bit weights with a scale for each row; rows are copies, and whole ones are read. */
    record Bytes(ByteRows rows) implements Weights {

        /** The nearest to some rows of {@code width} weights. */
        static Bytes of(Weights weights, int count, int width) {
            ByteRows rows = ByteRows.zeros(count, width);
            WeightRow row = new WeightRow(width);
            for (int i = 0; i < count; i++) {
                weights.read(i * width, width, row);
                rows.set(i, row.values(), row.offset());
            }
            return new Bytes(rows);
        }

        @Override
        public int size() {
            return rows.values().length;
        }

        @Override
        public float at(int place) {
            return rows.at(place);
        }

        @Override
        public void set(int place, float value) {
            throw readOnly();
        }

        @Override
        public void read(int offset, int width, WeightRow row) {
            float[] floats = row.own();
            for (int at = 0; at < width; at += rows.width()) {
                rows.read((offset + at) / rows.width(), floats, at);
            }
        }

        @Override
        public void write(int offset, int width, WeightRow row, long key) {
            throw readOnly();
        }

        private static IllegalStateException readOnly() {
            return new IllegalStateException("weights of 8 bits are for reading; train those of 32 or 16");
        }
    }
}
