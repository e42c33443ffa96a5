package dev.longtail.data;

import dev.longtail.config.Require;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a training run.
 *
 * @param train      at least one; they are read twice, so they must be files and not pipes
 * @param validation may be empty
 * @param labelNames see {@link LabelNames}, null for none
 * @param format     of the examples, null to recognise it
 * @param nameReader what reads {@code labelNames}
 */
public record DataFiles(
        List<Path> train,
        List<Path> validation,
        @Nullable Path labelNames,
        @Nullable DataFormat format,
        LabelNames.Reader nameReader) {

    public DataFiles {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        Require.that(!train.isEmpty(), "train", "at least one file", "none");
    }

    /** With names of labels in a file as {@link LabelNames#read} takes it. */
    public DataFiles(List<Path> train, List<Path> validation, @Nullable Path labelNames, @Nullable DataFormat format) {
        this(train, validation, labelNames, format, LabelNames::read);
    }

    public DataFiles(Path train) {
        this(List.of(train), List.of(), null, null);
    }
}
