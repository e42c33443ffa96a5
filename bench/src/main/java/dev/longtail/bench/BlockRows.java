package dev.longtail.bench;

import static dev.longtail.bench.OutputLayer.BATCH;
import static dev.longtail.bench.OutputLayer.INPUTS;
import static dev.longtail.bench.OutputLayer.RATE;
import static dev.longtail.bench.OutputLayer.SCALE;

import dev.longtail.kernel.Panel;
import dev.longtail.kernel.Vectors;
import dev.longtail.matrix.DenseRows;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.FixedFanIn.Connections;
import dev.longtail.matrix.LabelRows;
import dev.longtail.matrix.RowBlock;
import dev.longtail.matrix.WeightRow;
import dev.longtail.matrix.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The step of {@link OutputLayer} for labels that share their inputs, through the classes that training uses. */
final class BlockRows {

    private final LabelRows rows;
    private final RowBlock block;
    private final WeightRow row;
    private final Panel x = Panel.of(INPUTS * BATCH);
    private final Panel dx = Panel.of(INPUTS * BATCH);
    private final float[] targets = new float[BATCH];
    private final float[] scores = new float[BATCH];
    private final float[] dScores = new float[BATCH];
    private final float[] dWeights;

    private BlockRows(LabelRows rows) {
        this.rows = rows;
        this.block = new RowBlock(rows, BATCH);
        this.row = new WeightRow(rows.width());
        this.dWeights = new float[rows.width()];
        SplittableRandom random = new SplittableRandom(1);
        for (int place = 0; place < rows.weights().size(); place++) {
            rows.weights().set(place, 0.02f * (float) (random.nextDouble() - 0.5));
        }
        for (int i = 0; i < INPUTS * BATCH; i++) {
            x.values()[x.at(i)] = (float) (random.nextDouble() - 0.5);
        }
        Arrays.fill(targets, -1f);
    }

    static BlockRows groups(int labels, int group) {
        Connections connections = new Connections(FusedPassBenchmark.FAN_IN, group, Weights.Format.FLOAT32);
        FixedFanIn rows = new FixedFanIn(labels, INPUTS, connections);
        SplittableRandom random = new SplittableRandom(2);
        for (int indexRow = 0; indexRow < rows.indexRows(); indexRow++) {
            rows.drawTopology(indexRow, random);
        }
        return new BlockRows(rows);
    }

    static BlockRows dense(int labels) {
        return new BlockRows(new DenseRows(labels, INPUTS));
    }

    float scores() {
        float sum = 0;
        block.begin(rows, 0, rows.labels(), x, BATCH);
        while (block.next()) {
            block.selectAll();
            block.score();
            for (int number = 0; number < block.selectedCount(); number++) {
                block.scores(number, scores);
                sum += scores[0];
            }
        }
        return sum;
    }

    float pass() {
        Arrays.fill(dx.values(), dx.offset(), dx.at(INPUTS * BATCH), 0f);
        float loss = 0;
        block.begin(rows, 0, rows.labels(), x, BATCH);
        while (block.next()) {
            block.selectAll();
            block.score();
            for (int number = 0; number < block.selectedCount(); number++) {
                block.scores(number, scores);
                loss += Vectors.squaredHinge(scores, targets, BATCH, SCALE, dScores);
                block.activate(number, dScores);
            }
            block.gradients(dx);
            for (int number = 0; number < block.activeCount(); number++) {
                block.row(number, row);
                block.weightGradient(number, dWeights);
                Vectors.sgd(row.values(), row.offset(), dWeights, rows.width(), RATE, 0f);
            }
        }
        return loss;
    }

    /** Throws unless a pass gives the numbers of the same labels one after the other. */
    void requireSameAsSingleLabels() {
        double[] expectedLoss = new double[1];
        float[] expectedDx = singleLabels(expectedLoss);
        float loss = pass();
        if (!(Math.abs(loss - expectedLoss[0]) <= 1e-4 * expectedLoss[0])) {
            throw new IllegalStateException("loss is " + loss + " and " + expectedLoss[0]);
        }
        for (int i = 0; i < INPUTS * BATCH; i++) {
            if (!(Math.abs(dx.values()[dx.at(i)] - expectedDx[i]) <= 1e-4)) {
                throw new IllegalStateException("dx " + i + " is " + dx.values()[dx.at(i)] + " and " + expectedDx[i]);
            }
        }
    }

    private float[] singleLabels(double[] loss) {
        Panel to = Panel.of(INPUTS * BATCH);
        for (int label = 0; label < rows.labels(); label++) {
            rows.read(label, row);
            rows.scores(label, row, x, BATCH, scores);
            loss[0] += Vectors.squaredHinge(scores, targets, BATCH, SCALE, dScores);
            rows.gradients(label, row, x, BATCH, dScores, to, dWeights);
        }
        return Arrays.copyOfRange(to.values(), to.offset(), to.at(INPUTS * BATCH));
    }
}
