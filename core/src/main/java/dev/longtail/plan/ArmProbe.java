package dev.longtail.plan;

import dev.longtail.association.AssociationArm;
import dev.longtail.association.AssociationConfig;
import dev.longtail.association.AssociationCounts;
import dev.longtail.association.AssociationSearch;
import dev.longtail.config.Settings;
import dev.longtail.direct.DirectArm;
import dev.longtail.direct.DirectTraining;
import dev.longtail.matrix.FewIds;
import dev.longtail.matrix.IdLists;
import dev.longtail.matrix.SparseRows;
import dev.longtail.parallel.Workers;
import dev.longtail.train.LabelConfig;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes the association arm and the direct arm of a slice of the labels, and tells how large those of all labels will
 * be and what they will cost. Labels do not depend on each other, so a slice of them costs its share of the whole, over
 * all examples. Of an example's likely labels its share is in the slice as well, so it gets as many fewer candidates,
 * and so does a feature postings. Labels of the slice are evenly spread over all by how frequent they are.
 */
final class ArmProbe {

    private static final int MOST_SLICES = 16;
    private static final int LEAST_LABELS = 50;
    private static final int LEAST_CANDIDATES = 4;

    /** Candidates times their features, where more examples are not tried: a second or two. */
    private static final long MOST_WORK = 1L << 26;

    /** Looking for candidates also costs something for each feature, whatever the number of labels. */
    private static final double CANDIDATE_POWER = 0.85;

    private final LabelConfig config;
    private final PlanData data;
    private final Workers workers;
    private final Cost.Clock clock;
    private final int slices;

    /**
     * What the arms of all labels are and cost.
     *
     * @param counting of associations
     * @param candidates finding likely labels of all examples
     * @param direct solving of all labels
     */
    record Result(ArmShape shape, Cost counting, Cost candidates, Cost direct) {

        static final Result NONE = new Result(ArmShape.NONE, Cost.NONE, Cost.NONE, Cost.NONE);
    }

    ArmProbe(LabelConfig config, PlanData data, Workers workers, Cost.Clock clock) {
        this.config = config;
        this.data = data;
        this.workers = workers;
        this.clock = clock;
        int labels = data.labels().size();
        int candidates = Math.min(config.train().direct().candidates(), labels) / LEAST_CANDIDATES;
        this.slices = Math.max(1, Math.min(MOST_SLICES, Math.min(candidates, labels / LEAST_LABELS)));
    }

    Result run() {
        if (!config.train().direct().isOn()) {
            return Result.NONE;
        }
        long work = (long) data.rows().start(data.rows().rows())
                * Math.max(
                        1,
                        Math.min(
                                        config.train().direct().candidates(),
                                        data.labels().size())
                                / slices);
        int thinner = (int) Math.max(1, (work + MOST_WORK - 1) / MOST_WORK);
        Tried half = tried(2 * thinner); // also lets the Java machine compile what it then runs
        Tried whole = tried(thinner);
        return whole.forAll(half, slices, data.every() * thinner);
    }

    /** Sizes and costs with one example for so many. */
    private record Tried(long kept, long postings, long weights, long longest, Cost[] costs) {

        Result forAll(Tried half, int slices, int every) {
            ArmShape shape = new ArmShape(
                    more(kept, half.kept, slices, every),
                    more(postings, half.postings, slices, every),
                    more(weights, half.weights, slices, every),
                    longest * every);
            double examples = every;
            return new Result(
                    shape,
                    costs[0].times(slices * examples),
                    costs[1].times(Math.pow(slices, CANDIDATE_POWER) * examples),
                    costs[2].times(slices * examples));
        }

        /** A number for all labels, and for more examples by the power at which it grew to twice as many. */
        private static long more(long number, long half, int slices, int every) {
            double power = half == 0 ? 1 : Math.log((double) number / half) / Math.log(2);
            return Math.round(number * slices * Math.pow(every, Math.min(1, Math.max(0, power))));
        }
    }

    private Tried tried(int thinner) {
        SparseRows rows = thinner == 1 ? data.rows() : thinned(thinner);
        int[] number = slice();
        IdLists labels = carried(thinner, number);
        int count = (int) Arrays.stream(number).filter(i -> i >= 0).count();
        int features = data.features().size();
        int candidates = Math.max(
                1, Math.min(config.train().direct().candidates(), data.labels().size()) / slices);
        Cost.Watch counting = clock.start();
        AssociationArm arm =
                new AssociationCounts(association(), candidates, workers).count(rows, features, labels, count);
        Cost counted = counting.cost();
        Cost.Watch finding = clock.start();
        FewIds found = new AssociationSearch(arm, workers).candidates(rows, candidates, done -> {});
        Cost searched = finding.cost();
        Cost.Watch solving = clock.start();
        DirectTraining.Source source = new DirectTraining.Source(rows, features, labels, count, found);
        DirectArm direct = new DirectTraining(config.train().direct().withCandidates(candidates), 1, workers)
                .train(source, done -> {});
        Cost solved = solving.cost();
        long kept = kept(rows, labels, count);
        long longest = longest(rows, found.counts(count), labels, number);
        return new Tried(kept, arm.size(), direct.size(), longest, new Cost[] {counted, searched, solved});
    }

