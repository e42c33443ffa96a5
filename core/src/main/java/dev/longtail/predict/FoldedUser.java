package dev.longtail.predict;

/**
 * What fold-in finds for a user.
 *
 * @param vector [dimension]
 * @param bias 0 in a model without biases
 */
public record FoldedUser(float[] vector, float bias) {

    public FoldedUser {
        vector = vector.clone();
    }
}
