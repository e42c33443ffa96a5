package dev.longtail.bench.ablation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files of a data set.
 *
 * @param name     for results
 * @param train    examples to learn from
 * @param validate examples to choose by
 * @param test     examples to report
 * @param labels   names of labels, null for none
 */
public record DataSet(
        String name,
        Path train,
        Path validate,
        Path test,
        @Nullable Path labels) {}
