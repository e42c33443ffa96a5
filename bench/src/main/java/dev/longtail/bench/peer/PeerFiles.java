package dev.longtail.bench.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files of a data set.
 *
 * @param train  training examples
 * @param test   examples that are measured on
 * @param labels names of labels, null for none
 */
public record PeerFiles(Path train, Path test, @Nullable Path labels) {

    /** The files of a folder: texts as train.tsv.gz, or numbered features as train.txt.gz, and test likewise. */
    public static PeerFiles of(Path folder) {
        String ending = Files.exists(folder.resolve("train.tsv.gz")) ? ".tsv.gz" : ".txt.gz";
        Path labels = folder.resolve("labels.tsv.gz");
        return new PeerFiles(
                folder.resolve("train" + ending),
                folder.resolve("test" + ending),
                Files.exists(labels) ? labels : null);
    }

    /** The same set with other training examples. */
    public PeerFiles withTrain(Path other) {
        return new PeerFiles(other, test, labels);
    }

    /** Whether examples are texts, by the name of their file. */
    public boolean texts() {
        return train.getFileName().toString().contains(".tsv");
    }
}
