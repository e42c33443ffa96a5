package dev.longtail.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.topology.DensityConfig.Distribution;
import dev.longtail.topology.DensityConfig.LayerSize;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DensityConfigTest {

    private static int[] fanIns(double density, Distribution distribution, LayerSize... layers) {
        return new DensityConfig(density, distribution).fanIns(List.of(layers));
    }

    @Test
    void uniformIsTheSameShareOfTheInputsOfEveryLayer() {
        assertThat(fanIns(0.25, Distribution.UNIFORM, new LayerSize(512, 4096), new LayerSize(4096, 10_000)))
                .containsExactly(128, 1024);
        assertThat(fanIns(0.29, Distribution.UNIFORM, new LayerSize(100, 7)))
                .as("0.29 * 100 is 28.999... in binary")
                .containsExactly(29);
        assertThat(fanIns(1, Distribution.UNIFORM, new LayerSize(30, 7), new LayerSize(7, 9)))
                .containsExactly(30, 7);
    }

    @Test
    void erkGivesSmallLayersMore() {
        // budget 0.1 (10 * 10 + 100 * 100) = 1010; e = 1010 / (20 + 200) = 4.5909; e * 20 / 10 = e * 200 / 100 = 9.18;
        // 9 and 9 are 990 connections; of the 20 left, 10 make the first layer's 9 a 10, the second would need 100
        assertThat(fanIns(0.1, Distribution.ERK, new LayerSize(10, 10), new LayerSize(100, 100)))
                .containsExactly(10, 9);
        // budget 0.01 (512 * 4096 + 4096 * 25000) = 1,044,971.52; e = 1,044,971.52 / 33,704 = 31.0044;
        // e * 4608 / 4096 = 34.88 and e * 29,096 / 25,000 = 36.08; 34 and 36 leave 5,707 connections, enough for 4,096
        assertThat(fanIns(0.01, Distribution.ERK, new LayerSize(512, 4096), new LayerSize(4096, 25_000)))
                .containsExactly(35, 36);
    }

    @Test
    void aLayerThatWouldNeedMoreThanAllItsInputsIsDenseAndTheOthersShareTheRest() {
        // budget 0.5 (2 * 1000 + 1000 * 10) = 6000; e = 6000 / 2012 would connect each of the 1000 units to 2.99 of 2
        // inputs; 4000 are left for the second layer's 10 units
        assertThat(fanIns(0.5, Distribution.ERK, new LayerSize(2, 1000), new LayerSize(1000, 10)))
                .containsExactly(2, 400);
    }

    @Test
    void everyUnitHasAConnection() {
        for (Distribution distribution : Distribution.values()) {
            assertThat(fanIns(1e-9, distribution, new LayerSize(50, 400), new LayerSize(400, 1000)))
                    .containsExactly(1, 1);
        }
    }

    @Test
    void theBudgetIsKeptUpToAConnectionOfEveryUnit() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            List<LayerSize> layers = new ArrayList<>();
            double dense = 0;
            double units = 0;
            for (int layer = 0; layer < 1 + i % 4; layer++) {
                LayerSize size = new LayerSize(random.nextInt(20, 2000), random.nextInt(1, 50_000));
                layers.add(size);
                dense += (double) size.inputs() * size.outputs();
                units += size.outputs();
            }
            double density = random.nextDouble(0.15, 1);
            for (Distribution distribution : Distribution.values()) {
                int[] fanIns = new DensityConfig(density, distribution).fanIns(layers);
                double used = 0;
                for (int layer = 0; layer < fanIns.length; layer++) {
                    assertThat(fanIns[layer]).isBetween(1, layers.get(layer).inputs());
                    used += (double) fanIns[layer] * layers.get(layer).outputs();
                }
                assertThat(used).isBetween(density * dense - units, density * dense * (1 + 1e-6));
            }
        }
    }

    @Test
    void aDensityIsAShare() {
        assertThatThrownBy(() -> new DensityConfig(1.5, Distribution.ERK))
                .hasMessage("density must be in [0, 1], got 1.5");
    }
}
