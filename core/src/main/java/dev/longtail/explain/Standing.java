package dev.longtail.explain;

import java.util.OptionalDouble;

/**
 * Where a label stands among the others for an example.
 *
 * @param suggested whether it is among the labels that are suggested
 * @param candidate whether it is one of those that all arms score
 * @param rank its place among the labels that the model ranks, from 1; 0 when it is not ranked
 * @param candidates number of candidates of the example
 * @param finder arm that finds the candidates
 * @param found score of the label by that arm alone
 * @param leastFound score by that arm of the last candidate; absent where all labels are candidates, or none
 * @param lastScore score of the last suggested label; absent when none is suggested
 */
public record Standing(
        boolean suggested,
        boolean candidate,
        int rank,
        int candidates,
        Arm finder,
        double found,
        OptionalDouble leastFound,
        OptionalDouble lastScore) {}
