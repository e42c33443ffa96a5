package dev.longtail.server.serving;

import java.time.Instant;

/**
 * What there is to know about a model that is served.
 *
 * @param generation how often its name was loaded, from 1
 * @param labels that it knows
 * @param trainExamples that it learned from
 * @param calibrated whether its probabilities are
 * @param bytes size of its folder
 * @param created when it was written, in ISO 8601, empty when its folder does not say
 * @param loaded when it was read
 * @param loadSeconds that reading took
 */
public record ModelFacts(
        String name,
        int generation,
        int labels,
        int trainExamples,
        boolean calibrated,
        long bytes,
        String created,
        Instant loaded,
        double loadSeconds) {}
