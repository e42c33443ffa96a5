package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.Tensor;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A table of mixed dimensions (Ginart et al. 2019): popular features have long rows, rare ones short rows, which a
 * projection of their block, P[b], carries to the dimension of the table:
 *
 * <pre>
 *   vector[i] = E[i] P[b(i)],   E[i] of length width[b], P[b] [width[b]][dimension], none where they are the same
 * </pre>
 */
final class MixedTable implements InputTable {

    // Streams of rows are numbered by features.
    private static final int PROJECTIONS = 1;

    private final String name;
    private final MixedConfig config;
    private final MixedBlocks blocks;
    private final int dimension;
    private final float[][] rows;
    private final float[][] projections;

    /**
     * A table of zeros.
     *
     * @param counts popularity of features, in falling order
     * @param name what the names of its tensors begin with
     */
    MixedTable(MixedConfig config, int[] counts, int dimension, String name) {
        this.name = name;
        this.config = config;
        this.dimension = dimension;
        this.blocks = MixedBlocks.of(counts, dimension, config);
        this.rows = new float[blocks.count()][];
        this.projections = new float[blocks.count()][];
        for (int block = 0; block < blocks.count(); block++) {
            int width = blocks.widths()[block];
            rows[block] = new float[Math.multiplyExact(blocks.size(block), width)];
            projections[block] = new float[width < dimension ? width * dimension : 0];
        }
    }

    MixedConfig config() {
        return config;
    }

    MixedBlocks blocks() {
        return blocks;
    }

    /** The live rows of a block, [rows][width]. */
    float[] rows(int block) {
        return rows[block];
    }

    /** The live projection of a block, [width][dimension]; empty where rows have the dimension of the table. */
    float[] projection(int block) {
        return projections[block];
    }

    @Override
    public int features() {
        return blocks.features();
    }

    @Override
    public int dimension() {
        return dimension;
    }

    /**
     * {@inheritDoc} Rows as in a table that has them all of the same length; projections have deviation 1 /
     * sqrt(width),
     * so that vectors have the deviation of the rows.
     */
    @Override
    public void initialise(float initialScale, long seed) {
        for (int block = 0; block < blocks.count(); block++) {
            int width = blocks.widths()[block];
            for (int row = 0; row < blocks.size(block); row++) {
                SplittableRandom random = RandomStream.of(seed, 0, blocks.starts()[block] + row);
                draw(random, initialScale / Math.sqrt(dimension), rows[block], row * width, width);
            }
            SplittableRandom random = RandomStream.of(seed, PROJECTIONS, block);
            draw(random, 1 / Math.sqrt(width), projections[block], 0, projections[block].length);
        }
    }

    private static void draw(SplittableRandom random, double deviation, float[] out, int from, int count) {
        for (int i = from; i < from + count; i++) {
            out[i] = (float) ((2 * random.nextDouble() - 1) * Math.sqrt(3) * deviation);
        }
    }

    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {
        workers.run(batch.rows(), (example, worker) -> {
            int offset = out.at(example * dimension);
            Arrays.fill(out.values(), offset, offset + dimension, 0);
            for (int entry = batch.start(example); entry < batch.start(example + 1); entry++) {
                addVector(batch.columns()[entry], batch.values()[entry], out.values(), offset);
            }
        });
    }

    private void addVector(int feature, float weight, float[] out, int offset) {
        int block = blocks.of(feature);
        int width = blocks.widths()[block];
        int from = (feature - blocks.starts()[block]) * width;
        float[] projection = projections[block];
        if (projection.length == 0) {
            Vectors.addScaled(weight, rows[block], from, out, offset, dimension);
            return;
        }
        for (int j = 0; j < width; j++) {
            Vectors.addScaled(weight * rows[block][from + j], projection, j * dimension, out, offset, dimension);
        }
    }

    @Override
    public long parameters() {
        return blocks.parameters(dimension);
    }

    @Override
    public List<Tensor> tensors() {
        List<float[]> arrays = new ArrayList<>();
        for (int block = 0; block < blocks.count(); block++) {
            arrays.add(rows[block]);
            if (projections[block].length > 0) {
                arrays.add(projections[block]);
            }
        }
        List<Tensor> tensors = new ArrayList<>();
        for (Map.Entry<String, List<Long>> shape :
                blocks.shapes(dimension, name).entrySet()) {
            tensors.add(new Tensor.Floats(shape.getKey(), shape.getValue(), List.of(arrays.get(tensors.size()))));
        }
        return tensors;
    }

    @Override
    public void check() {
        // any numbers are rows
    }

    @Override
    public double squaredNorm(int feature) {
        float[] vector = new float[dimension];
        addVector(feature, 1, vector, 0);
        return Vectors.dot(vector, 0, vector, 0, dimension);
    }

    @Override
    public InputTable inBytes() {
        throw new IllegalStateException("a table of mixed dimensions has no form of 8 bits; keep 32");
    }

    @Override
    public InputTable inFloats() {
        return this;
    }

    @Override
    public InputTable select(int[] features) {
        throw new IllegalArgumentException(
                "a table of mixed dimensions cannot leave out features: its blocks would move");
    }

    @Override
    public Training training(OptimizerConfig optimizer, int threads) {
        return new MixedTraining(this, optimizer);
    }
}
