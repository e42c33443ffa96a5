package dev.longtail.cli;

import dev.longtail.format.AnchorFacts;
import dev.longtail.format.ModelFormatException;
import dev.longtail.nonparametric.AnchorObjective;
import dev.longtail.nonparametric.ParetoFront;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stored model in the order of an objective.
 *
 * @param terms of its objective
 * @param best whether it is the first, or equals it
 * @param front whether no other model is at least as good in all of loss, anchors and non-zeros and better in one
 */
record Ranked(Candidate candidate, AnchorObjective.Terms terms, boolean best, boolean front) {

    /**
     * A model to be ranked.
     *
     * @param model its folder as it was named
     */
    record Candidate(Path model, AnchorFacts facts, AnchorFacts.Loss loss) {

        /** @throws ModelFormatException when no loss is recorded */
        static Candidate of(Path model, AnchorFacts facts) throws ModelFormatException {
            AnchorFacts.Loss loss = facts.loss()
                    .orElseThrow(() -> new ModelFormatException(
                            model,
                            -1,
                            "records no loss on validation examples; train it with --validate or a part held out"));
            return new Candidate(model, facts, loss);
        }
    }

    /** The loss that all models have. */
    static String lossName(List<Candidate> candidates) {
        Candidate first = candidates.get(0);
        for (Candidate other : candidates) {
            if (!other.loss().name().equals(first.loss().name())) {
                throw new UsageException("models of different losses cannot be compared: " + first.model() + " has "
                        + first.loss().name() + ", " + other.model() + " has "
                        + other.loss().name());
            }
        }
        return first.loss().name();
    }

    /** All models, the best first; those of equal objective in the order in which they were named. */
    static List<Ranked> of(List<Candidate> candidates, AnchorObjective objective) {
        List<ParetoFront.Point> points = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Candidate candidate : candidates) {
            AnchorFacts facts = candidate.facts();
            points.add(new ParetoFront.Point(candidate.loss().value(), facts.anchors(), facts.nnz()));
            least = Math.min(least, terms(candidate, objective).value());
        }
        boolean[] front = ParetoFront.members(points);
        List<Ranked> ranking = new ArrayList<>();
        for (int i = 0; i < front.length; i++) {
            AnchorObjective.Terms terms = terms(candidates.get(i), objective);
            ranking.add(new Ranked(candidates.get(i), terms, terms.value() == least, front[i]));
        }
        ranking.sort(Comparator.comparingDouble(ranked -> ranked.terms().value()));
        return ranking;
    }

    private static AnchorObjective.Terms terms(Candidate candidate, AnchorObjective objective) {
        AnchorFacts facts = candidate.facts();
        return objective.terms(candidate.loss().value(), facts.nnz(), facts.anchors());
    }
}
