package dev.longtail.topology;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One density for all sparse layers of a model, shared out among them.
 *
 * @param density connections over those of dense layers of the same sizes, in [0, 1]; 0 leaves fan-ins as they are
 * @param distribution how layers share it
 */
public record DensityConfig(
        @Setting("connections of all sparse layers together over those of dense ones, in [0, 1]; 0 takes fanIn and"
                + " intermediateFanIn as they are, otherwise both are computed")
        double density,

        @Setting("how sparse layers share the density: uniform, the same for all, or erk, more for small layers")
        Distribution distribution) {

    /** Fan-ins as they are given. */
    public static final DensityConfig NONE = new DensityConfig(0, Distribution.UNIFORM);

    /** Guards against 0.29 * 100 being 28.999...; far below the share of one connection. */
    private static final double ROUNDING = 1e-9;

    /** Ways to share a density among layers. */
    public enum Distribution {
        /** Every layer has the same density. */
        UNIFORM,
        /**
         * Erdos-Renyi-Kernel (SET: Mocanu et al. 2018; RigL: Evci et al., ICML 2020): the density of a layer is in
         * proportion to (inputs + outputs) / (inputs * outputs), at most 1.
         */
        ERK
    }

    /** A layer's numbers of inputs and outputs. */
    public record LayerSize(int inputs, int outputs) {

        private double connections() {
            return (double) inputs * outputs;
        }
    }

    public DensityConfig {
        Require.that(density >= 0 && density <= 1, "density", "in [0, 1]", density);
    }

    /** Whether fan-ins follow from the density. */
    public boolean isGiven() {
        return density > 0;
    }

    /**
     * Fan-in of the units of each layer, in [1, inputs]. The number of connections stays within the budget, density *
     * sum of inputs * outputs, unless a layer needs more to have one connection a unit; what rounding down leaves goes
     * to the layers that lost most by it, as far as it reaches for all their units.
     */
    public int[] fanIns(List<LayerSize> layers) {
        double[] exact = distribution == Distribution.UNIFORM
                ? layers.stream().mapToDouble(layer -> density * layer.inputs).toArray()
                : kernel(layers);
        int[] fanIns = new int[exact.length];
        double left = budget(layers);
        for (int i = 0; i < fanIns.length; i++) {
            fanIns[i] = (int) Math.max(1, Math.min(layers.get(i).inputs, Math.floor(exact[i] + ROUNDING)));
            left -= (double) fanIns[i] * layers.get(i).outputs;
        }
        int[] byLoss = IntStream.range(0, fanIns.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> fanIns[i] - exact[i])
                        .thenComparing(i -> i))
                .mapToInt(i -> i)
                .toArray();
        for (int i : byLoss) {
            if (exact[i] > fanIns[i] + ROUNDING && layers.get(i).outputs <= left * (1 + ROUNDING)) {
                fanIns[i]++;
                left -= layers.get(i).outputs;
            }
        }
        return fanIns;
    }

    private double budget(List<LayerSize> layers) {
        return density * layers.stream().mapToDouble(LayerSize::connections).sum();
    }

    /** fan-in = e (inputs + outputs) / outputs, with e such that the budget is kept; layers that would need more than
     * all inputs are dense, and the others share what is left. */
    private double[] kernel(List<LayerSize> layers) {
        boolean[] dense = new boolean[layers.size()];
        while (true) {
            double left = budget(layers);
            double sum = 0;
            for (int i = 0; i < dense.length; i++) {
                LayerSize layer = layers.get(i);
                left -= dense[i] ? layer.connections() : 0;
                sum += dense[i] ? 0 : (double) layer.inputs + layer.outputs;
            }
            double[] fanIns = new double[dense.length];
            boolean changed = false;
            for (int i = 0; i < dense.length; i++) {
                LayerSize layer = layers.get(i);
                fanIns[i] =
                        dense[i] ? layer.inputs : left / sum * ((double) layer.inputs + layer.outputs) / layer.outputs;
                if (fanIns[i] > layer.inputs) {
                    dense[i] = true;
                    changed = true;
                }
            }
            if (!changed) {
                return fanIns;
            }
        }
    }
}
