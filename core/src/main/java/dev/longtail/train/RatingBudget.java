package dev.longtail.train;

import dev.longtail.config.Require;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.metrics.RatingMetrics;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.nonparametric.AnchorBudget;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.InputTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Algorithm 2 of Anchor and Transform, nbANT, for a rating model: after each epoch the trend of the objective decides
 * whether the tables of anchors gain or lose some. Anchors that are lost keep their values, their links and what the
 * optimizer knows of them, and come back as they were. The same epochs and batches pass as with a fixed number.
 *
 * <p>The best epoch is the one with the lowest objective over both tables, not with the lowest validation MSE; the
 * parameters that are kept have the numbers of anchors of that epoch.
 *
 * <p>Where only one of the tables has anchors, its number alone is learned.
 */
public final class RatingBudget implements RatingAdaptation {

    private final RatingBudgetConfig config;
    private AnchorBudget budget;

    /** A budget for one run of training. */
    public RatingBudget(RatingBudgetConfig config) {
        this.config = config;
        this.budget = new AnchorBudget(config.budget(), 1);
    }

    private static List<AnchorTable> tables(RatingModel model) {
        List<AnchorTable> tables = new ArrayList<>();
        for (InputTable table : List.of(model.userTable(), model.itemTable())) {
            if (table instanceof AnchorTable anchors) {
                tables.add(anchors);
            }
        }
        return tables;
    }

    @Override
    public void begin(RatingModel model) {
        List<AnchorTable> tables = tables(model);
        Require.that(
                !tables.isEmpty(),
                "the users' or the items' table, whose number of anchors is to be learned,",
                "of kind anchors",
                model.config().users().kind() + " and " + model.config().items().kind());
        budget = new AnchorBudget(config.budget(), tables.size());
        tables.forEach(table -> table.resize(config.budget().start()));
    }

    @Override
    public double objective(RatingMetrics validation, TableFacts users, TableFacts items) {
        return config.objective(
                validation.mse(), users.nonZeros() + items.nonZeros(), (long) users.anchors() + items.anchors());
    }

    @Override
    public void after(RatingEpochReport report, RatingModel model) {
        change(report.validation().orElseThrow().mse(), model);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        budget.carry(name + ".budget", state);
    }

    /** Changes the numbers of anchors of a model that has been measured. */
    void change(double mse, RatingModel model) {
        List<AnchorTable> tables = tables(model);
        long[] nnz = tables.stream().mapToLong(table -> table.transform().nnz()).toArray();
        budget.next(config.loss().of(mse), nnz);
        for (int table = 0; table < nnz.length; table++) {
            config.leaving().resize(tables.get(table), budget.anchors(table));
        }
    }
}
