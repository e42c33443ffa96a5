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
     * All examples are a rung when training on them takes at most this share of the time. That rung and the final
     * training make three such trainings at least, and two of them with settings that mostly cost more than the start.
     */
    private static final double FULL_RUNG_SHARE = 0.1;

    /** In the first rung, settings whose final training would take more of the time are not waited for. */
    private static final double FINAL_SHARE = 0.5;

    /**
     * The first trial also compiles the program, which takes seconds. One that was shorter than this, and takes at most
     * this share of the time, is made again to know the rate.
     */
    private static final double WARM_UP_SECONDS = 10;

    private static final double WARM_UP_SHARE = 0.1;

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
            if (first.isMeasured()
                    && first.seconds() < Math.min(WARM_UP_SECONDS, WARM_UP_SHARE * config.budgetSeconds())) {
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
            double from = elapsed();
            int tried = 0;
            for (int drawn = 0; drawn < config.candidates() && elapsed() + costs.firstRung() <= end(0, from); drawn++) {
                Optional<Candidate> candidate = draw.next();
                if (candidate.isEmpty()) {
                    break;
                }
                long bytes = objective.bytes(candidate.get().config());
                if (bytes > config.memoryBytes()) {
                    String reason = "parameters and optimiser state of about " + bytes + " bytes, at most "
                            + config.memoryBytes() + " fit";
                    skip(candidate.get(), 0, Outcome.NO_MEMORY, reason);
                } else if (measure(candidate.get(), 0, end(0, from)).isMeasured()) {
                    tried++;
                }
            }
            return tried;
        }

        /** Tries the start and so many of the best candidates of the rung before; whether there was time for it. */
        private boolean laterRung(int rung, int most) throws IOException {
            List<Trial> before = challengers(rung - 1);
            double afterStart = elapsed() + costs.estimate(start, rungs.examples(rung));
            if (before.stream().noneMatch(trial -> isTrainable(trial.candidate(), rung, afterStart))) {
                return false;
            }
            announce(rung, Math.min(most, before.size()) + 1);
            if (measure(start, rung, config.budgetSeconds() - untilTrained(start))
                            .outcome()
                    == Outcome.NO_TIME) {
                return false;
            }
            double from = elapsed();
            int passed = 0;
            for (Trial trial : before) {
                if (passed < most) {
                    double end = passed == 0 ? config.budgetSeconds() : end(rung, from);
                    passed += pass(trial.candidate(), rung, end) ? 1 : 0;
                }
            }
            return true;
        }

        /** Tries a candidate if it will end in time; whether it takes a place of those that pass. */
        private boolean pass(Candidate candidate, int rung, double end) throws IOException {
            if (!isTrainable(candidate, rung, elapsed())) {
                skip(candidate, rung, Outcome.NO_TIME, "too slow to be trained on all examples afterwards");
                return false; // the next best may be faster
            }
            if (elapsed() + costs.estimate(candidate, rungs.examples(rung)) > end) {
                skip(candidate, rung, Outcome.NO_TIME, "no time left in this rung");
                return true;
            }
            double stop = config.budgetSeconds() - untilTrained(leader(rung));
            return measure(candidate, rung, stop).outcome() != Outcome.NO_TIME;
        }

        /** Whether a candidate can be tried in a rung from a point of time on, and then be trained on all examples. */
        private boolean isTrainable(Candidate candidate, int rung, double from) {
            return canBeTrained(candidate, from + costs.estimate(candidate, rungs.examples(rung)));
        }

        private boolean canBeTrained(Candidate candidate, double from) {
            return candidate.isStart() || from + untilTrained(candidate) <= config.budgetSeconds();
        }

        /** The best candidate of a rung so far that can still be trained; the start when there is none. */
        private Candidate leader(int rung) {
            double most = rung == 0 ? FINAL_SHARE * config.budgetSeconds() : Double.POSITIVE_INFINITY;
            return challengers(rung).stream()
                    .map(Trial::candidate)
                    .filter(candidate -> untilTrained(candidate) <= most && canBeTrained(candidate, elapsed()))
                    .findFirst()
                    .orElse(start);
        }

        /**
         * When the challengers of a rung have to end: they have an equal part of the time that start and leader leave
         * over in this rung and those to come. A later leader may be slower, so this moves.
         */
        private double end(int rung, double from) {
            Candidate leader = leader(rung);
            double reserved = Math.max(untilTrained(leader), untilTrained(start));
            for (int later = rung + 1; later < rungs.count(); later++) {
                reserved += costs.estimate(start, rungs.examples(later));
                reserved += leader.isStart() ? 0 : costs.estimate(leader, rungs.examples(later));
            }
            return from + (config.budgetSeconds() - from - reserved) / (rungs.count() - rung);
        }

        /** The best of the highest rung that tells candidates from the start, of those that can still be trained. */
        private Candidate winner() {
            for (int rung = rungs.count() - 1; rung >= 0; rung--) {
                if (!challengers(rung).isEmpty()) {
                    int number = rung + 1;
                    return trials.stream()
                            .filter(trial -> trial.rung() == number && trial.isMeasured())
                            .filter(trial -> canBeTrained(trial.candidate(), elapsed()))
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
            return costs.estimate(candidate, objective.examples());
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
            double most = rung == 0 && !candidate.isStart()
                    ? FINAL_SHARE * config.budgetSeconds() / growth
                    : Double.POSITIVE_INFINITY;
            BooleanSupplier timeIsUp = () -> elapsed() > stop || elapsed() - from > most;
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
