package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import dev.longtail.config.Setting;

/**
 * A table made by the generative model.
 *
 * @param objects rows, at least 1
 * @param dimension length of a row, at least 1
 * @param mass expected anchors of an object, above 0
 * @param concentration above 0
 * @param seed of everything random
 */
public record PlantedConfig(
        @Setting("objects, the rows of the table, at least 1")
        int objects,

        @Setting("length of a row, at least 1") int dimension,

        @Setting("anchors that an object has on average, above 0")
        double mass,

        @Setting("how little objects share anchors, above 0; 1 is the Indian buffet with one parameter")
        double concentration,

        @Setting("seed of everything random") long seed) {

    public PlantedConfig {
        Require.that(objects >= 1, "objects", "at least 1", objects);
        Require.that(dimension >= 1, "dimension", "at least 1", dimension);
        Require.that(mass > 0 && Double.isFinite(mass), "mass", "above 0", mass);
        Require.that(concentration > 0 && Double.isFinite(concentration), "concentration", "above 0", concentration);
    }
}
