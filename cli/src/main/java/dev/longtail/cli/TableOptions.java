package dev.longtail.cli;

import dev.longtail.anchor.AnchorStartConfig.Space;
import dev.longtail.table.AnchorConfig;
import dev.longtail.train.LabelConfig;
import dev.longtail.tune.Dimension;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of train that give tables of anchors what is no setting: files, and what is known of their objects. */
final class TableOptions {

    /** The table of a model that tags. */
    static final String TAG = "model.table";

    private static final String ANCHORS = TAG + ".anchors.";
    private static final List<String> BEFORE_TRAINING = List.of("start.", "relations.", "cooccurrence.");

    /** The tables of a model that rates, by the word that stands before a file. */
    private static final List<String> RATED = List.of("users", "items");

    @Option(
            names = "--anchors-from",
            paramLabel = "F",
            description = "File of anchors, one a line: a word, or a name and a vector. With --task rate users=F or"
                    + " items=F, by identifiers. Sets anchors.start.strategy to imported unless --set gives it.")
    private List<String> anchors = List.of();

    @Option(
            names = "--vectors-from",
            paramLabel = "F",
            description = "File of vectors by which anchors are chosen and first links found, a name and numbers a"
                    + " line, as GloVe and word2vec write them. With --task rate users=F or items=F. Sets"
                    + " anchors.start.space to file.")
    private List<String> vectors = List.of();

    @Option(
            names = "--relations",
            arity = "1..*",
            paramLabel = "F",
            description = "Pairs of related objects, whose links to each other the penalty spares: files of lines of"
                    + " object, tab, object and perhaps tab and related, unrelated or a weight; for words also"
                    + " 'wordnet' (hypernyms, hyponyms, synonyms, antonyms) and 'cooccurrence' (in the training texts,"
                    + " by default within ten words). Several are united. With --task rate users=F or items=F.")
    private List<String> relations = List.of();

    @Option(
            names = "--cooccurrence-cache",
            paramLabel = "DIR",
            description =
                    "Folder to keep counted co-occurrences in, so that runs over the same texts count them" + " once.")
    private @Nullable Path cache;

    @Nullable
    Path cache() {
        return cache;
    }

    /** What the table of a model that tags was given. */
    TableFiles ofTags() {
        List<Path> files = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String source : relations) {
            if (source.equals(TableFiles.WORDNET) || source.equals(TableFiles.COOCCURRENCE)) {
                words.add(source);
            } else {
                files.add(file("--relations", source));
            }
        }
        return new TableFiles(
                TAG, only("--anchors-from", anchors), only("--vectors-from", vectors), List.copyOf(files), words);
    }

    /** Refuses what would have no effect on a model that tags, and settings that lack their file. */
    void check(TableFiles given, LabelConfig config) {
        AnchorConfig anchors = config.model().table().anchors();
        if (!config.model().embedding() && (!given.isEmpty() || anchors.needsSetup())) {
            throw new UsageException("start and relations are of tables of anchors, and with model.embedding=false"
                    + " there is no table; choose another --preset");
        }
        given.check(config.model().table());
        boolean counts = anchors.relations().cooccurrence() || anchors.start().space() == Space.COOCCURRENCE;
        if (cache != null && !counts) {
            throw new UsageException("--cooccurrence-cache has no effect without --relations cooccurrence or --set"
                    + " start.space=cooccurrence");
        }
    }

    /** Refuses anchors for a table that is taken over. */
    void checkWithEncoder(TableFiles given, LabelConfig config) {
        if (config.model().table().anchors().needsSetup() || !given.isEmpty() || cache != null) {
            throw new UsageException("with --encoder-from, anchors are those of that model: anchors.start and"
                    + " anchors.relations cannot be set, nor --anchors-from, --vectors-from, --relations or"
                    + " --cooccurrence-cache given");
        }
    }

    /** Refuses a search for anchors, which are chosen once for all candidates. */
    void check(TuneOptions.Plan search, LabelConfig start) {
        boolean chosen = start.model().table().anchors().needsSetup() || !relations.isEmpty();
        search.space().dimensions().stream()
                .map(Dimension::path)
                .filter(path -> path.startsWith(ANCHORS))
                .filter(path -> chosen || BEFORE_TRAINING.stream().anyMatch(group -> path.startsWith(ANCHORS + group)))
                .findFirst()
                .ifPresent(path -> {
                    throw new UsageException("--tune-settings: " + path + " cannot be searched, anchors and relations"
                            + " are chosen once for all candidates");
                });
    }

    /** What a table of a model that rates was given. */
    TableFiles ofRatings(String table) {
        if (cache != null) {
            throw new UsageException("--cooccurrence-cache has no effect on a model of task rate; leave it out");
        }
        return new TableFiles(
                "model." + table,
                only("--anchors-from", rated("--anchors-from", anchors, table)),
                only("--vectors-from", rated("--vectors-from", vectors, table)),
                rated("--relations", relations, table).stream()
                        .map(file -> file("--relations", file))
                        .toList(),
                List.of());
    }

    /** What stands behind the name of a table. */
    private static List<String> rated(String option, List<String> given, String table) {
        List<String> files = new ArrayList<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            if (equals < 0 || !RATED.contains(text.substring(0, equals))) {
                String words = text.equals(TableFiles.WORDNET) || text.equals(TableFiles.COOCCURRENCE)
                        ? ", and " + text + " is for words of texts"
                        : "";
                throw new UsageException(
                        option + " of task rate takes users=FILE or items=FILE, got '" + text + "'" + words);
            }
            if (text.startsWith(table + "=")) {
                files.add(text.substring(equals + 1));
            }
        }
        return files;
    }

    private static @Nullable Path only(String option, List<String> files) {
        if (files.size() > 1) {
            throw new UsageException(option + " takes one file for a table, got " + String.join(" and ", files));
        }
        return files.isEmpty() ? null : file(option, files.get(0));
    }

    private static Path file(String option, String name) {
        try {
            Path file = Path.of(name);
            if (Files.isRegularFile(file) || Files.isReadable(file) && !Files.isDirectory(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new UsageException(option + " " + name + ": " + e.getReason(), e);
        }
        throw new UsageException(option + " " + name + ": no such file");
    }
}
