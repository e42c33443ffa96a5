package dev.longtail.body;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.kernel.Panel;
import dev.longtail.matrix.FixedFanIn;
import dev.longtail.parallel.Workers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeuronAblationTest {

    /** Weights of the active units by unit and input. */
    private static Map<Integer, Map<Integer, Float>> connections(FanInLayer layer) {
        Map<Integer, Map<Integer, Float>> all = new HashMap<>();
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn rows = layer.rows(shard);
            for (int row = 0; row < rows.labels(); row++) {
                Map<Integer, Float> own = new HashMap<>();
                for (int slot = 0; slot < rows.width(); slot++) {
                    Float before =
                            own.put(rows.inputOf(row, slot), rows.weights().at(row * rows.width() + slot));
                    assertThat(before).as("an input twice").isNull();
                }
                all.put(layer.active()[layer.firstActive(shard) + row], own);
            }
        }
        return all;
    }

    private static FanInLayer layer(float gamma, float[]... weights) {
        FanInLayer layer = new FanInLayer(weights.length, 6, weights[0].length, gamma);
        layer.initialise(1);
        for (int unit = 0; unit < weights.length; unit++) {
            for (int slot = 0; slot < weights[unit].length; slot++) {
                layer.rows(0).weights().set(unit * weights[unit].length + slot, weights[unit][slot]);
            }
        }
        return layer;
    }

    /** Five of eight weights are salient (0.7 * 8 = 5.6): 5, -4, 3, -2 and 1. */
    private static FanInLayer four(float gamma) {
        return layer(gamma, new float[] {5, -4}, new float[] {3, -2}, new float[] {0.1f, -0.2f}, new float[] {0.3f, 1});
    }

    @Test
    void unitsWithTooFewSalientWeightsLeaveTheirSlotsToTheOthers() {
        FanInLayer layer = four(0.6f);
        Map<Integer, Map<Integer, Float>> before = connections(layer);
        assertThat(new NeuronAblation(layer, 1, 1).apply()).isTrue();
        assertThat(layer.active()).containsExactly(0, 1);
        assertThat(layer.fanIn()).isEqualTo(4);
        connections(layer).forEach((unit, own) -> {
            assertThat(own).hasSize(4).containsAllEntriesOf(before.get(unit));
            assertThat(own.values().stream().filter(weight -> weight == 0)).hasSize(2);
        });
    }

    @Test
    void theShareDecidesWhoGoes() {
        FanInLayer layer = four(0.5f);
        assertThat(new NeuronAblation(layer, 1, 1).apply()).isTrue();
        assertThat(layer.active()).containsExactly(0, 1, 3);
        assertThat(layer.fanIn()).as("8 / 3, rounded down").isEqualTo(2);
        assertThat(new NeuronAblation(four(0), 1, 1).apply()).isFalse();
    }

    @Test
    void asManyUnitsStayAsItTakesToUseAllSlots() {
        // 4 units with 3 of 6 inputs: two units with all inputs take the 12 slots, so the best two stay
        FanInLayer layer =
                layer(1, new float[] {1, 0, 0}, new float[] {3, 4, 0}, new float[] {1, 0, 0}, new float[] {2, 1, 0});
        assertThat(new NeuronAblation(layer, 1, 1).apply()).isTrue();
        assertThat(layer.active()).containsExactly(1, 3);
        assertThat(layer.fanIn()).isEqualTo(6);
    }

    @Test
    void aLayerOfSeveralShardsKeepsItsSlotsAndItsAnswersAboveTheDead() {
        int units = 1000;
        FanInLayer layer = new FanInLayer(units, 60, 8, 0.5f);
        layer.initialise(7);
        assertThat(layer.shards().count()).isGreaterThan(2);
        Set<Integer> weak = new HashSet<>();
        for (int shard = 0; shard < layer.shards().count(); shard++) {
            FixedFanIn rows = layer.rows(shard);
            for (int row = 0; row < rows.labels(); row++) {
                int unit = layer.firstActive(shard) + row;
                layer.bias()[unit] = unit;
                if (unit % 10 < 3) {
                    weak.add(unit);
                    for (int slot = row * 8; slot < (row + 1) * 8; slot++) {
                        rows.weights().set(slot, 1e-9f * unit);
                    }
                }
            }
        }
        float[] answers = answers(layer);
        Map<Integer, Map<Integer, Float>> before = connections(layer);

        assertThat(new NeuronAblation(layer, 1, 1).apply()).isTrue();

        assertThat(layer.active()).hasSize(700).isSorted();
        assertThat(Arrays.stream(layer.active()).filter(weak::contains)).isEmpty();
        assertThat(layer.fanIn()).as("8,000 slots for 700 units").isEqualTo(11);
        connections(layer).forEach((unit, own) -> {
            assertThat(own).hasSize(11).containsAllEntriesOf(before.get(unit));
        });
        float[] now = answers(layer);
        for (int unit = 0; unit < units; unit++) {
            float expected = weak.contains(unit) ? 0 : answers[unit];
            assertThat(now[unit]).isEqualTo(expected);
        }
        layer.check();
        assertThat(layer.active()).hasSize(700);
    }

    /** z of one example; what new connections carry is 0, so it is the same to the last bit. */
    private static float[] answers(FanInLayer layer) {
        Panel x = Panel.of(layer.inputs());
        for (int i = 0; i < layer.inputs(); i++) {
            x.values()[x.at(i)] = (float) Math.sin(i);
        }
        Panel z = Panel.of(layer.outputs());
        Arrays.fill(z.values(), Float.NaN);
        try (Workers workers = new Workers(2)) {
            layer.forward(x, 1, z, workers);
        }
        return Arrays.copyOfRange(z.values(), z.offset(), z.at(layer.outputs()));
    }
}
