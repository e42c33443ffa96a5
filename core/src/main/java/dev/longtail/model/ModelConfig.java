package dev.longtail.model;

import dev.longtail.body.BodyConfig;
import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.loss.Loss;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;

/**
 * The shape of a label model: a sparse end, a body, a sparse end.
 *
 * @param table input end
 * @param body middle
 * @param output output end
 * @param loss what scores mean
 */
public record ModelConfig(
        TableConfig table,
        BodyConfig body,
        OutputConfig output,

        @Setting("loss of a label: squared-hinge (fast: satisfied labels are free) or logistic")
        Loss loss) {

    public ModelConfig {
        int hidden = body.intermediate() > 0 ? body.intermediate() : table.dimension();
        boolean sparse = output.kind() == OutputConfig.Kind.FIXED_FAN_IN;
        if (sparse) {
            Require.that(output.fanIn() <= hidden, "fanIn", "at most the hidden units, " + hidden, output.fanIn());
            FixedFanIn.requireFanIn(output.fanIn(), hidden);
        }
    }
}
