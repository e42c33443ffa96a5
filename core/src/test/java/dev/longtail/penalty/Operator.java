package dev.longtail.penalty;

import java.util.Arrays;

/** An operator of {@link Proximal} with the function that it is the proximal operator of, as a test sees both. */
enum Operator {
    NON_NEGATIVE {
        @Override
        int apply(float[] values, int offset, int n, float threshold) {
            return Proximal.nonNegative(values, offset, n);
        }

        @Override
        double penalty(double[] x, double threshold) {
            return nonNegative(x) ? 0 : Double.POSITIVE_INFINITY;
        }
    },
    NON_NEGATIVE_SOFT {
        @Override
        int apply(float[] values, int offset, int n, float threshold) {
            return Proximal.nonNegativeSoft(values, offset, n, threshold);
        }

        @Override
        double penalty(double[] x, double threshold) {
            return nonNegative(x) ? threshold * Arrays.stream(x).sum() : Double.POSITIVE_INFINITY;
        }
    },
    SOFT {
        @Override
        int apply(float[] values, int offset, int n, float threshold) {
            return Proximal.soft(values, offset, n, threshold);
        }

        @Override
        double penalty(double[] x, double threshold) {
            return threshold * Arrays.stream(x).map(Math::abs).sum();
        }
    },
    GROUP_LASSO {
        @Override
        int apply(float[] values, int offset, int n, float threshold) {
            return Proximal.groupLasso(values, offset, n, threshold);
        }

        @Override
        double penalty(double[] x, double threshold) {
            return threshold * Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
        }
    };

    abstract int apply(float[] values, int offset, int n, float threshold);

    /** h(x), infinite outside its domain. */
    abstract double penalty(double[] x, double threshold);

    /** |x - w|^2 / 2 + h(x). */
    double objective(double[] x, float[] w, double threshold) {
        double sum = penalty(x, threshold);
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - w[i]) * (x[i] - w[i]) / 2;
        }
        return sum;
    }

    private static boolean nonNegative(double[] x) {
        return Arrays.stream(x).allMatch(value -> value >= 0);
    }

    float[] applied(float[] values, float threshold) {
        float[] copy = values.clone();
        apply(copy, 0, copy.length, threshold);
        return copy;
    }

    static float[] random(java.util.Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static double[] doubles(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }
}
