package dev.longtail.synthetic;

import dev.longtail.config.Require;
import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Made-up examples. Each is a function of the configuration, the part and its number, made when it is read: any number
 * of examples takes no memory. Features have weights like normalised tf-idf. Frozen: any thread may use it.
 */
public final class SyntheticExamples implements Examples {

    private static final int LABEL_WORDS = 8;
    private static final int TOPIC_WORDS = 16;
    private static final double TOPIC_SHARE = 0.4;
    private static final double BACKGROUND_EXPONENT = 1;

    /** Disjoint sets of examples. */
    public enum Part {
        /** To learn from. */
        TRAIN,
        /** To choose by. */
        VALIDATION,
        /** To report. */
        TEST
    }

    private final SyntheticConfig config;
    private final Part part;
    private final int size;
    private final Zipf labelRanks;
    private final Zipf background;
    private final Scattering labelOfRank;

    SyntheticExamples(SyntheticConfig config, Part part, int size) {
        Require.that(size >= 0, "examples", "at least 0", size);
        this.config = config;
        this.part = part;
        this.size = size;
        this.labelRanks = new Zipf(config.labels(), config.exponent());
        this.background = new Zipf(config.features(), BACKGROUND_EXPONENT);
        this.labelOfRank = new Scattering(config.labels(), RandomStream.key(config.seed(), 0, 1));
    }

    @Override
    public int size() {
        return size;
    }

    /** Number of examples that carry each label, counted in a pass over all examples: int[labels]. */
    public int[] labelFrequencies() {
        int[] frequencies = new int[config.labels()];
        Example example = new Example();
        for (int number = 0; number < size; number++) {
            drawLabels(random(number), example);
            for (int i = 0; i < example.labelCount; i++) {
                frequencies[example.labels[i]]++;
            }
        }
        return frequencies;
    }

    @Override
    public void read(int example, Example into) {
        SplittableRandom random = random(example);
        drawLabels(random, into);
        drawFeatures(random, into);
        Arrays.sort(into.labels, 0, into.labelCount);
    }

    private SplittableRandom random(int example) {
        return RandomStream.of(config.seed(), 1 + part.ordinal(), example);
    }

    // -- Labels: the first by Zipf's law, the others of its topic by the same law, without repetition.

    private void drawLabels(SplittableRandom random, Example into) {
        int first = labelOfRank.to(labelRanks.draw(random) - 1);
        int topicStart = first / config.clusterSize() * config.clusterSize();
        int topicSize = Math.min(config.clusterSize(), config.labels() - topicStart);
        int count = Math.min(topicSize, 1 + further(random));
        into.ensureLabels(count);
        into.unknownLabels = 0;
        into.labels[0] = first;
        into.labelCount = 1;
        while (into.labelCount < count) {
            into.labels[into.labelCount] = drawOther(topicStart, topicSize, random, into);
            into.labelCount++;
        }
    }

    /** Number of further labels, geometric with mean labelsAnExample - 1. */
    private int further(SplittableRandom random) {
        double more = 1 - 1 / (double) config.labelsAnExample();
        return more <= 0 ? 0 : (int) Math.min(1 << 20, Math.log(1 - random.nextDouble()) / Math.log(more));
    }

    /** A label of the topic that the example does not carry yet, by rejection under the most frequent of those. */
    private int drawOther(int topicStart, int topicSize, SplittableRandom random, Example example) {
        int lowest = Integer.MAX_VALUE;
        for (int label = topicStart; label < topicStart + topicSize; label++) {
            lowest = carries(example, label) ? lowest : Math.min(lowest, rank(label));
        }
        double most = labelRanks.density(lowest);
        while (true) {
            int label = topicStart + random.nextInt(topicSize);
            if (random.nextDouble() * most < labelRanks.density(rank(label)) && !carries(example, label)) {
                return label;
            }
        }
    }

    /** Rank of a label among all, from 1. */
    private int rank(int label) {
        return 1 + labelOfRank.from(label);
    }

    private static boolean carries(Example example, int label) {
        for (int i = 0; i < example.labelCount; i++) {
            if (example.labels[i] == label) {
                return true;
            }
        }
        return false;
    }

    // -- Features.

    private void drawFeatures(SplittableRandom random, Example into) {
        int mean = config.wordsAnExample();
        int words = random.nextInt((mean + 1) / 2, mean + mean / 2 + 1);
        into.ensureFeatures(words);
        for (int word = 0; word < words; word++) {
            into.features[word] = drawWord(random, into);
        }
        Arrays.sort(into.features, 0, words);
        weigh(words, into);
    }

    private int drawWord(SplittableRandom random, Example example) {
        if (random.nextDouble() < config.noise()) {
            return background.draw(random) - 1;
        }
        if (random.nextDouble() < TOPIC_SHARE) {
            int topic = example.labels[0] / config.clusterSize();
            return word(3, topic, random.nextInt(TOPIC_WORDS));
        }
        int label = example.labels[random.nextInt(example.labelCount)];
        return word(4, label, random.nextInt(LABEL_WORDS));
    }

    /** One of the words of a label or topic; others have it among theirs, too. */
    private int word(int kind, int owner, int number) {
        long hash = RandomStream.key(config.seed() + kind, owner, number);
        return (int) Long.remainderUnsigned(hash, config.features());
    }

    /**
     * Replaces the sorted words by distinct features with weights (1 + ln tf) idf, divided by their Euclidean length.
     * By Zipf's law with exponent 1 a background word of rank r is in a share of examples proportional to 1 / r, so its
     * idf is ln r and a constant.
     */
    private static void weigh(int words, Example into) {
        int count = 0;
        double squares = 0;
        for (int from = 0, to = 0; from < words; from = to) {
            int feature = into.features[from];
            while (to < words && into.features[to] == feature) {
                to++;
            }
            double weight = (1 + Math.log(to - from)) * (1 + Math.log(1.0 + feature));
            squares += weight * weight;
            into.features[count] = feature;
            into.weights[count++] = (float) weight;
        }
        into.featureCount = count;
        for (int i = 0; i < count; i++) {
            into.weights[i] = (float) (into.weights[i] / Math.sqrt(squares));
        }
    }
}
