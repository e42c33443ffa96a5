package dev.longtail.tune;

import dev.longtail.train.DivergedException;
import dev.longtail.tune.Objective.Measurement;
import dev.longtail.tune.Trial.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Random search with successive halving (Jamieson and Talwalkar, AISTATS 2016; a bracket of Hyperband, Li et al., JMLR
 * 2018): many candidates learn from few examples, the best one in eta of them from eta times as many, and so on. All
 * rungs then cost about the same. The settings to start from take part in every rung, beside those that passed the one
 * before, so the winner is never worse than they are in the rung that decides.
 *
 * <p>Which candidates are drawn, and what each is worth, depends on seed and data alone; the time, and so the machine,
 * decides how many are tried, on how many examples, and how far they get. A rung may take an equal share of the time
 * that is left; candidates are tried in the order of what they were worth in the rung before, and the first of them
 * even where the share is too short. After the first rung, whose trials tell the rates, nothing is tried that could not
 * be trained on all examples afterwards.
 */
public final class HalvingSearch {

    /**
     * All examples are a rung when training on them takes at most this share of the time: start, winner and the final
     * training then spend at least half of the search on other things.
     */
    private static final double FULL_RUNG_SHARE = 1.0 / 6;

    /** Below this share of the time, the first trial is made twice for its time: the first also compiles the program. */
    private static final double WARM_UP_SHARE = 0.03;

    /** Training on all examples takes a little longer than estimated: labels that have learned cost more. */
    private static final double MARGIN = 1.2;

    private final TuneConfig config;
    private final Objective objective;
    private final LongSupplier nanos;
    private final TuneListener listener;

    /** @param nanos a clock */
    public HalvingSearch(TuneConfig config, Objective objective, LongSupplier nanos, TuneListener listener) {
        this.config = config;
        this.objective = objective;
        this.nanos = nanos;
        this.listener = listener;
    }

    /**
     * Searches.
     *
     * @throws IllegalArgumentException when the settings to start from and the data do not go together
     * @throws java.util.concurrent.CancellationException when the thread was interrupted
     */
    public TuneResult run(SearchSpace space, long seed) throws IOException {
        return new Run(space.draw(seed)).search();
    }

    /** One search. */
    private final class Run {

        private final SearchSpace.Draw draw;
        private final Candidate start;
        private final long startNanos = nanos.getAsLong();
        private final Costs costs = new Costs();
        private final List<Trial> trials = new ArrayList<>();
        private Rungs rungs = Rungs.of(objective.examples(), config);

        Run(SearchSpace.Draw draw) {
            this.draw = draw;
            this.start = draw.start();
        }

        TuneResult search() throws IOException {
            Trial first = measure(start, 0, Double.POSITIVE_INFINITY);
            if (first.isMeasured() && first.seconds() < WARM_UP_SHARE * config.budgetSeconds()) {
                double from = elapsed();
                Measurement again = objective.measure(start.config(), first.examples(), () -> false);
                costs.set(measured(start, 0, again, elapsed() - from), again.growingSeconds());
            }
            if (rungs.count() > 1 && untilTrained(start) > FULL_RUNG_SHARE * config.budgetSeconds()) {
                rungs = rungs.withoutLast();
            }
            announce(0, config.candidates() + 1);
            int passing = firstRung();
            for (int rung = 1; rung < rungs.count() && passing > 0; rung++) {
                passing = Math.max(1, passing / config.eta());
                if (!laterRung(rung, passing)) {
                    break;
                }
            }
            Candidate winner = winner();
            return new TuneResult(config, rungs.examples(), trials, winner, elapsed(), untilTrained(winner));
        }

        /** Tries new candidates until the share of the first rung is spent; how many were measured. */
        private int firstRung() throws IOException {
            double end = elapsed() + share(0);
            int tried = 0;
            for (int drawn = 0; drawn < config.candidates() && elapsed() + costs.firstRung() <= end; drawn++) {
                Optional<Candidate> candidate = draw.next();
                if (candidate.isEmpty()) {
                    break;
                }
                long bytes = objective.bytes(candidate.get().config());
                if (bytes > config.memoryBytes()) {
                    String reason = "parameters and optimiser state of about " + bytes + " bytes, at most "
                            + config.memoryBytes() + " fit";
                    skip(candidate.get(), 0, Outcome.NO_MEMORY, reason);
                } else if (measure(candidate.get(), 0, end).isMeasured()) {
                    tried++;
                }
            }
            return tried;
        }

        /** Tries the start and so many of the best candidates of the rung before; whether there was time for the start. */
        private boolean laterRung(int rung, int most) throws IOException {
            List<Trial> before = challengers(rung - 1);
            double stop = config.budgetSeconds() - untilTrained(start);
            if (before.isEmpty() || elapsed() + costs.estimate(start, rungs.examples(rung)) > stop) {
                return false;
            }
            announce(rung, Math.min(most, before.size()) + 1);
            if (measure(start, rung, stop).outcome() == Outcome.NO_TIME) {
                return false;
            }
            double end = elapsed() + share(rung);
            int passed = 0;
            for (Trial trial : before) {
                if (passed < most && pass(trial.candidate(), rung, passed == 0 ? stop : end)) {
                    passed++;
                }
            }
            return true;
        }

