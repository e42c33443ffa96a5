package dev.longtail.cli;

import dev.longtail.data.DataFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of several commands, each a mixin. */
final class RunOptions {

    private static final int MOST_THREADS = 1024;

    private RunOptions() {}

    /** How many processors to use. */
    static final class Threads {

        @Option(
                names = "--threads",
                paramLabel = "N",
                description = "Processors to use; the result does not depend on it. Default: all there are (here"
                        + " ${DEFAULT-VALUE}).")
        private int threads = Runtime.getRuntime().availableProcessors();

        int count() {
            if (threads < 1 || threads > MOST_THREADS) {
                throw new UsageException("--threads must be from 1 to " + MOST_THREADS + ", got " + threads);
            }
            return threads;
        }
    }

    /** The format of files. */
    static final class Format {

        @Option(
                names = "--format",
                paramLabel = "NAME",
                description = "Format of the examples: annif, xc, fasttext or jsonl (for predict also text). Default:"
                        + " recognised.")
        private @Nullable DataFormat format;

        @Nullable
        DataFormat orNull() {
            return format;
        }
    }

    /** A model that exists. */
    static final class Model {

        @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the model.")
        private Path model;

        Path path() {
            return model;
        }
    }

    /** Where large temporary files go. */
    static final class Temporary {

        @Option(
                names = "--temporary",
                paramLabel = "DIR",
                description = "Folder for temporary files, about 8 bytes for each feature of each example. Default: the"
                        + " system's.")
        private @Nullable Path folder;

        @Nullable
        Path orNull() {
            return folder;
        }
    }
}
