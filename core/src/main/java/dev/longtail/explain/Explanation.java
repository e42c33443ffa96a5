package dev.longtail.explain;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The score of a label for one example, taken apart. The parts add up to the score but for the rounding of the 32-bit
 * sums that the model takes.
 *
 * @param label number of the label
 * @param id of the label
 * @param name of the label, empty when it has none
 * @param score the model's own; for a label that is no candidate, what it would be if it were one
 * @param probability that the label is right; absent for a label that is not ranked
 * @param standing where the label stands among the others
 * @param words what each word contributes, that of the largest part, for or against the label, first
 * @param fixed parts that belong to no word; those that are 0 left out
 * @param missing words that would have spoken for a label that is not suggested, by arm, the largest gain first
 */
public record Explanation(
        int label,
        String id,
        String name,
        double score,
        OptionalDouble probability,
        Standing standing,
        List<WordPart> words,
        List<FixedPart> fixed,
        List<MissingWord> missing) {

    public Explanation {
        words = List.copyOf(words);
        fixed = List.copyOf(fixed);
        missing = List.copyOf(missing);
    }

    /** All parts, those of words first. */
    public DoubleStream parts() {
        return Stream.concat(words.stream().map(WordPart::value), fixed.stream().map(FixedPart::value))
                .mapToDouble(Double::doubleValue);
    }

    /** The sum of all parts: the score, but for rounding. */
    public double sum() {
        return parts().sum();
    }

    /** What the words behind the first {@code most} add. */
    public double others(int most) {
        return words.stream().skip(most).mapToDouble(WordPart::value).sum();
    }

    /** What all parts weigh whatever they speak for: the sum of their absolute values, of which shares are taken. */
    public double magnitude() {
        return parts().map(Math::abs).sum();
    }

    /** The share of a part in all that speaks for or against the label, in [-1, 1]; negative when it speaks against. */
    public double share(double part) {
        double all = magnitude();
        return all == 0 ? 0 : part / all;
    }
}
