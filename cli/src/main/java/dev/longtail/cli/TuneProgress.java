package dev.longtail.cli;

import dev.longtail.tune.Candidate;
import dev.longtail.tune.Dimension;
import dev.longtail.tune.Trial;
import dev.longtail.tune.TuneListener;
import dev.longtail.tune.TuneMetric;
import dev.longtail.tune.TuneResult;
import java.util.Optional;
import java.util.stream.Collectors;

/** A search for settings in lines: one a rung, one a trial. */
final class TuneProgress implements TuneListener {

    private final TuneMetric metric;
    private final Console console;
    private final ProgressDisplay display;

    TuneProgress(TuneMetric metric, Console console, ProgressDisplay display) {
        this.metric = metric;
        this.console = console;
        this.display = display;
    }

    void start(TuneOptions.Plan plan) {
        message("searching for settings with the best validation " + metric.name() + " in "
                + Texts.clock(plan.config().budgetSeconds()) + ", the final training included, over "
                + plan.space().dimensions().stream().map(Dimension::path).collect(Collectors.joining(", ")));
    }

    @Override
    public void rung(RungStart start) {
        String candidates = (start.rung() == 1 ? "at most " : "") + Texts.count(start.candidates()) + " candidates";
        message("rung " + start.rung() + " of " + start.rungs() + ": " + candidates + ", "
                + Texts.count(start.examples()) + " examples, " + left(start.secondsLeft()));
    }

    @Override
    public void trying(Candidate candidate) {
        display.startTraining();
    }

    @Override
    public void tried(Trial trial, Optional<Trial> best, double secondsLeft) {
        String leader = best.map(found -> ", best so far " + TuneTable.value(metric, found.value()) + " ("
                        + name(found.candidate()) + ")")
                .orElse("");
        message("rung " + trial.rung() + ", " + name(trial.candidate()) + ": " + outcome(trial) + leader + ", "
                + left(secondsLeft));
    }

    void end(TuneResult result) {
        message("training with " + name(result.winner()) + " on all examples, which will take about "
                + Texts.clock(result.finalSeconds()) + ", "
                + left(result.config().budgetSeconds() - result.seconds()));
    }

    private String outcome(Trial trial) {
        return trial.isMeasured()
                ? metric.name() + " " + TuneTable.value(metric, trial.value()) + " in " + Texts.seconds(trial.seconds())
                : TuneTable.outcome(trial) + ", " + trial.reason();
    }

    private static String name(Candidate candidate) {
        return candidate.isStart() ? "the settings to start from" : "candidate " + candidate.number();
    }

    private static String left(double seconds) {
        return Texts.clock(Math.max(0, seconds)) + " left";
    }

    private void message(String line) {
        display.clear();
        console.message(line);
    }
}