    /** The settings of the arm with its share of postings; those that it would have where there is to be none. */
    private AssociationConfig association() {
        AssociationConfig association = config.train().association().isOn()
                ? config.train().association()
                : LabelConfig.Preset.BASE.config().train().association();
        return Settings.override(
                association, Map.of("postings", Integer.toString(Math.max(1, association.postings() / slices))));
    }

    /** The number of each label in the slice, -1 where it is not part of it. */
    private int[] slice() {
        int[] frequencies = data.labels().frequencies();
        int[] byFrequency = IntStream.range(0, frequencies.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(frequencies[b], frequencies[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] number = new int[frequencies.length];
        Arrays.fill(number, -1);
        int count = 0;
        for (int place = slices / 2; place < byFrequency.length; place += slices) {
            number[byFrequency[place]] = count++;
        }
        return number;
    }

    private SparseRows thinned(int thinner) {
        SparseRows all = data.rows();
        SparseRows fewer = new SparseRows(all.rows() / thinner + 1, all.start(all.rows()) / thinner + 1);
        int[] columns = new int[16];
        float[] values = new float[16];
        for (int row = 0; row < all.rows(); row += thinner) {
            int count = all.start(row + 1) - all.start(row);
            if (columns.length < count) {
                columns = new int[2 * count];
                values = new float[2 * count];
            }
            System.arraycopy(all.columns(), all.start(row), columns, 0, count);
            System.arraycopy(all.values(), all.start(row), values, 0, count);
            fewer.add(columns, values, count);
        }
        return fewer;
    }

    private IdLists carried(int thinner, int[] number) {
        IdLists all = data.carried();
        IdLists sliced = new IdLists(all.rows() / thinner + 1, 1);
        int[] ids = new int[16];
        for (int row = 0; row < all.rows(); row += thinner) {
            int count = 0;
            for (int at = all.start(row); at < all.start(row + 1); at++) {
                int label = number[all.ids()[at]];
                if (label >= 0) {
                    ids = count < ids.length ? ids : Arrays.copyOf(ids, 2 * count);
                    ids[count++] = label;
                }
            }
            Arrays.sort(ids, 0, count);
            sliced.add(ids, count);
        }
        return sliced;
    }

    /** Connections that labels keep before features choose among them: their features, at most so many. */
    private long kept(SparseRows rows, IdLists labels, int count) {
        IdLists carrying = labels.inverse(0, count);
        int slots = association().slots();
        int[] seen = new int[data.features().size()];
        long kept = 0;
        for (int label = 0; label < count; label++) {
            int distinct = 0;
            for (int at = carrying.start(label); at < carrying.start(label + 1) && distinct < slots; at++) {
                int row = carrying.ids()[at];
                for (int entry = rows.start(row); entry < rows.start(row + 1) && distinct < slots; entry++) {
                    int feature = rows.columns()[entry];
                    distinct += seen[feature] == label + 1 ? 0 : 1;
                    seen[feature] = label + 1;
                }
            }
            kept += distinct;
        }
        return kept;
    }

    /** Entries of the examples that the most frequent label of all is solved on. */
    private long longest(SparseRows rows, int[] taken, IdLists labels, int[] number) {
        int[] carry = new int[taken.length];
        for (int at = 0; at < labels.start(labels.rows()); at++) {
            carry[labels.ids()[at]]++;
        }
        int most = 0;
        for (int label = 0; label < carry.length; label++) {
            most = carry[label] > carry[most] ? label : most;
        }
        int[] frequencies = data.labels().frequencies();
        int place = most;
        int frequent = IntStream.range(0, number.length)
                .filter(label -> number[label] == place)
                .findFirst()
                .orElse(0);
        double larger = Arrays.stream(frequencies).max().orElse(1) / (double) Math.max(1, frequencies[frequent]);
        double examples = Math.min(rows.rows(), larger * (carry[most] + taken[most]));
        return Math.round(examples * rows.start(rows.rows()) / Math.max(1, rows.rows()));
    }
}
