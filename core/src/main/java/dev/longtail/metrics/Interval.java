package dev.longtail.metrics;

/** A confidence interval. */
public record Interval(double low, double high) {}
