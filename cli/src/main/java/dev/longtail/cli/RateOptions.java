package dev.longtail.cli;

import dev.longtail.train.RatingConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of train and plan that only models of task rate have. */
final class RateOptions {

    /** Their names. */
    static final String[] NAMES = {"--items", "--dimension", "--online", "--chunk"};

    /** Names of options of train and plan that have no meaning for ratings. */
    static final String[] TAG_NAMES = {
        "--labels",
        "--label-language",
        "--encoder-from",
        "--preset",
        "--tune",
        "--tune-for",
        "--tune-settings",
        "--log",
        "--propensity",
        "--format"
    };

    private static final List<String> DIMENSIONS = List.of("model.users.dimension", "model.items.dimension");

    @Option(
            names = "--items",
            paramLabel = "F",
            description =
                    "With --task rate: names and genres of the items, MovieLens' u.item, movies.dat or movies.csv,"
                            + " a file whose first line names the columns item, name, genres, or lines of item, tab,"
                            + " name.")
    private @Nullable Path items;

    @Option(
            names = "--dimension",
            paramLabel = "N",
            description = "With --task rate: length of the vectors of users and items. Default: 16.")
    private @Nullable Integer dimension;

    @Option(
            names = "--online",
            description =
                    "With --task rate: read the files as a stream, in the order of their lines, a chunk at a time,"
                            + " each of which is learned and forgotten. Tables must be of kind anchors.")
    private boolean online;

    @Option(names = "--chunk", paramLabel = "N", description = "With --online: ratings in a chunk. Default: 10,000.")
    private @Nullable Integer chunk;

    @Nullable
    Path items() {
        return items;
    }

    /**
     * Paths of the settings that were given one by one, by a file or an option.
     *
     * @throws IOException when the file cannot be read
     */
    Set<String> held(SettingOptions settings, RatingConfig config) throws IOException {
        Set<String> held = settings.held(config);
        if (dimension != null) {
            held.addAll(DIMENSIONS);
        }
        return held;
    }

    /**
     * The settings that were asked for.
     *
     * @param implied what follows from other options, by path
     */
    RatingConfig config(SettingOptions settings, Map<String, String> implied) throws IOException {
        Map<String, String> changes = new LinkedHashMap<>(implied);
        if (dimension != null) {
            String length = dimension.toString();
            DIMENSIONS.forEach(path -> changes.put(path, length));
        }
        if (online) {
            changes.put("online.stream", "true");
        }
        if (chunk != null) {
            changes.put("online.chunk", chunk.toString());
        }
        RatingConfig config = settings.applied(RatingConfig.DEFAULT, changes);
        if (chunk != null && !config.online().stream()) {
            throw new UsageException("--chunk has no effect without --online");
        }
        return config;
    }
}
