package dev.longtail.bench.ablation;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A mean over runs with different seeds.
 *
 * @param deviation sample standard deviation, 0 for a single run
 */
record Spread(double mean, double deviation) {

    static Spread of(List<Result> results, ToDoubleFunction<Result> value) {
        double mean = results.stream().mapToDouble(value).average().orElse(Double.NaN);
        double squares = results.stream()
                .mapToDouble(result -> Math.pow(value.applyAsDouble(result) - mean, 2))
                .sum();
        return new Spread(mean, results.size() > 1 ? Math.sqrt(squares / (results.size() - 1)) : 0);
    }
}
