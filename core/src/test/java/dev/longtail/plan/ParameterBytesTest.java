package dev.longtail.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.config.Settings;
import dev.longtail.data.LabelSet;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.LabelModel;
import dev.longtail.train.LabelConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParameterBytesTest {

    private static final int FEATURES = 300;
    private static final int LABELS = 700;

    private static LabelConfig config(String changes) {
        Map<String, String> values = new LinkedHashMap<>(Map.of("dimension", "48", "fanIn", "12"));
        for (String change : changes.isEmpty() ? new String[0] : changes.split(",")) {
            String[] parts = change.split("=");
            values.put(parts[0], parts[1]);
        }
        return Settings.override(LabelConfig.embedding(64, 16), values);
    }

    private static long bytes(List<Tensor> tensors) {
        long bytes = 0;
        for (Tensor tensor : tensors) {
            for (Object page : TensorPages.of(tensor)) {
                bytes += (long) TensorPages.length(page) * TensorPages.numberBytes(tensor);
            }
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "table.kind=hashed,buckets=100",
                "output.kind=dense",
                "output.kind=bottleneck,rank=8",
                "output.weights=bfloat16",
                "group=16,output.order=random-clusters",
                "body.intermediate=96",
                "body.intermediate=96,intermediateFanIn=8",
            })
    void parametersAreWhatTheArraysOfAModelTake(String changes) {
        LabelConfig config = config(changes);
        LabelModel model = new LabelModel(
                config.model(), new NumericFeatureSpace(FEATURES, false), LabelSet.numbered(new int[LABELS]), 1);
        ParameterBytes bytes = ParameterBytes.of(config, FEATURES, LABELS);
        long parameters = bytes.table() + bytes.body() + bytes.output();
        long order = config.model().output().isOrdered() ? 4L * LABELS : 0;
        assertThat(parameters)
                .isBetween(
                        (long) (0.97 * (bytes(model.tensors()) - order)), (long) (1.03 * bytes(model.tensors())) + 64);
        assertThat(bytes.total() - bytes.state()).isEqualTo(parameters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "adagrad", "momentum", "sgd", "row-adagrad"})
    void optimiserStateIsOfEachWeightAsTheRuleKeepsIt(String kind) {
        ParameterBytes bytes = ParameterBytes.of(
                config("output.kind=dense,train.outputOptimizer.kind=" + kind + ",train.tableOptimizer.kind=sgd,"
                        + "train.bodyOptimizer.kind=sgd"),
                FEATURES,
                LABELS);
        long weights = LABELS * 48L;
        long expected = switch (kind) {
            case "adamw" -> 8 * weights;
            case "adagrad", "momentum" -> 4 * weights;
            case "row-adagrad" -> 4L * LABELS;
            default -> 0;
        };
        assertThat(bytes.state()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train.frozen=encoder", "train.frozen=table"})
    void whatIsFrozenHasNoState(String frozen) {
        String adam = ",train.tableOptimizer.kind=adamw,train.outputOptimizer.kind=sgd,train.bodyOptimizer.kind=sgd";
        assertThat(ParameterBytes.of(config(frozen + adam), FEATURES, LABELS).state())
                .isZero();
        assertThat(ParameterBytes.of(config("train.frozen=none" + adam), FEATURES, LABELS)
                        .state())
                .isEqualTo(8L * FEATURES * 48);
    }
}
