package dev.longtail.anchor;

import dev.longtail.config.InputException;
import dev.longtail.config.Require;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From objects, files and a configuration to a start: reads what the configuration needs, and nothing else. */
public final class AnchorFinder {

    private final KnownObjects known;
    private final AnchorFiles files;
    private final Workers workers;
    private final List<VectorReport> reports = new ArrayList<>();

    public AnchorFinder(KnownObjects known, AnchorFiles files, Workers workers) {
        this.known = known;
        this.files = files;
        this.workers = workers;
    }

    /**
     * A start of all sets together.
     *
     * @param seed of everything random
     * @throws InputException when a text or file is wrong
     * @throws IllegalArgumentException when a file is missing or has no use, or there are fewer objects than anchors
     */
    public AnchorStart find(AnchorStartConfig config, AnchorShape shape, long seed) throws IOException {
        check(config);
        return new AnchorStarter(config, shape, sources(config, seed), seed, workers).joined();
    }

    /** What became of the lines of the files that were read. */
    public List<VectorReport> reports() {
        return List.copyOf(reports);
    }

    private void check(AnchorStartConfig config) {
        boolean space = config.space() == AnchorStartConfig.Space.FILE;
        Require.that(
                config.needsImported() == (files.anchors() != null),
                "file of anchors",
                given(config.needsImported()),
                String.valueOf(files.anchors()));
        Require.that(
                space == (files.vectors() != null), "file of vectors", given(space), String.valueOf(files.vectors()));
    }

    private static String given(boolean needed) {
        return needed ? "given by the way anchors are chosen" : "none by the way anchors are chosen";
    }

    private AnchorSources sources(AnchorStartConfig config, long seed) throws IOException {
        ObjectCounts counts = config.needsCounts() ? known.counts() : null;
        return new AnchorSources(known.objects(), counts, space(config, seed), imported());
    }

    private @Nullable ImportedAnchors imported() throws IOException {
        Path file = files.anchors();
        if (file == null) {
            return null;
        }
        ImportedAnchors imported = ImportedAnchors.read(file, known::indexOf, files.listener());
        reports.add(imported.report());
        return imported;
    }

    private @Nullable ObjectVectors space(AnchorStartConfig config, long seed) throws IOException {
        Path file = files.vectors();
        if (file != null) {
            VectorReader.ReadVectors read =
                    new VectorReader(known.objects(), known::indexOf, files.listener()).read(file);
            reports.add(read.report());
            return read.vectors();
        }
        return config.space() == AnchorStartConfig.Space.COOCCURRENCE
                ? CooccurrenceSpace.of(known.cooccurrences(workers), config.spaceDimension(), seed, workers)
                        .first(known.objects())
                : null;
    }
}
