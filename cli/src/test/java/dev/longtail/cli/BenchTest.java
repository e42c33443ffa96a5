package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class BenchTest {

    private static Ran bench(int steps, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "bench", "--labels", "600", "--fan-in", "8", "--inputs", "32", "--features", "500", "--batch", "16"));
        arguments.addAll(List.of("--steps", "" + steps));
        arguments.addAll(List.of(more));
        return Ran.of(arguments.toArray(String[]::new));
    }

    @Test
    void tellsWhatARunTookAsJson() {
        Ran ran = bench(10, "--json", "--optimizer", "adamw", "--threads", "2");
        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode json = ran.json();
        assertThat(json.get("labels").asInt()).isEqualTo(600);
        assertThat(json.get("optimizer").asString()).isEqualTo("adamw");
        assertThat(json.get("threads").asInt()).isEqualTo(2);
        // 600 x 8 weights and 600 biases, 500 x 32 of the table
        assertThat(json.get("parameters").asLong()).isEqualTo(600 * 8 + 600 + 500 * 32);
        // 4 bytes a weight, 2 an index, 8 of state; 4 a bias
        assertThat(json.get("layerBytes").asLong()).isEqualTo(600 * 8 * 14 + 600 * 4);
        double seconds = json.get("secondsPerStep").asDouble();
        assertThat(seconds).isPositive();
        assertThat(json.get("scored").asDouble()).isEqualTo(1);
        double passes = 1 + 2 * json.get("updated").asDouble();
        assertThat(passes).isBetween(1.0, 3.0);
        assertThat(json.get("gfma").asDouble() * seconds * 1e9 / (passes * 600 * 8 * 16))
                .isBetween(0.999, 1.001);
        assertThat(json.get("firstLoss").asDouble()).isPositive().isFinite();
        assertThat(json.get("lastLoss").asDouble()).isPositive().isFinite();
        assertThat(json.get("heapUsedBytes").asLong())
                .isGreaterThan(json.get("layerBytes").asLong());
        assertThat(json.propertyNames())
                .contains("inputs", "fanIn", "batch", "steps", "cpuSecondsPerStep", "peakRssBytes", "kernels", "java");
        assertThat(ran.err()).contains("building a model of 600 labels with fan-in 8");
    }

    @Test
    void theRunIsRealTrainingAndRepeats() {
        JsonNode one =
                bench(200, "--json", "--learning-rate", "3", "--threads", "2").json();
        JsonNode again =
                bench(200, "--json", "--learning-rate", "3", "--threads", "1").json();
        assertThat(again.get("lastLoss").asDouble())
                .isEqualTo(one.get("lastLoss").asDouble());
        assertThat(one.get("lastLoss").asDouble())
                .isLessThan(0.9 * one.get("firstLoss").asDouble());
        JsonNode other = bench(2, "--json", "--seed", "2").json();
        assertThat(other.get("firstLoss").asDouble())
                .isNotEqualTo(one.get("firstLoss").asDouble());
    }

    @Test
    void halvedWeightsTakeHalfTheRoom() {
        JsonNode json = bench(3, "--json", "--weights", "bfloat16", "--loss", "logistic")
                .json();
        assertThat(json.get("layerBytes").asLong()).isEqualTo(600 * 8 * 4 + 600 * 4);
        assertThat(json.get("loss").asString()).isEqualTo("logistic");
    }

    @Test
    void tellsWhatARunTookToPeople() {
        Ran ran = bench(3);
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("parameters", "21,400", "a step", "GFMA/s", "output layer and state");
    }
}
