/** Benchmarks; each class asks one question, checks its own answer, and its results lie in {@code bench/results}. */
@NullMarked
package dev.longtail.bench;

import org.jspecify.annotations.NullMarked;
