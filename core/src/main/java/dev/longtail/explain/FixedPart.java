package dev.longtail.explain;

/**
 * A part of a score that belongs to no word.
 *
 * @param name what it is
 * @param value part of the score
 */
public record FixedPart(String name, double value) {}
