package dev.longtail.plan;

import dev.longtail.config.Require;
import dev.longtail.model.RatingModelConfig;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingTrainConfig;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Plans the training of a rating model over ratings that were read: some of them are really learned from. Settings near
 * those that were tried are planned without trying again.
 */
public final class RatingPlanner {

    /** A Java machine starts, and compiles what runs often, beside what the probe has let it compile. */
    private static final Cost START = new Cost(2, 0.8);

    /** Settings and provenance, and the tables of the files of numbers. */
    private static final long FIXED = 7_000;

    /** Numbers of a report of an epoch, of which a checkpoint has all. */
    private static final long REPORT = 40L * Double.BYTES;

    /** What a rating takes in an epoch whatever the dimension, in numbers of its vectors. */
    private static final double EACH = 16;

    /** Dimension up to which a sweep takes about what steps take. */
    private static final double SWEEP = 4;

    /** Mean, lowest and highest rating. */
    private static final long RANGE = 3L * Float.BYTES;

    private final Cost reading;
    private final JavaMachine machine;
    private final Workers workers;
    private final Planner.Tools tools;

    /**
     * A planner.
     *
     * @param reading what {@link RatingData#read} took
     * @param machine in which the run will be
     */
    public RatingPlanner(Cost reading, JavaMachine machine, Workers workers, Planner.Tools tools) {
        this.reading = reading;
        this.machine = machine;
        this.workers = workers;
        this.tools = tools;
    }

    /** Ratings and their counts. */
    private record Ratings(RatingData data, RatingShape shape) {}

    /**
     * The plan of a run.
     *
     * @param shape counts of the data
     * @throws IllegalArgumentException when the settings are of a stream, or change or look for anchors, whose sizes
     *     are not known before
     */
    public RatingPlan plan(RatingConfig config, RatingData data, RatingShape shape) throws IOException {
        requireKnown(config);
        return tried(config, new Ratings(data, shape), () -> Cost.NONE).apply(config);
    }

    /**
     * Settings that fit a budget, with as little given up as possible. Where time is limited, a plan's start has what
     * trying parts of the training took, which the run then takes too.
     *
     * @param held paths of settings that keep their values
     * @param shape counts of the data
     * @throws NothingFitsException when none fit
     * @throws IllegalArgumentException when the settings are of a stream, or change or look for anchors, whose sizes
     *     are not known before
     */
    public FittedPlan<RatingPlan> fit(
            RatingConfig start, Set<String> held, Budget budget, RatingData data, RatingShape shape)
            throws IOException, NothingFitsException {
        requireKnown(start);
        Ratings ratings = new Ratings(data, shape);
        BudgetFit<RatingConfig, RatingPlan> fit = new BudgetFit<>(start, held, RatingConcessions.all());
        // what would not fit into memory is not tried in it; how many links of anchors stay is known when it was tried
        boolean anchors =
                hasAnchors(start.model().users()) || hasAnchors(start.model().items());
        Budget first = anchors ? budget.ofMemory() : budget.withoutTime();
        RatingPlan plan = fit.search(start, first, config -> settings -> untried(settings, ratings));
        if (tools.timed() || (anchors && budget.limitsModel())) {
            Cost.Watch watch = tools.clock().start();
            Supplier<Cost> spent = budget.limitsTime() ? watch::cost : () -> Cost.NONE;
            plan = fit.search(plan.config(), budget, config -> tried(config, ratings, spent));
        }
        return new FittedPlan<>(plan, fit.changes(plan.config()));
    }

    private static void requireKnown(RatingConfig config) {
        Require.that(!config.online().stream(), "online.stream, where a run is planned,", "false", true);
        Require.that(
                !config.train().nonparametric().learned(),
                "train.nonparametric.learned, where a run is planned,",
                "false, as numbers of anchors that are learned are not known before",
                true);
        requireDrawn("users", config.model().users());
        requireDrawn("items", config.model().items());
    }

