package dev.longtail.plan;

import dev.longtail.train.LabelConfig;

/**
 * What small parts of a run with some settings took.
 *
 * @param config the settings
 * @param data as they are with these settings
 * @param reading of all files
 * @param arms association arm and direct arm
 * @param steps of the embedding arm
 */
record Probed(LabelConfig config, PlanData data, Cost reading, ArmProbe.Result arms, StepProbe.Result steps) {}
