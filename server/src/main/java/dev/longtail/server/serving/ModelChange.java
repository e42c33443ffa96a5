package dev.longtail.server.serving;

import dev.longtail.living.LivingModel;
import java.io.IOException;

/**
 * Something that is done to a model, and what is to be told of it.
 *
 * @param <T> what is told
 */
@FunctionalInterface
public interface ModelChange<T> {

    /**
     * Changes the model on disk and in memory.
     *
     * @throws IllegalArgumentException or {@link dev.longtail.config.InputException} when that is not possible, and
     *     nothing was changed
     */
    T make(LivingModel model) throws IOException;
}
