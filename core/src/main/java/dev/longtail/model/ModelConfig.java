package dev.longtail.model;

import dev.longtail.body.BodyConfig;
import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.config.Settings;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.topology.DensityConfig;
import dev.longtail.topology.DensityConfig.LayerSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shape of a label model: a sparse end, a body, a sparse end.
 *
 * @param table input end
 * @param body middle
 * @param output output end
 * @param loss what scores mean
 * @param sparsity one density for all sparse layers, in place of their fan-ins
 * @param embedding whether there is an embedding arm: table, body and output layer
 * @param storedBits bits of a number of the input table and of the output weights when the model is kept: 32 leaves
 *     them as they were trained, 8 makes them signed bytes with a scale for each row
 */
public record ModelConfig(
        TableConfig table,
        BodyConfig body,
        OutputConfig output,

        @Setting("loss of a label: squared-hinge (fast: satisfied labels are free) or logistic")
        Loss loss,

        DensityConfig sparsity,

        @Setting("whether there is an embedding arm, which is input table, body and output layer; without, the"
                + " association arm and the direct arm make the score, and settings of those three have no"
                + " effect")
        boolean embedding,

        @Setting("bits of a number of input table and output weights in the finished model, in file and memory: 32 as"
                + " trained, or 8, which takes a quarter of it; calibrated and validated as it is stored")
        int storedBits) {

    /** Numbers as they were trained. */
    public static final int TRAINED_BITS = 32;

    /** Signed bytes with a scale for each row, see {@link dev.longtail.matrix.ByteRows}. */
    public static final int BYTE_BITS = 8;

    public ModelConfig {
        Require.that(
                table.kind() != TableConfig.Kind.MIXED,
                "table.kind",
                "dense, hashed or anchors; tables of mixed dimensions are for rating models",
                "mixed");
        Require.that(storedBits == TRAINED_BITS || storedBits == BYTE_BITS, "storedBits", "32 or 8", storedBits);
        int hidden = body.intermediate() > 0 ? body.intermediate() : table.dimension();
        boolean sparse = output.kind() == OutputConfig.Kind.FIXED_FAN_IN;
        boolean given = !sparsity.isGiven();
        Require.that(
                !sparse || !given || output.fanIn() <= hidden,
                "fanIn",
                "at most the hidden units, " + hidden,
                output.fanIn());
        if (sparse && given) {
            FixedFanIn.requireFanIn(output.fanIn(), hidden);
        }
        Require.that(
                !given || body.intermediateFanIn() <= table.dimension(),
                "intermediateFanIn",
                "at most the dimension, " + table.dimension(),
                body.intermediateFanIn());
        // units that are given up hand their slots to others, which banks would not let pass
        Require.that(
                body.intermediateFanIn() == 0 || table.dimension() <= FixedFanIn.BANK,
                "dimension",
                "at most " + FixedFanIn.BANK + " below a sparse intermediate layer",
                table.dimension());
        Require.that(
                given || sparse || body.intermediateFanIn() > 0,
                "density",
                "0 when no layer is sparse; set output.kind=fixed-fan-in or intermediateFanIn",
                sparsity.density());
    }

    /** A shape whose fan-ins are given. */
    public ModelConfig(TableConfig table, BodyConfig body, OutputConfig output, Loss loss) {
        this(table, body, output, loss, DensityConfig.NONE, true, TRAINED_BITS);
    }

    /** Whether the finished model holds its table and output weights in 8 bits. */
    public boolean isStoredInBytes() {
        return storedBits == BYTE_BITS;
    }

    /**
     * The shape for so many labels: with a density, its fan-ins; otherwise this. Files do not hold the computed fan-ins
     * as settings, every reader computes them anew.
     */
    public ModelConfig forLabels(int labels) {
        if (!sparsity.isGiven()) {
            return this;
        }
        int hidden = body.intermediate() > 0 ? body.intermediate() : table.dimension();
        Map<String, LayerSize> layers = new LinkedHashMap<>();
        if (body.intermediateFanIn() > 0) {
            layers.put("body.intermediateFanIn", new LayerSize(table.dimension(), body.intermediate()));
        }
        if (output.kind() == OutputConfig.Kind.FIXED_FAN_IN) {
            layers.put("output.fanIn", new LayerSize(hidden, labels));
        }
        int[] fanIns = sparsity.fanIns(List.copyOf(layers.values()));
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : layers.keySet()) {
            values.put(setting, Integer.toString(fanIns[values.size()]));
        }
        return Settings.override(this, values);
    }
}
