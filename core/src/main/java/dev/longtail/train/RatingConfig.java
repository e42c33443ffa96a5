package dev.longtail.train;

import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.optimizer.ScheduleConfig;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingDataConfig;
import dev.longtail.table.TableConfig;

/**
 * Every setting of a rating model's training; stored in the model folder.
 *
 * @param data files to ratings
 * @param model shape
 * @param train how parameters are learned
 */
public record RatingConfig(RatingDataConfig data, RatingModelConfig model, RatingTrainConfig train) {

    /** Vectors of length 16 in dense tables, for data of the size of MovieLens. */
    public static final RatingConfig DEFAULT = new RatingConfig(
            RatingDataConfig.DEFAULT,
            new RatingModelConfig(
                    new TableConfig(TableConfig.Kind.DENSE, 16, 1 << 16, 0.1f),
                    new TableConfig(TableConfig.Kind.DENSE, 16, 1 << 16, 0.1f),
                    true,
                    true),
            new RatingTrainConfig(
                    50,
                    1024,
                    1,
                    3,
                    OptimizerConfig.of(OptimizerConfig.Kind.YOGI, 0.01f),
                    0.05f,
                    0.05f,
                    0.01f,
                    RatingTrainConfig.Normalisation.SUM,
                    new ScheduleConfig(ScheduleConfig.Curve.CONSTANT, 0, 0)));

    /** A model of this shape for prepared data, to be given to {@link RatingTrainer}. */
    public RatingModel newModel(RatingData data) {
        return new RatingModel(model, data.users(), data.items());
    }
}
