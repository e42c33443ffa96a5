package dev.longtail.relation;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of counted co-occurrences, so that runs over the same texts count them once (Anchor & Transform, appendix
 * H). A file is found by a checksum over the bytes of the texts, the vocabulary and the settings that counts depend on;
 * what else a configuration says, about which pairs are related, can change without counting anew.
 *
 * @param folder where the files are; made when there is none
 */
public record CooccurrenceCache(Path folder) {

    /** To be raised when counts come to mean something else. */
    private static final String COUNTING = "1";

    /**
     * Co-occurrences and their file.
     *
     * @param wasThere whether they were read from it, and not counted and written to it
     */
    public record Found(Cooccurrences counts, Path file, boolean wasThere) {}

    /**
     * The co-occurrences of the words of a corpus, from the folder or else counted and put there.
     *
     * @throws InputException when a text is wrong, or the file in the folder is damaged
     */
    public Found find(TextCorpus corpus, CooccurrenceConfig config, Workers workers, ReadListener listener)
            throws IOException {
        String key = key(corpus, config);
        Path file = file(key);
        if (Files.exists(file)) {
            return new Found(CooccurrenceFile.read(file, key), file, true);
        }
        Cooccurrences counted = count(corpus, config, workers, listener);
        Files.createDirectories(folder);
        CooccurrenceFile.write(counted, file, key);
        return new Found(counted, file, false);
    }

    /** The file for a corpus and configuration, whether it is there or not. */
    public Path file(TextCorpus corpus, CooccurrenceConfig config) throws IOException {
        return file(key(corpus, config));
    }

    private Path file(String key) {
        return folder.resolve("cooccurrence-" + key.substring(0, 16) + ".bin");
    }

    private static String key(TextCorpus corpus, CooccurrenceConfig config) throws IOException {
        return new Fingerprint()
                .add(COUNTING)
                .add(corpus.fingerprint())
                .add(Integer.toString(config.window()))
                .add(Integer.toString(config.maxPairs()))
                .hex();
    }

    /** Counts the co-occurrences of the words of a corpus, without a folder. */
    public static Cooccurrences count(
            TextCorpus corpus, CooccurrenceConfig config, Workers workers, ReadListener listener) throws IOException {
        CooccurrenceCounter counter =
                new CooccurrenceCounter(corpus.vocabulary().size(), config, workers);
        corpus.each("co-occurrence", listener, counter::add);
        return counter.finish();
    }
}
