package dev.longtail.metrics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The definitions once more, with sets and streams in double precision and without a thought for speed. */
record NaiveMetrics(int[] frequencies, int trainExamples, double a, double b, List<Case> cases) {

    record Case(int[] predicted, int[] truth, int unknown) {
        Set<Integer> truthSet() {
            return Arrays.stream(truth).boxed().collect(Collectors.toSet());
        }

        List<Integer> top(int k) {
            return Arrays.stream(predicted).limit(k).boxed().toList();
        }

        Set<Integer> hits(int k) {
            Set<Integer> hits = new HashSet<>(top(k));
            hits.retainAll(truthSet());
            return hits;
        }
    }

    double precision(int k) {
        return mean(c -> c.hits(k).size() / (double) k);
    }

    double recall(int k) {
        return mean(c -> c.hits(k).size() / (double) (c.truth.length + c.unknown));
    }

    double ndcg(int k) {
        return mean(c -> {
            double gain = 0;
            for (int rank = 1; rank <= c.top(k).size(); rank++) {
                gain += c.truthSet().contains(c.predicted[rank - 1]) ? discount(rank) : 0;
            }
            double ideal = 0;
            for (int rank = 1; rank <= Math.min(k, c.truth.length + c.unknown); rank++) {
                ideal += discount(rank);
            }
            return gain / ideal;
        });
    }

    double propensityScored(int k) {
        return mean(c -> c.hits(k).stream().mapToDouble(this::inverse).sum() / k);
    }

    double normalisedPropensityScored(int k) {
        double oracle = mean(c -> {
            double[] worth =
                    Arrays.stream(c.truth).mapToDouble(this::inverse).sorted().toArray();
            return DoubleStream.of(worth).skip(Math.max(0, worth.length - k)).sum() / k;
        });
        return propensityScored(k) / oracle;
    }

    double macroF1(int k) {
        double sum = 0;
        for (int label = 0; label < frequencies.length; label++) {
            int truePositives = 0;
            int falsePositives = 0;
            int falseNegatives = 0;
            for (Case c : cases) {
                boolean predicted = c.top(k).contains(label);
                boolean truth = c.truthSet().contains(label);
                truePositives += predicted && truth ? 1 : 0;
                falsePositives += predicted && !truth ? 1 : 0;
                falseNegatives += !predicted && truth ? 1 : 0;
            }
            if (truePositives > 0) {
                double precision = truePositives / (double) (truePositives + falsePositives);
                double recall = truePositives / (double) (truePositives + falseNegatives);
                sum += 2 * precision * recall / (precision + recall);
            }
        }
        return sum / frequencies.length;
    }

    double coverage(int k) {
        Set<Integer> present = new HashSet<>();
        Set<Integer> covered = new HashSet<>();
        for (Case c : cases) {
            present.addAll(c.truthSet());
            covered.addAll(c.hits(k));
        }
        return covered.size() / (double) present.size();
    }

    double bandPrecision(int k, Set<Integer> band) {
        return mean(c -> c.hits(k).stream().filter(band::contains).count() / (double) k);
    }

    double bandRecall(int k, Set<Integer> band) {
        return cases.stream()
                .filter(c -> c.truthSet().stream().anyMatch(band::contains))
                .mapToDouble(c -> c.hits(k).stream().filter(band::contains).count()
                        / (double) c.truthSet().stream().filter(band::contains).count())
                .average()
                .orElse(Double.NaN);
    }

    private double mean(ToDoubleFunction<Case> value) {
        return cases.stream().mapToDouble(value).average().orElseThrow();
    }

    private double inverse(int label) {
        double c = (Math.log(trainExamples) - 1) * Math.pow(b + 1, a);
        return 1 + c * Math.pow(frequencies[label] + b, -a);
    }

    private static double discount(int rank) {
        return 1 / (Math.log(rank + 1) / Math.log(2));
    }
}
