package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The numbers of anchors of the tables of one run, and the course of the objectives that decide them. */
public final class AnchorBudget {

    private final BudgetConfig config;
    private final int[] anchors;
    /** One history where tables are tied, else one for each table. */
    private final List<List<Double>> histories = new ArrayList<>();

    /**
     * All tables at the number to start from.
     *
     * @param tables at least 1
     */
    public AnchorBudget(BudgetConfig config, int tables) {
        Require.that(tables >= 1, "tables", "at least 1", tables);
        this.config = config;
        this.anchors = new int[tables];
        Arrays.fill(anchors, config.start());
        int controllers = config.sharing() == BudgetConfig.Sharing.TIED ? 1 : tables;
        for (int controller = 0; controller < controllers; controller++) {
            histories.add(new ArrayList<>());
        }
    }

    /** K of a table now. */
    public int anchors(int table) {
        return anchors[table];
    }

    /** Values of the objective after each epoch so far; the same for all tables where they are tied. */
    public List<Double> history(int table) {
        return List.copyOf(histories.get(controller(table)));
    }

    /**
     * Decides after an epoch.
     *
     * @param loss mean loss over validation examples
     * @param nnz non-zeros of T of each table, in its active columns only
     * @return what is added to K of each table, done in {@link #anchors} already
     */
    public int[] next(double loss, long... nnz) {
        Require.that(nnz.length == anchors.length, "tables with nnz", "all " + anchors.length, nnz.length);
        if (config.sharing() == BudgetConfig.Sharing.TIED) {
            long entries = Arrays.stream(nnz).sum();
            long all = Arrays.stream(anchors).asLongStream().sum();
            histories.get(0).add(config.objective().value(loss, entries, all));
        } else {
            for (int table = 0; table < anchors.length; table++) {
                histories.get(table).add(config.objective().value(loss, nnz[table], anchors[table]));
            }
        }
        int[] changes = new int[anchors.length];
        for (int table = 0; table < anchors.length; table++) {
            changes[table] = config.change(anchors[table], histories.get(controller(table)));
            anchors[table] += changes[table];
        }
        return changes;
    }

    private int controller(int table) {
        return config.sharing() == BudgetConfig.Sharing.TIED ? 0 : table;
    }
}
