package dev.longtail.cli;

import dev.longtail.anchor.AnchorStartConfig;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a table of anchors is given beside its settings.
 *
 * @param table its path in the settings
 * @param anchors file of imported anchors, null for none
 * @param vectors file of vectors of the objects, null for none
 * @param relations files of pairs of objects
 * @param words relations of words that have no file: what {@link #WORDNET} and {@link #COOCCURRENCE} stand for
 */
record TableFiles(
        String table, @Nullable Path anchors, @Nullable Path vectors, List<Path> relations, List<String> words) {

    /** In place of a file: relations of WordNet. */
    static final String WORDNET = "wordnet";

    /** In place of a file: words that stand near each other. */
    static final String COOCCURRENCE = "cooccurrence";

    static TableFiles none(String table) {
        return new TableFiles(table, null, null, List.of(), List.of());
    }

    /** Settings that follow from what was given, by path. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        if (anchors != null) {
            settings.put(table + ".anchors.start.strategy", "imported");
        }
        if (vectors != null) {
            settings.put(table + ".anchors.start.space", "file");
        }
        words.forEach(relation -> settings.put(table + ".anchors.relations." + relation, "true"));
        return settings;
    }

    /** Whether nothing was given. */
    boolean isEmpty() {
        return anchors == null && vectors == null && relations.isEmpty() && words.isEmpty();
    }

    /** Refuses what would have no effect on a model that rates, and settings that lack their file. */
    void check(RatingConfig config) {
        check(
                table.equals("model.users")
                        ? config.model().users()
                        : config.model().items());
        if (!isEmpty() && config.online().stream()) {
            throw new UsageException(
                    "--anchors-from, --vectors-from and --relations have no effect with --online, whose" + " "
                            + shortName() + " are not known before");
        }
        if (!relations.isEmpty() && config.train().nonparametric().learned()) {
            throw new UsageException("--relations do not go with nonparametric.learned: they are of anchors that keep"
                    + " their places");
        }
    }

    /** Refuses what would have no effect, and settings that lack their file. */
    void check(TableConfig config) {
        AnchorConfig asked = config.anchors();
        boolean isUsual = !asked.needsSetup() && isEmpty();
        if (config.kind() != TableConfig.Kind.ANCHORS && !isUsual) {
            throw new UsageException("start and relations are of tables of anchors; add --set " + shortName()
                    + ".kind=anchors, or leave out --anchors-from, --vectors-from, --relations and the settings"
                    + " anchors.start and anchors.relations");
        }
        AnchorStartConfig start = asked.start();
        check("--anchors-from", anchors, start.needsImported(), "anchors.start.strategy imported");
        check("--vectors-from", vectors, start.space() == AnchorStartConfig.Space.FILE, "anchors.start.space file");
        boolean related = !relations.isEmpty() || asked.relations().any();
        if (related && asked.linksFrozen()) {
            throw new UsageException(
                    "relations have no effect with anchors.linksFrozen, which keeps links as they are");
        }
    }

    private void check(String option, @Nullable Path file, boolean needed, String setting) {
        if (needed && file == null) {
            throw new UsageException(setting + " needs " + option + " FILE" + ofTable());
        }
        if (!needed && file != null) {
            throw new UsageException(option + " " + file + " has no effect without " + setting + ofTable());
        }
    }

    private String ofTable() {
        return table.equals(TableOptions.TAG) ? "" : " for the " + shortName();
    }

    private String shortName() {
        return table.substring(table.indexOf('.') + 1);
    }
}
