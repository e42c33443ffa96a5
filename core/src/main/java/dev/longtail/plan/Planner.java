package dev.longtail.plan;

import dev.longtail.data.TrainingData;
import dev.longtail.parallel.Workers;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.TrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Plans runs over prepared data: small parts of the work are really done, and what they take is extrapolated. Settings
 * near those that were tried are planned without trying again.
 */
public final class Planner {

    private final PlanData data;
    private final Cost reading;
    private final JavaMachine machine;
    private final Workers workers;
    private final Tools tools;
    private Optional<Probed> latest = Optional.empty();

    /**
     * What planning works with.
     *
     * @param clock that takes the time
     * @param temporary folder for temporary files
     * @param timed whether times are wanted; without, the embedding arm is not tried, which takes its memory
     */
    public record Tools(Cost.Clock clock, Path temporary, boolean timed) {}

    /**
     * A planner.
     *
     * @param reading what {@link TrainingData#prepare} took
     * @param machine in which the run will be
     */
    public Planner(PlanData data, Cost reading, JavaMachine machine, Workers workers, Tools tools) {
        this.data = data;
        this.reading = reading;
        this.machine = machine;
        this.workers = workers;
        this.tools = tools;
    }

    /** The plan of a run. */
    public RunPlan plan(LabelConfig config) throws IOException {
        return estimate(probe(config, tools.timed), config);
    }

    /**
     * Settings that fit a budget, with as little given up as possible.
     *
     * @param held paths of settings that keep their values
     * @throws NothingFitsException when none fit
     */
    public FittedPlan<RunPlan> fit(LabelConfig start, Set<String> held, Budget budget)
            throws IOException, NothingFitsException {
        BudgetFit<LabelConfig, RunPlan> fit = new BudgetFit<>(start, held, LabelConcessions.all());
        // what would not fit into memory is not tried in it
        RunPlan small = fit.search(start, budget.withoutTime(), config -> near(config, false));
        RunPlan plan = tools.timed ? fit.search(small.config(), budget, config -> near(config, true)) : small;
        return new FittedPlan<>(plan, fit.changes(plan.config()));
    }

    private Function<LabelConfig, RunPlan> near(LabelConfig config, boolean timed) throws IOException {
        Probed probed = probe(config, timed);
        return settings -> estimate(probed, settings);
    }

    private Probed probe(LabelConfig config, boolean timed) throws IOException {
        Optional<Probed> same = latest.filter(tried -> tried.config().equals(config));
        PlanData probedData = same.map(Probed::data).orElseGet(() -> data.withVocabulary(config.text()));
        ArmProbe.Result arms =
                same.map(Probed::arms).orElseGet(() -> new ArmProbe(config, probedData, workers, tools.clock).run());
        StepProbe.Result steps = timed
                ? new StepProbe(config, probedData, workers, tools.clock, tools.temporary).run()
                : new StepProbe.Result(Cost.NONE, Cost.NONE);
        Probed probed = new Probed(config, probedData, reading, arms, steps);
        latest = Optional.of(probed);
        return probed;
    }

    private RunPlan estimate(Probed probed, LabelConfig config) {
        DataShape shape =
                probed.config().text().equals(config.text()) ? probed.data().shape() : data.shape(config.text());
        ArmShape arms = scaled(probed, config, shape);
        MemoryPlan alive = new MemoryModel(config, shape, arms, workers.threads()).alive();
        ModelBytes model = ModelBytes.of(config, shape, arms);
        TimePlan time = new TimeModel(probed, config, shape, arms).plan(model.total());
        ParameterBytes parameters = ParameterBytes.of(
                config,
                shape.read(config.model().table().ngrams()),
                shape.labels().count());
        long kept = shape.validation() > 0 ? parameters.total() - parameters.state() : 0;
        long checkpoints = CheckpointBytes.of(config, shape, arms).onDisk();
        return new RunPlan(
                config, shape, alive, machine.process(alive), time, shape.storedBytes() + kept, checkpoints, model);
    }

    /** Connections of the arms with other settings than those that were tried; powers from trials on finna-yso-en. */
    private static ArmShape scaled(Probed probed, LabelConfig config, DataShape shape) {
        ArmShape tried = probed.arms().shape();
        TrainConfig now = config.train();
        TrainConfig before = probed.config().train();
        double entries =
                (double) shape.entries() / Math.max(1, probed.data().shape().entries());
        double slots = now.association().isOn() && before.association().isOn()
                ? (double) now.association().slots() / before.association().slots()
                : 1;
        double kept = Math.pow(slots, 0.5) * Math.pow(entries, 0.8);
        double candidates = before.direct().isOn()
                ? (double) now.direct().candidates() / before.direct().candidates()
                : 1;
        double smallest = before.direct().smallest() > 0 && now.direct().smallest() > 0
                ? before.direct().smallest() / now.direct().smallest()
                : 1;
        double weights = Math.pow(candidates, 0.3) * Math.pow(entries, 0.8) * smallest;
        return new ArmShape(
                Math.round(kept * tried.kept()),
                Math.round(kept * tried.postings()),
                Math.round(weights * tried.weights()),
                Math.round(candidates * entries * tried.longest()));
    }
}
