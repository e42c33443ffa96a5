package dev.longtail.plan;

import dev.longtail.direct.DirectConfig;
import dev.longtail.model.ModelConfig;
import dev.longtail.output.OutputConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.train.LabelConfig;

/**
 * What a checkpoint of a run takes, from shapes alone: live arrays are written as they are, by way of one buffer, and
 * only those of tables of anchors are copied before, when they are no longer trained.
 *
 * @param epochs most that the file of a checkpoint between two epochs has, the best parameters included
 * @param direct most that the file of a checkpoint between labels of the direct arm has
 * @param copies of numbers that are in memory while the latter is written
 */
record CheckpointBytes(long epochs, long direct, long copies) {

    /** The buffer by way of which a file is written. */
    static final long BUFFER = 1L << 20;

    /** Checkpoints that there are while one is written: it and the two before. */
    static final int MOST = 3;

    /** A weight of the direct arm and its column. */
    private static final int CONNECTION = Byte.BYTES + Integer.BYTES;

    /** Length, scale and bias of a label in the direct arm. */
    private static final int LABEL = Integer.BYTES + 2 * Float.BYTES;

    static CheckpointBytes of(LabelConfig config, DataShape data, ArmShape arms) {
        int labels = data.labels().count();
        ModelConfig model = config.model().forLabels(labels);
        ParameterBytes parameters =
                ParameterBytes.of(config, data.read(model.table().ngrams()), labels);
        boolean direct = config.train().direct().isOn();
        long lists = direct && !config.train().association().isOn()
                ? candidateLists(config.train().direct(), data)
                : 0;
        long learned = parameters.total() - parameters.state();
        long best = data.validation() > 0 ? learned : 0;
        int share = model.isStoredInBytes() ? 4 : 1;
        long table = model.table().kind() == TableConfig.Kind.ANCHORS ? parameters.table() / share : 0;
        long output = model.output().kind() == OutputConfig.Kind.ANCHORS ? parameters.output() / share : 0;
        return new CheckpointBytes(
                model.embedding() ? parameters.total() + best + lists : 0,
                direct ? learned / share + lists + CONNECTION * arms.weights() + (long) LABEL * labels : 0,
                model.embedding() && direct ? table + output : 0);
    }

    /** Likely labels of each example. */
    static long candidateLists(DirectConfig direct, DataShape data) {
        int labels = data.labels().count();
        int number = labels <= Character.MAX_VALUE ? Character.BYTES : Integer.BYTES;
        return data.examples() * (long) Math.min(direct.candidates(), labels) * number;
    }

    /** Most that checkpoints take on disk at a time. */
    long onDisk() {
        return MOST * Math.max(epochs, direct);
    }
}
