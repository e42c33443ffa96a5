package dev.longtail.table;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.OptimizerState;
import dev.longtail.optimizer.StepSize;
import dev.longtail.parallel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training of a table of mixed dimensions. With d the gradient of the vector of a row e of a block with projection P,
 * de = P d and dP = sum over the block's rows of e^T d, both from values before the step. A block, which has as many
 * entries as any other, is one task.
 */
final class MixedTraining implements InputTable.Training {

    private final MixedTable table;
    private final MixedBlocks blocks;
    private final RowPlaces places;
    private final RowGroups groups = new RowGroups();
    private final List<Block> learners = new ArrayList<>();

    MixedTraining(MixedTable table, OptimizerConfig optimizer) {
        this.table = table;
        this.blocks = table.blocks();
        int features = blocks.features();
        this.places = new RowPlaces(features, features, Shards.of(features, table.dimension()), false);
        for (int block = 0; block < blocks.count(); block++) {
            learners.add(new Block(block, optimizer));
        }
    }

    @Override
    public void bags(SparseBatch batch, Panel out, Workers workers) {
        table.bags(batch, out, workers);
    }

    @Override
    public void backward(SparseBatch batch, Panel dOut, StepSize step, Workers workers) {
        groups.collect(batch, places);
        workers.run(learners.size(), (block, worker) -> learners.get(block).learn(dOut, step));
    }

    @Override
    public void carry(String name, StateCarrier state) {
        for (int block = 0; block < learners.size(); block++) {
            learners.get(block).carry(name + ".block." + block, state);
        }
    }

    /** What learns of a block. */
    private final class Block implements Stateful {

        private final int first;
        private final int end;
        private final int width;
        private final float[] rows;
        private final float[] projection;
        private final OptimizerState rowState;
        private final OptimizerState projectionState;
        private final float[] vectorGradient = new float[table.dimension()];
        private final float[] rowGradient;
        private final float[] dProjection;

        Block(int block, OptimizerConfig optimizer) {
            this.first = blocks.starts()[block];
            this.end = blocks.starts()[block + 1];
            this.width = blocks.widths()[block];
            this.rows = table.rows(block);
            this.projection = table.projection(block);
            this.rowState = optimizer.newState(end - first, width);
            this.projectionState = optimizer.newState(projection.length / table.dimension(), table.dimension());
            this.rowGradient = new float[width];
            this.dProjection = new float[projection.length];
        }

        @Override
        public void carry(String name, StateCarrier state) {
            state.floats(name + ".rows", rows);
            state.floats(name + ".projection", projection);
            rowState.carry(name + ".rowState", state);
            projectionState.carry(name + ".projectionState", state);
        }

        void learn(Panel dOut, StepSize step) {
            int dimension = table.dimension();
            boolean touched = false;
            Arrays.fill(dProjection, 0);
            for (int group = 0; group < groups.count(); group++) {
                int row = groups.row(group) - first;
                if (row < 0 || row >= end - first) {
                    continue;
                }
                touched = true;
                groups.sum(group, dOut, dimension, new Panel(vectorGradient, 0), dimension);
                updateRow(row, step);
            }
            if (touched) {
                rowState.endStep();
                updateProjection(
                        new StepSize(step.step(), step.factor() * table.config().projectionRate()));
            }
        }

        private void updateRow(int row, StepSize step) {
            if (projection.length == 0) {
                rowState.update(row, rows, row * width, vectorGradient, step);
                return;
            }
            int dimension = table.dimension();
            for (int j = 0; j < width; j++) {
                Vectors.addScaled(rows[row * width + j], vectorGradient, 0, dProjection, j * dimension, dimension);
                rowGradient[j] = Vectors.dot(projection, j * dimension, vectorGradient, 0, dimension);
            }
            rowState.update(row, rows, row * width, rowGradient, step);
        }

        private void updateProjection(StepSize step) {
            int dimension = table.dimension();
            for (int from = 0; from < projection.length; from += dimension) {
                System.arraycopy(dProjection, from, vectorGradient, 0, dimension);
                projectionState.update(from / dimension, projection, from, vectorGradient, step);
            }
            projectionState.endStep();
        }
    }
}
