package dev.longtail.rating;

import dev.longtail.config.Require;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a training run.
 *
 * @param train      at least one
 * @param validation may be empty; then a part of the training ratings is held out
 * @param items      names and genres of the items, see {@link ItemFile}, null for none
 */
public record RatingFiles(
        List<Path> train, List<Path> validation, @Nullable Path items) {

    public RatingFiles {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        Require.that(!train.isEmpty(), "train", "at least one file", "none");
    }
}
