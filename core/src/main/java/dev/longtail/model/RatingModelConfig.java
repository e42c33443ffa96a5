package dev.longtail.model;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;
import dev.longtail.table.TableConfig;

/**
 * The shape of a rating model.
 *
 * @param users table of the users' vectors
 * @param items table of the items' vectors, of the same dimension
 * @param biases whether each user and each item has a bias
 * @param clip whether predictions are kept within the range of the training ratings
 */
public record RatingModelConfig(
        TableConfig users,
        TableConfig items,

        @Setting("whether each user and each item has a bias beside its vector")
        boolean biases,

        @Setting("whether predicted ratings are kept within the range of the training ratings")
        boolean clip) {

    public RatingModelConfig {
        Require.that(
                items.dimension() == users.dimension(),
                "items.dimension",
                "that of the users, " + users.dimension(),
                items.dimension());
    }

    /** Length of the vectors. */
    public int dimension() {
        return users.dimension();
    }
}
