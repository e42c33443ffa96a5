package dev.longtail.cli;

import dev.longtail.data.DataFormat;
import dev.longtail.data.NumericFeatureSpace;
import dev.longtail.model.LabelModel;
import dev.longtail.output.SearchConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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
                description = "Format of the examples: annif, xc, fasttext or jsonl (for predict and explain also"
                        + " text). Default: recognised.")
        private @Nullable DataFormat format;

        @Nullable
        DataFormat orNull() {
            return format;
        }

        /** The format of what a model is given; numbered features stand in one only, so there it is not guessed. */
        @Nullable
        DataFormat of(LabelModel read) {
            return format == null && read.features() instanceof NumericFeatureSpace ? DataFormat.XC : format;
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

    /** How labels are found. */
    static final class Search {

        @Option(
                names = "--search",
                paramLabel = "MODE",
                description = "exact scores all labels; pruned gives a label up as soon as it cannot be among the best"
                        + " any more, which is faster for up to four documents at a time; more come through exact"
                        + " search even so. Default: exact.")
        private SearchConfig.Mode mode = SearchConfig.EXACT.mode();

        @Option(
                names = "--confidence",
                paramLabel = "C",
                description = "For --search pruned, above 0 and at most 1: with 1 the answers are exact, with less they"
                        + " come sooner and may miss labels. Default: 1.")
        private @Nullable Float confidence;

        @Option(
                names = "--block-size",
                paramLabel = "N",
                description = "For --search pruned: labels that are bounded together. Default: 64.")
        private @Nullable Integer blockSize;

        SearchConfig config() {
            if (mode == SearchConfig.Mode.EXACT && (confidence != null || blockSize != null)) {
                throw new UsageException("--confidence and --block-size have no effect on exact search; add --search"
                        + " pruned, or leave them out");
            }
            try {
                return new SearchConfig(
                        mode,
                        confidence == null ? SearchConfig.EXACT.confidence() : confidence,
                        blockSize == null ? SearchConfig.EXACT.blockSize() : blockSize);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--search: " + e.getMessage(), e);
            }
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

    /** How files of examples are read and worked on. */
    static final class Work {

        @Mixin
        private final Format format = new Format();

        @Mixin
        private final Threads threads = new Threads();

        @Mixin
        private final Temporary temporary = new Temporary();

        @Nullable
        DataFormat format() {
            return format.orNull();
        }

        int threads() {
            return threads.count();
        }

        @Nullable
        Path temporary() {
            return temporary.orNull();
        }
    }
}
