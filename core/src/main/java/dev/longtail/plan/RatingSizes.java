package dev.longtail.plan;

import dev.longtail.model.RatingModelConfig;
import dev.longtail.optimizer.OptimizerConfig;
import dev.longtail.rating.Ids;
import dev.longtail.rating.RatingData;
import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingTrainConfig;
import dev.longtail.variational.RatingSweeps;

/**
 * Bytes of the numbers of a rating model and of its training.
 *
 * @param users vectors and biases of the users when the model is finished
 * @param items vectors and biases of the items when the model is finished
 * @param mostUsers vectors and biases of the users while they are learned, at most
 * @param mostItems vectors and biases of the items while they are learned, at most
 * @param rules what update rules remember, at most; 0 with sweeps
 * @param state the file of a checkpoint without the best parameters
 * @param copies numbers that are copied before a checkpoint is written
 */
record RatingSizes(long users, long items, long mostUsers, long mostItems, long rules, long state, long copies) {

    /** Sizes from shapes alone: all that tables of anchors may come to, and those of other kinds as they are. */
    static RatingSizes of(RatingConfig config, RatingData data) {
        RatingModelConfig model = config.model();
        OptimizerConfig rule = config.train().optimizer();
        boolean steps = config.train().solver() == RatingTrainConfig.Solver.STEPS;
        ParameterBytes ofUsers = table(model.users(), data.users(), rule);
        ParameterBytes ofItems = table(model.items(), data.items().ids(), rule);
        long userBiases = model.biases() ? (long) Float.BYTES * data.users().size() : 0;
        long itemBiases = model.biases() ? (long) Float.BYTES * data.items().size() : 0;
        long users = ofUsers.table() + userBiases;
        long items = ofItems.table() + itemBiases;
        // biases are learned by AdaGrad, which keeps a number of each
        long rules = steps ? ofUsers.state() + ofItems.state() + userBiases + itemBiases : 0;
        long beliefs = steps ? 0 : beliefs(data.users().size(), data.items().size(), model.dimension());
        return new RatingSizes(users, items, users, items, rules, users + items + rules + beliefs, 0);
    }

    /** What sweeps believe of all vectors. */
    static long beliefs(int users, int items, int dimension) {
        return RatingSweeps.beliefBytes(users, dimension) + RatingSweeps.beliefBytes(items, dimension);
    }

    private static ParameterBytes table(TableConfig table, Ids rows, OptimizerConfig rule) {
        return table.kind() == TableConfig.Kind.MIXED
                ? ParameterBytes.ofMixed(table, rows.counts(), rule)
                : ParameterBytes.ofTable(table, rows.size(), rule);
    }

    /**
     * These sizes, which follow from shapes, with what a run has shown of the same shapes.
     *
     * @param ofUsers of the users' vectors and biases after some epochs
     * @param ofItems of the items' vectors and biases after some epochs
     * @param kept what a checkpoint keeps then
     */
    RatingSizes tried(long ofUsers, long ofItems, StateSize kept) {
        // penalties remember something too, which is in the state that was tried; sparse rows may yet grow
        long remembered = rules == 0 ? 0 : Math.max(rules, kept.numbers() - ofUsers - ofItems);
        return new RatingSizes(
                ofUsers,
                ofItems,
                Math.max(mostUsers, ofUsers),
                Math.max(mostItems, ofItems),
                remembered,
                kept.file(),
                kept.copies());
    }

    /**
     * These sizes, which follow from shapes, as another run makes likely.
     *
     * @param shapes sizes of the other run that follow from its shapes
     * @param run what it has shown
     */
    RatingSizes like(RatingSizes shapes, RatingSizes run) {
        return new RatingSizes(
                scaled(users, shapes.users, run.users),
                scaled(items, shapes.items, run.items),
                scaled(mostUsers, shapes.mostUsers, run.mostUsers),
                scaled(mostItems, shapes.mostItems, run.mostItems),
                scaled(rules, shapes.rules, run.rules),
                scaled(state, shapes.state, run.state),
                run.copies);
    }

    private static long scaled(long bytes, long shape, long run) {
        return shape == 0 || shape == run ? bytes : Math.round((double) bytes * run / shape);
    }
}
