package dev.longtail.variational;

import dev.longtail.matrix.NormalEquations;
import dev.longtail.matrix.Shards;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.parallel.Workers;
import dev.longtail.table.InputTable;

/** Any vectors, as a dense table has them: linear equations of vector and bias. */
final class FreeRows implements RowForm {

    private final InputTable table;
    private final Shards shards;

    FreeRows(InputTable table) {
        this.table = table;
        this.shards = Shards.of(table.features(), table.dimension());
    }

    @Override
    public Shards shards() {
        return shards;
    }

    @Override
    public void begin(Side own, Side other, Setting setting, Workers workers) {
        // rows have nothing in common
    }

    @Override
    public void carry(String name, StateCarrier state) {
        table.tensors().forEach(state::tensor);
    }

    @Override
    public Solver solver(Side own, Setting setting) {
        int dimension = table.dimension();
        double[][] equations = new double[dimension + 1][dimension + 1];
        double[] right = new double[dimension + 1];
        return (row, system, h, x) -> {
            for (int j = 0; j < dimension; j++) {
                System.arraycopy(h[j], 0, equations[j], 0, dimension);
                right[j] = system.weighted(j);
                equations[dimension][j] = own.hasBiases() ? system.sum(j) : 0;
            }
            equations[dimension][dimension] = own.hasBiases() ? system.count() + own.biasPull() : 1;
            right[dimension] = own.hasBiases() ? system.rests() : 0;
            double[] solved = NormalEquations.solve(equations, right);
            float[] vector = new float[dimension];
            for (int j = 0; j < dimension; j++) {
                x[j] = solved[j];
                vector[j] = (float) solved[j];
            }
            table.set(row, vector, 0);
            return solved[dimension];
        };
    }
}
