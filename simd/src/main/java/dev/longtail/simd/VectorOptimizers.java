package dev.longtail.simd;

import static dev.longtail.kernel.Kernels.YOGI_START;
import static dev.longtail.simd.Lanes.LENGTH;
import static dev.longtail.simd.Lanes.SPECIES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Optimiser steps: single registers, then single weights. */
final class VectorOptimizers {

    private VectorOptimizers() {}

    static void sgd(float[] weights, int offset, float[] gradient, int n, float rate, float decay) {
        FloatVector minusRate = broadcast(SPECIES, -rate);
        FloatVector decays = broadcast(SPECIES, decay);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector weight = fromArray(SPECIES, weights, offset + i);
            FloatVector step = decays.fma(weight, fromArray(SPECIES, gradient, i));
            minusRate.fma(step, weight).intoArray(weights, offset + i);
        }
        for (; i < n; i++) {
            float weight = weights[offset + i];
            weights[offset + i] = weight - rate * (gradient[i] + decay * weight);
        }
    }

    static void momentum(
            float[] weights,
            int offset,
            float[] velocity,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float momentum,
            float decay) {
        FloatVector minusRate = broadcast(SPECIES, -rate);
        FloatVector momenta = broadcast(SPECIES, momentum);
        FloatVector decays = broadcast(SPECIES, decay);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector weight = fromArray(SPECIES, weights, offset + i);
            FloatVector pull = decays.fma(weight, fromArray(SPECIES, gradient, i));
            FloatVector step = momenta.fma(fromArray(SPECIES, velocity, stateOffset + i), pull);
            step.intoArray(velocity, stateOffset + i);
            minusRate.fma(step, weight).intoArray(weights, offset + i);
        }
        for (; i < n; i++) {
            float weight = weights[offset + i];
            float step = momentum * velocity[stateOffset + i] + (gradient[i] + decay * weight);
            velocity[stateOffset + i] = step;
            weights[offset + i] = weight - rate * step;
        }
    }

    static void adagrad(
            float[] weights,
            int offset,
            float[] squares,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float epsilon,
            float decay) {
        FloatVector minusRate = broadcast(SPECIES, -rate);
        FloatVector decays = broadcast(SPECIES, decay);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector g = fromArray(SPECIES, gradient, i);
            FloatVector square = g.fma(g, fromArray(SPECIES, squares, stateOffset + i));
            square.intoArray(squares, stateOffset + i);
            FloatVector weight = fromArray(SPECIES, weights, offset + i);
            FloatVector step = decays.fma(weight, g.div(square.sqrt().add(epsilon)));
            minusRate.fma(step, weight).intoArray(weights, offset + i);
        }
        for (; i < n; i++) {
            float weight = weights[offset + i];
            float square = squares[stateOffset + i] + gradient[i] * gradient[i];
            squares[stateOffset + i] = square;
            float step = gradient[i] / ((float) Math.sqrt(square) + epsilon);
            weights[offset + i] = weight - rate * (step + decay * weight);
        }
    }

    static void adamW(
            float[] weights,
            int offset,
            float[] first,
            float[] second,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float beta1,
            float beta2,
            float epsilon,
            float decay,
            float correction1,
            float correction2) {
        FloatVector minusRate = broadcast(SPECIES, -rate);
        FloatVector decays = broadcast(SPECIES, decay);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector m = average(first, stateOffset + i, fromArray(SPECIES, gradient, i), beta1);
            FloatVector g = fromArray(SPECIES, gradient, i);
            FloatVector v = average(second, stateOffset + i, g.mul(g), beta2);
            FloatVector root = v.div(correction2).sqrt();
            FloatVector weight = fromArray(SPECIES, weights, offset + i);
            FloatVector step = decays.fma(weight, m.div(correction1).div(root.add(epsilon)));
            minusRate.fma(step, weight).intoArray(weights, offset + i);
        }
        for (; i < n; i++) {
            float g = gradient[i];
            float m = beta1 * first[stateOffset + i] + (1 - beta1) * g;
            float v = beta2 * second[stateOffset + i] + (1 - beta2) * g * g;
            first[stateOffset + i] = m;
            second[stateOffset + i] = v;
            float step = m / correction1 / ((float) Math.sqrt(v / correction2) + epsilon);
            weights[offset + i] -= rate * (step + decay * weights[offset + i]);
        }
    }

    static void yogi(
            float[] weights,
            int offset,
            float[] first,
            float[] second,
            int stateOffset,
            float[] gradient,
            int n,
            float rate,
            float beta1,
            float beta2,
            float epsilon,
            float decay,
            float correction1,
            float correction2) {
        float inverse = 1 / correction1;
        float inverseRoot = (float) (1 / Math.sqrt(correction2));
        FloatVector minusRate = broadcast(SPECIES, -rate);
        FloatVector epsilons = broadcast(SPECIES, epsilon);
        FloatVector inverseRoots = broadcast(SPECIES, inverseRoot);
        FloatVector decays = broadcast(SPECIES, decay);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector g = fromArray(SPECIES, gradient, i);
            FloatVector m = average(first, stateOffset + i, g, beta1);
            FloatVector v = additive(second, stateOffset + i, g.mul(g), beta2);
            FloatVector length = inverseRoots.fma(v.sqrt(), epsilons);
            FloatVector weight = fromArray(SPECIES, weights, offset + i);
            FloatVector step = decays.fma(weight, m.mul(inverse).div(length));
            minusRate.fma(step, weight).intoArray(weights, offset + i);
        }
        for (; i < n; i++) {
            float g = gradient[i];
            float square = g * g;
            float m = beta1 * first[stateOffset + i] + (1 - beta1) * g;
            float kept = second[stateOffset + i];
            float before = kept == 0 ? YOGI_START : kept;
            float v = before - (1 - beta2) * Math.signum(before - square) * square;
            first[stateOffset + i] = m;
            second[stateOffset + i] = v;
            float step = inverse * m / (inverseRoot * (float) Math.sqrt(v) + epsilon);
            weights[offset + i] -= rate * (step + decay * weights[offset + i]);
        }
    }

    /** squares = squares - (1 - beta) * sign(squares - square) * square, stored and returned. */
    private static FloatVector additive(float[] squares, int at, FloatVector square, float beta) {
        FloatVector kept = fromArray(SPECIES, squares, at);
        FloatVector before = kept.blend(YOGI_START, kept.compare(VectorOperators.EQ, 0));
        FloatVector change = square.mul(1 - beta);
        // where both are equal the sign is 0; the scalar tail does the same
        FloatVector moved = before.add(change)
                .blend(before.sub(change), before.compare(VectorOperators.GT, square))
                .blend(before, before.compare(VectorOperators.EQ, square));
        moved.intoArray(squares, at);
        return moved;
    }

    /** averages = beta * averages + (1 - beta) * value, stored and returned. */
    private static FloatVector average(float[] averages, int at, FloatVector value, float beta) {
        FloatVector average = fromArray(SPECIES, averages, at).mul(beta);
        FloatVector moved = broadcast(SPECIES, 1 - beta).fma(value, average);
        moved.intoArray(averages, at);
        return moved;
    }
}
