package dev.longtail.matrix;

import dev.longtail.parallel.RandomStream;
import java.util.List;

/** Weights of rows, one row after the other, in 32 or 16 bits. */
public sealed interface Weights {

    /** Formats of a weight. */
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

    /** The pages of several arrays as one tensor of a model file. */
    static Tensor tensor(String name, List<Long> shape, List<Weights> parts) {
        return parts.get(0) instanceof Floats
                ? new Tensor.Floats(
                        name,
                        shape,
                        parts.stream().map(part -> ((Floats) part).values).toList())
                : new Tensor.Brains(
                        name,
                        shape,
                        parts.stream().map(part -> ((Brains) part).values).toList());
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
}
