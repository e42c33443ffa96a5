package dev.longtail.body;

import java.util.Arrays;

/**
 * An intermediate layer for one bag x: hidden = g * (W y + b). The gate g of a unit is 1 where a rectifier lets its
 * value pass, else 0. For a normalised layer y = (x - mean(x)) / deviation with the deviation of this bag: the mean is
 * linear in the bag and leaves nothing over (the rule for normalisation layers of Ali et al., "XAI for Transformers:
 * Better Explanations through Conservative Propagation", ICML 2022).
 */
final class LocalLayer implements LocalBody {

    private final Layer layer;
    private final boolean[] open;
    private final boolean normalised;
    /** What y is divided by, 1 where nothing is normalised. */
    private final double deviation;

    /** @param bag double[inputs] */
    LocalLayer(Layer layer, Activation activation, boolean normalised, double[] bag) {
        this.layer = layer;
        this.normalised = normalised;
        this.deviation = normalised ? LayerNormalisation.deviation(bag) : 1;
        double[] y = normalised ? divided(centred(bag)) : bag;
        double[] z = new double[layer.outputs()];
        layer.visit(new Layer.Visitor() {
            @Override
            public void unit(int unit, float bias) {
                z[unit] += bias;
            }

            @Override
            public void connection(int unit, int input, float weight) {
                z[unit] += weight * y[input];
            }
        });
        this.open = new boolean[z.length];
        for (int unit = 0; unit < z.length; unit++) {
            open[unit] = activation == Activation.LINEAR || z[unit] > 0;
        }
    }

    private static double[] centred(double[] values) {
        double mean = Arrays.stream(values).sum() / values.length;
        return Arrays.stream(values).map(value -> value - mean).toArray();
    }

    private double[] divided(double[] values) {
        return Arrays.stream(values).map(value -> value / deviation).toArray();
    }

    @Override
    public double[] toBag(double[] dHidden) {
        double[] dBag = new double[layer.inputs()];
        layer.visit(new Layer.Visitor() {
            @Override
            public void unit(int unit, float bias) {}

            @Override
            public void connection(int unit, int input, float weight) {
                if (open[unit]) {
                    dBag[input] += dHidden[unit] * weight;
                }
            }
        });
        // (x - mean(x)) . d = x . (d - mean(d))
        return normalised ? divided(centred(dBag)) : dBag;
    }

    @Override
    public double constant(double[] dHidden) {
        double[] sum = new double[1];
        layer.visit(new Layer.Visitor() {
            @Override
            public void unit(int unit, float bias) {
                sum[0] += open[unit] ? dHidden[unit] * bias : 0;
            }

            @Override
            public void connection(int unit, int input, float weight) {}
        });
        return sum[0];
    }
}
