package dev.longtail.optimizer;

/**
 * What an update rule remembers about one array of parameters: none, one or two numbers a parameter, or one a row.
 *
 * @param first velocity, sum of squares or first moment; empty when the rule keeps none
 * @param second second moment; empty when the rule keeps none
 */
public record OptimizerState(float[] first, float[] second) {

    /** Forgets what is known of one parameter, when its connection moves. No effect on state kept by rows. */
    public void reset(int parameter, int parameters) {
        if (first.length == parameters) {
            first[parameter] = 0;
        }
        if (second.length == parameters) {
            second[parameter] = 0;
        }
    }
}
