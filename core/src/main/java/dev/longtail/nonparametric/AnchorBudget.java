package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers of anchors of the tables of one run, and the course of the objectives that decide them. */
public final class AnchorBudget implements Stateful {

    private final BudgetConfig config;
    /** For each table K after each epoch, the latest being that of now; one more than there were epochs. */
    private final List<List<Integer>> anchors = new ArrayList<>();
    /** For each table the objective after each epoch. */
    private final List<List<Double>> histories = new ArrayList<>();

    /**
     * All tables at the number to start from.
     *
     * @param tables at least 1
     */
    public AnchorBudget(BudgetConfig config, int tables) {
        Require.that(tables >= 1, "tables", "at least 1", tables);
        this.config = config;
        for (int table = 0; table < tables; table++) {
            anchors.add(new ArrayList<>(List.of(config.start())));
            histories.add(new ArrayList<>());
        }
    }

    /** K of a table now. */
    public int anchors(int table) {
        List<Integer> all = anchors.get(table);
        return all.get(all.size() - 1);
    }

    /** K of a table in each epoch so far and, last, now. */
    public List<Integer> course(int table) {
        return List.copyOf(anchors.get(table));
    }

    /** Values of the objective after each epoch so far; the same for all tables where they are tied. */
    public List<Double> history(int table) {
        return List.copyOf(histories.get(table));
    }

    @Override
    public void carry(String name, StateCarrier state) {
        for (int table = 0; table < anchors.size(); table++) {
            String own = name + "." + table;
            List<Integer> all = anchors.get(table);
            int[] course = state.resized(
                    own + ".anchors", all.stream().mapToInt(Integer::intValue).toArray());
            List<Double> history = histories.get(table);
            double[] values = state.resized(
                    own + ".objectives",
                    history.stream().mapToDouble(Double::doubleValue).toArray());
            anchors.set(table, new ArrayList<>(Arrays.stream(course).boxed().toList()));
            histories.set(table, new ArrayList<>(Arrays.stream(values).boxed().toList()));
        }
    }

    /**
     * Decides after an epoch.
     *
     * @param loss mean loss over validation examples
     * @param nnz non-zeros of T of each table, in its active columns only
     * @return what is added to K of each table, done in {@link #anchors} already
     */
    public int[] next(double loss, long... nnz) {
        Require.that(nnz.length == anchors.size(), "tables with nnz", "all " + anchors.size(), nnz.length);
        boolean tied = config.sharing() == BudgetConfig.Sharing.TIED;
        long entries = Arrays.stream(nnz).sum();
        long all = IntStream.range(0, nnz.length).mapToLong(this::anchors).sum();
        int[] changes = new int[nnz.length];
        for (int table = 0; table < nnz.length; table++) {
            List<Double> history = histories.get(table);
            history.add(config.objective().value(loss, tied ? entries : nnz[table], tied ? all : anchors(table)));
            changes[table] = config.change(anchors.get(table), history);
        }
        for (int table = 0; table < nnz.length; table++) {
            anchors.get(table).add(anchors(table) + changes[table]);
        }
        return changes;
    }
}
