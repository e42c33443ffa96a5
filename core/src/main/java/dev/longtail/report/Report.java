package dev.longtail.report;

import dev.longtail.metrics.Bootstrap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a page tells.
 *
 * @param model      result of the model the page is about
 * @param errors     examples that it got wrong
 * @param comparison with another model, where there is one
 * @param bootstrap  behind all intervals and tests
 * @param cost       what measuring took, as a sentence; the only part that differs between equal runs
 */
public record Report(
        ModelResult model, List<ErrorGroup> errors, Optional<Comparison> comparison, Bootstrap bootstrap, String cost) {

    public Report {
        errors = List.copyOf(errors);
    }

    /** The result of the model, and that of the other where there is one. */
    List<ModelResult> results() {
        return Stream.concat(Stream.of(model), comparison.map(Comparison::other).stream())
                .toList();
    }
}
