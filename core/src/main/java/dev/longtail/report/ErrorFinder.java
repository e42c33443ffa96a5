package dev.longtail.report;

import dev.longtail.config.Require;
import dev.longtail.data.Example;
import dev.longtail.metrics.Band;
import dev.longtail.metrics.LabelBands;
import dev.longtail.train.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Finds examples worth a look while a test set is ranked: those whose first suggestion is wrong with the highest
 * scores, and frequent labels that were missed most often. Keeps a few numbers per label, no texts.
 */
public final class ErrorFinder implements Evaluation.Listener {

    /** Examples that are kept for a missed label. */
    static final int EXAMPLES_A_LABEL = 2;

    private final int most;
    private final boolean[] head; // by label
    private final int[] frequencies;
    private final int[] misses; // by label
    private final int[] missedIn; // EXAMPLES_A_LABEL numbers of examples for each label
    private final PriorityQueue<Wrong> wrongs = new PriorityQueue<>(
            Comparator.comparing(Wrong::score).thenComparing(Wrong::example, Comparator.reverseOrder()));

    private record Wrong(int example, float score) {}

    /**
     * A frequent label that was not suggested where it is true.
     *
     * @param misses   how often, among all examples ranked
     * @param examples numbers of the first examples, ascending
     */
    record Missed(int label, int misses, List<Integer> examples) {}

    /**
     * @param trainFrequencies by label
     * @param most             examples with a wrong first suggestion to keep, and twice the missed labels; at least 2
     */
    public ErrorFinder(int[] trainFrequencies, int most) {
        Require.that(most >= 2, "most", "at least 2", most);
        this.most = most;
        frequencies = trainFrequencies.clone();
        misses = new int[frequencies.length];
        missedIn = new int[EXAMPLES_A_LABEL * frequencies.length];
        head = new boolean[frequencies.length];
        LabelBands bands = LabelBands.of(frequencies);
        for (int label = 0; label < head.length; label++) {
            head[label] = bands.of(frequencies[label]) == Band.HEAD;
        }
    }

    @Override
    public void ranked(int example, int[] labels, float[] scores, int count, Example truth) {
        if (truth.labelCount + truth.unknownLabels == 0) {
            return; // not measured, so nothing is known to be wrong
        }
        if (count > 0 && Arrays.binarySearch(truth.labels, 0, truth.labelCount, labels[0]) < 0) {
            wrongs.add(new Wrong(example, scores[0]));
            if (wrongs.size() > most) {
                wrongs.remove();
            }
        }
        for (int i = 0; i < truth.labelCount; i++) {
            int label = truth.labels[i];
            if (head[label] && !contains(labels, count, label)) {
                if (misses[label] < EXAMPLES_A_LABEL) {
                    missedIn[EXAMPLES_A_LABEL * label + misses[label]] = example;
                }
                misses[label]++;
            }
        }
    }

    private static boolean contains(int[] labels, int count, int label) {
        for (int i = 0; i < count; i++) {
            if (labels[i] == label) {
                return true;
            }
        }
        return false;
    }

    /** Numbers of the examples whose first suggestion is wrong, highest score first. */
    List<Integer> confidentlyWrong() {
        List<Wrong> sorted = new ArrayList<>(wrongs);
        sorted.sort(wrongs.comparator().reversed());
        return sorted.stream().map(Wrong::example).toList();
    }

    /** The frequent labels that were missed most often, these first. */
    List<Missed> missed() {
        return IntStream.range(0, misses.length)
                .filter(label -> misses[label] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(label -> -misses[label])
                        .thenComparingInt(label -> -frequencies[label])
                        .thenComparingInt(label -> label))
                .limit(most / 2)
                .map(label -> new Missed(label, misses[label], examples(label)))
                .toList();
    }

    private List<Integer> examples(int label) {
        int first = EXAMPLES_A_LABEL * label;
        return IntStream.range(first, first + Math.min(EXAMPLES_A_LABEL, misses[label]))
                .mapToObj(i -> missedIn[i])
                .toList();
    }
}
