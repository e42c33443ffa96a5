package dev.longtail.report;

import dev.longtail.data.FeatureSpace;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.text.Vocabulary;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * What is known of the objects of an anchor table, by the numbers that they have as features.
 *
 * @param kind   what they are, in the plural: users, items, words
 * @param seenIn what training saw them in, in the plural: training ratings, training documents
 * @param name   of an object for people
 * @param count  how many of those hold an object, {@link #UNKNOWN} where that is not known
 * @param genres of an object, none where they are not known
 */
public record AnchorObjects(
        String kind,
        String seenIn,
        IntFunction<String> name,
        IntUnaryOperator count,
        IntFunction<List<String>> genres) {

    /** In place of a count. */
    public static final int UNKNOWN = -1;

    private static final String RATINGS = "training ratings";

    /** Objects without genres. */
    public AnchorObjects(String kind, String seenIn, IntFunction<String> name, IntUnaryOperator count) {
        this(kind, seenIn, name, count, object -> List.of());
    }

    /** Users by their identifiers. */
    public static AnchorObjects of(Ids users) {
        return new AnchorObjects("users", RATINGS, users::id, users::count);
    }

    /** Items by their names, or by their identifiers where they have none. */
    public static AnchorObjects of(Items items) {
        return new AnchorObjects(
                "items",
                RATINGS,
                item -> items.name(item).isEmpty() ? items.id(item) : items.name(item),
                items.ids()::count,
                items::genres);
    }

    /** Features of a model that tags: words of a vocabulary, or what files number. */
    public static AnchorObjects of(FeatureSpace space) {
        if (space instanceof TextFeatureSpace text) {
            Vocabulary vocabulary = text.features().vocabulary();
            return new AnchorObjects(
                    "words",
                    "training examples",
                    space::name,
                    feature -> feature < vocabulary.size() ? vocabulary.documentFrequency(feature) : UNKNOWN);
        }
        return new AnchorObjects("features", "training examples", space::name, feature -> UNKNOWN);
    }

    /** Whether training saw an object so often at least; objects whose frequency is not known count as frequent. */
    boolean isFrequent(int object, int least) {
        int examples = count.applyAsInt(object);
        return examples == UNKNOWN || examples >= least;
    }
}