        /** Tries a candidate if it will end in time; whether it takes a place of those that pass. */
        private boolean pass(Candidate candidate, int rung, double end) throws IOException {
            double then = elapsed() + costs.estimate(candidate, rungs.examples(rung));
            if (then + untilTrained(candidate) > config.budgetSeconds()) {
                skip(candidate, rung, Outcome.NO_TIME, "no time to train it on all examples afterwards");
                return false; // the next best may be faster
            }
            if (then > end) {
                skip(candidate, rung, Outcome.NO_TIME, "no time left in this rung");
                return true;
            }
            measure(candidate, rung, config.budgetSeconds() - untilTrained(start));
            return true;
        }

        /** Seconds for the challengers of a rung: an equal part of what the start leaves over in the rungs to come. */
        private double share(int rung) {
            double reserved = untilTrained(start);
            for (int later = rung + 1; later < rungs.count(); later++) {
                reserved += costs.estimate(start, rungs.examples(later));
            }
            return (config.budgetSeconds() - elapsed() - reserved) / (rungs.count() - rung);
        }

        /** The best of the highest rung that tells candidates from the start, of those that can still be trained. */
        private Candidate winner() {
            for (int rung = rungs.count() - 1; rung >= 0; rung--) {
                if (!challengers(rung).isEmpty()) {
                    int number = rung + 1;
                    return trials.stream()
                            .filter(trial -> trial.rung() == number && trial.isMeasured())
                            .filter(trial -> trial.candidate().isStart()
                                    || elapsed() + untilTrained(trial.candidate()) <= config.budgetSeconds())
                            .min(Trial.BEST_FIRST)
                            .map(Trial::candidate)
                            .orElse(start);
                }
            }
            return start;
        }

        /** Candidates other than the start that were measured in a rung, best first. */
        private List<Trial> challengers(int rung) {
            return trials.stream()
                    .filter(trial -> trial.rung() == rung + 1 && trial.isMeasured())
                    .filter(trial -> !trial.candidate().isStart())
                    .sorted(Trial.BEST_FIRST)
                    .toList();
        }

        /** Seconds to train a candidate on all examples. */
        private double untilTrained(Candidate candidate) {
            return MARGIN * costs.estimate(candidate, objective.examples());
        }

        private double elapsed() {
            return (nanos.getAsLong() - startNanos) / 1e9;
        }

        private Trial measure(Candidate candidate, int rung, double stop) throws IOException {
            listener.trying(candidate);
            int examples = rungs.examples(rung);
            double from = elapsed();
            double growth = (double) objective.examples() / examples;
            // What a trial has taken so far says how long all examples will take at least. The start is trained anyway.
            BooleanSupplier timeIsUp = () -> elapsed() > stop
                    || !candidate.isStart() && elapsed() + growth * (elapsed() - from) > config.budgetSeconds();
            try {
                Measurement found = objective.measure(candidate.config(), examples, timeIsUp);
                Trial trial = measured(candidate, rung, found, elapsed() - from);
                costs.add(trial, found.growingSeconds());
                return record(trial);
            } catch (DivergedException e) {
                return failed(candidate, rung, Outcome.DIVERGED, e, from);
            } catch (OutOfTimeException e) {
                return failed(candidate, rung, Outcome.NO_TIME, e, from);
            } catch (IllegalArgumentException e) {
                if (candidate.isStart()) {
                    throw e;
                }
                return failed(candidate, rung, Outcome.IMPOSSIBLE, e, from);
            }
        }

        private Trial failed(Candidate candidate, int rung, Outcome outcome, RuntimeException why, double from) {
            Trial trial = unmeasured(candidate, rung, outcome, String.valueOf(why.getMessage()), elapsed() - from);
            if (outcome != Outcome.NO_TIME) { // a part of a trial tells nothing of the whole
                costs.add(trial);
            }
            return record(trial);
        }

        private Trial measured(Candidate candidate, int rung, Measurement found, double seconds) {
            int examples = rungs.examples(rung);
            return new Trial(
                    candidate, rung + 1, examples, Outcome.MEASURED, "", found.value(), found.epochs(), seconds);
        }

        private void skip(Candidate candidate, int rung, Outcome outcome, String reason) {
            record(unmeasured(candidate, rung, outcome, reason, 0));
        }

        private Trial unmeasured(Candidate candidate, int rung, Outcome outcome, String reason, double seconds) {
            int examples = rungs.examples(rung);
            double none = Double.NEGATIVE_INFINITY;
            return new Trial(candidate, rung + 1, examples, outcome, reason, none, 0, seconds);
        }

        private Trial record(Trial trial) {
            trials.add(trial);
            Optional<Trial> best = trials.stream()
                    .filter(other -> other.rung() == trial.rung() && other.isMeasured())
                    .min(Trial.BEST_FIRST);
            listener.tried(trial, best, config.budgetSeconds() - elapsed());
            return trial;
        }

        private void announce(int rung, int candidates) {
            listener.rung(new TuneListener.RungStart(
                    rung + 1, rungs.count(), rungs.examples(rung), candidates, config.budgetSeconds() - elapsed()));
        }
    }
}
