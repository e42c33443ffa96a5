package dev.longtail.plan;

import dev.longtail.train.LabelConfig;
import dev.longtail.train.TrainConfig;
import java.util.EnumMap;
import java.util.Map;

/** The time of a run from what small parts of it took; for settings near those that were tried. */
final class TimeModel {

    /** A Java machine starts, and compiles what runs often, beside what the probes have let it compile. */
    private static final Cost START = new Cost(4, 1.5);

    /** Labels that have learned something cost more than those of the first steps. */
    private static final double LEARNED = 1.1;

    /** Share of a step for the input table, the rest is for the output layer. */
    private static final double TABLE_SHARE = 0.4;

    private static final int EPOCH_EXAMPLES = 10_000;
    private static final int MIXED_EXAMPLES = 20_000;

    /** Bytes of a model that are summed and written in a second. */
    private static final double WRITTEN = 150e6;

    private final Probed probed;
    private final DataShape data;
    private final ArmShape arms;
    private final LabelConfig config;

    /**
     * Times of a run.
     *
     * @param data as they are with these settings
     * @param arms as they are with these settings
     */
    TimeModel(Probed probed, LabelConfig config, DataShape data, ArmShape arms) {
        this.probed = probed;
        this.config = config;
        this.data = data;
        this.arms = arms;
    }

    TimePlan plan(long modelBytes) {
        Map<Phase, Cost> phases = new EnumMap<>(Phase.class);
        TrainConfig train = config.train();
        double entries = (double) data.entries() / probed.data().shape().entries();
        phases.put(Phase.START, START);
        phases.put(Phase.READING, probed.reading());
        if (train.association().isOn()) {
            double postings =
                    arms.postings() / (double) Math.max(1, probed.arms().shape().postings());
            phases.put(Phase.COUNTING, probed.arms().counting().times(entries));
            phases.put(Phase.CANDIDATES, probed.arms().candidates().times(Math.sqrt(postings) * entries));
        }
        if (config.model().embedding()) {
            phases.put(Phase.EMBEDDING, embedding());
        }
        if (train.direct().isOn()) {
            TrainConfig tried = probed.config().train();
            double candidates =
                    (double) train.direct().candidates() / tried.direct().candidates();
            double sweeps = (double) train.direct().sweeps() / tried.direct().sweeps();
            phases.put(Phase.DIRECT, probed.arms().direct().times(entries * candidates * sweeps));
        }
        if (data.validation() > 0) {
            phases.put(Phase.CALIBRATION, probed.steps().look().times(calibrated()));
        }
        phases.put(Phase.WRITING, writing(modelBytes));
        return new TimePlan(phases);
    }

    /** Writing a model of so many bytes. */
    static Cost writing(long modelBytes) {
        return new Cost(1, 1).times(modelBytes / WRITTEN);
    }

    private boolean changes() {
        return config.model().isStoredInBytes() || config.train().direct().isOn();
    }

    private Cost embedding() {
        TrainConfig train = config.train();
        long steps = (data.examples() + train.batch() - 1L) / train.batch();
        int looked = changes() ? Math.min(EPOCH_EXAMPLES, data.validation()) : data.validation();
        Cost epoch = probed.steps().step().times(LEARNED * steps * step());
        return epoch.plus(probed.steps().look().times(looked)).times(train.maxEpochs());
    }

    /** What a step costs in steps of the settings that were tried. */
    private double step() {
        LabelConfig tried = probed.config();
        double table =
                ratio(config.model().table().dimension(), tried.model().table().dimension());
        double rows = config.train().negatives() > 0 && tried.train().negatives() > 0
                ? ratio(config.train().negatives(), tried.train().negatives())
                : 1;
        double output = rows
                * ratio(config.model().output().fanIn(), tried.model().output().fanIn());
        double batch = ratio(config.train().batch(), tried.train().batch());
        return batch * (TABLE_SHARE * table + (1 - TABLE_SHARE) * output);
    }

    private static double ratio(int now, int before) {
        return (double) now / Math.max(1, before);
    }

    /** Looks at examples of the validation part behind the last epoch. */
    private double calibrated() {
        int mixed = config.train().direct().isOn() ? Math.min(MIXED_EXAMPLES, data.validation()) : 0;
        int measured = changes() ? data.validation() : 0;
        return mixed + measured + (double) Math.min(config.train().calibration().examples(), data.validation());
    }
}
