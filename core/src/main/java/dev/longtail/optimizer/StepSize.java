package dev.longtail.optimizer;

/**
 * Where in a run an update stands.
 *
 * @param step number of the step, from 1
 * @param factor what the schedule multiplies learning rates with, in [0, 1]
 */
public record StepSize(long step, float factor) {}
