package dev.longtail.plan;

import dev.longtail.config.Require;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Plans the training of a rating model over ratings that were read: some of them are really learned from. */
public final class RatingPlanner {

    /** A Java machine starts, and compiles what runs often, beside what the probe has let it compile. */
    private static final Cost START = new Cost(2, 0.8);

    /** Settings and provenance, and the tables of the files of numbers. */
    private static final long FIXED = 7_000;

    /** Numbers of a report of an epoch, of which a checkpoint has all. */
    private static final long REPORT = 40L * Double.BYTES;

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

    /**
     * The plan of a run.
     *
     * @param shape counts of the data
     * @throws IllegalArgumentException when the settings are of a stream, or change or look for anchors, whose sizes
     *     are not known before
     */
    public RatingPlan plan(RatingConfig config, RatingData data, RatingShape shape) throws IOException {
        Require.that(!config.online().stream(), "online.stream, where a run is planned,", "false", true);
        Require.that(
                !config.train().nonparametric().learned(),
                "train.nonparametric.learned, where a run is planned,",
                "false, as numbers of anchors that are learned are not known before",
                true);
        requireDrawn("users", config.model().users());
        requireDrawn("items", config.model().items());
        RatingProbe.Result probed = new RatingProbe(config, data, workers, tools).run();
        MemoryPlan alive = new RatingMemory(config, shape, probed, workers.threads()).alive();
        RatingPlan.ModelSize size = size(config, shape, probed);
        long kept = shape.validation() > 0 ? probed.userBytes() + probed.itemBytes() + RANGE : 0;
        long checkpoint =
                probed.state().file() + kept + FIXED + REPORT * config.train().maxEpochs();
        return new RatingPlan(
                config,
                shape,
                alive,
                machine.process(alive),
                time(config, probed, size.total()),
                kept,
                CheckpointBytes.MOST * checkpoint,
                size);
    }

    private static void requireDrawn(String name, TableConfig table) {
        Require.that(
                table.kind() != TableConfig.Kind.ANCHORS || !table.anchors().needsSetup(),
                "model." + name + ".anchors.start and model." + name + ".anchors.relations, where a run is planned,",
                "left as they are",
                table.anchors().start().strategy());
    }

    private static RatingPlan.ModelSize size(RatingConfig config, RatingShape data, RatingProbe.Result probed) {
        long item = RatingMemory.isNarrow(data) ? Character.BYTES : Integer.BYTES;
        long seen = Integer.BYTES * (data.users().count() + 1L) + item * data.ratings();
        return new RatingPlan.ModelSize(
                probed.userBytes(),
                probed.itemBytes(),
                config.data().keepSeen() ? seen : 0,
                FIXED + data.users().fileBytes() + data.items().fileBytes());
    }

    private TimePlan time(RatingConfig config, RatingProbe.Result probed, long modelBytes) {
        Map<Phase, Cost> phases = new EnumMap<>(Phase.class);
        phases.put(Phase.START, START);
        phases.put(Phase.READING, reading);
        Cost epoch = probed.epoch().plus(probed.look());
        phases.put(
                Phase.LEARNING, probed.start().plus(epoch.times(config.train().maxEpochs())));
        phases.put(Phase.WRITING, TimeModel.writing(modelBytes));
        return new TimePlan(phases);
    }
}