    private static void requireDrawn(String name, TableConfig table) {
        Require.that(
                table.kind() != TableConfig.Kind.ANCHORS || !table.anchors().needsSetup(),
                "model." + name + ".anchors.start and model." + name + ".anchors.relations, where a run is planned,",
                "left as they are",
                table.anchors().start().strategy());
    }

    private static boolean hasAnchors(TableConfig table) {
        return table.kind() == TableConfig.Kind.ANCHORS;
    }

    /** Plans from shapes alone, as if nothing took time. */
    private RatingPlan untried(RatingConfig config, Ratings ratings) {
        return plan(config, ratings.shape, RatingSizes.of(config, ratings.data), Map.of());
    }

    /**
     * Trains a little with some settings, and so can plan others near them.
     *
     * @param spent before the run proper begins
     */
    private Function<RatingConfig, RatingPlan> tried(RatingConfig config, Ratings ratings, Supplier<Cost> spent)
            throws IOException {
        RatingSizes shapes = RatingSizes.of(config, ratings.data);
        long taken = new RatingMemory(config, ratings.shape, shapes, workers.threads())
                .alive()
                .bytes(Phase.LEARNING);
        RatingProbe.Result probed =
                new RatingProbe(config, ratings.data, shapes, workers, tools).run(machine.heapBytes() - taken);
        Cost start = START.plus(spent.get());
        return settings -> plan(
                settings,
                ratings.shape,
                RatingSizes.of(settings, ratings.data).like(shapes, probed.sizes()),
                Map.of(Phase.START, start, Phase.LEARNING, learning(settings, config, probed)));
    }

    private RatingPlan plan(RatingConfig config, RatingShape shape, RatingSizes sizes, Map<Phase, Cost> times) {
        MemoryPlan alive = new RatingMemory(config, shape, sizes, workers.threads()).alive();
        RatingPlan.ModelSize size = size(config, shape, sizes);
        long kept = shape.validation() > 0 ? sizes.users() + sizes.items() + RANGE : 0;
        long checkpoint = sizes.state() + kept + FIXED + REPORT * config.train().maxEpochs();
        Map<Phase, Cost> phases = new EnumMap<>(Phase.class);
        phases.putAll(times);
        phases.put(Phase.READING, reading);
        phases.put(Phase.WRITING, TimeModel.writing(size.total()));
        return new RatingPlan(
                config,
                shape,
                alive,
                machine.process(alive),
                new TimePlan(phases),
                kept,
                CheckpointBytes.MOST * checkpoint,
                size);
    }

    private static RatingPlan.ModelSize size(RatingConfig config, RatingShape data, RatingSizes sizes) {
        long item = RatingMemory.isNarrow(data) ? Character.BYTES : Integer.BYTES;
        long seen = Integer.BYTES * (data.users().count() + 1L) + item * data.ratings();
        return new RatingPlan.ModelSize(
                sizes.users(),
                sizes.items(),
                config.data().keepSeen() ? seen : 0,
                FIXED + data.users().fileBytes() + data.items().fileBytes());
    }

    private static Cost learning(RatingConfig config, RatingConfig tried, RatingProbe.Result probed) {
        Cost epoch = probed.epoch().times(work(config) / work(tried)).plus(probed.look());
        return probed.start().plus(epoch.times(config.train().maxEpochs()));
    }

    /** What a rating takes in an epoch, in some unit, about: settings that are chosen by it are tried. */
    private static double work(RatingConfig config) {
        RatingModelConfig model = config.model();
        double vectors = config.train().solver() == RatingTrainConfig.Solver.STEPS
                ? model.dimension()
                : (double) model.dimension() * model.dimension() / SWEEP;
        return EACH + vectors + anchors(model.users()) + anchors(model.items());
    }

    private static int anchors(TableConfig table) {
        return hasAnchors(table) ? table.anchors().count() : 0;
    }
}
