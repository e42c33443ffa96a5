package dev.longtail.anchor;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One set of a mixture.
 *
 * @param strategy how its anchors are chosen
 * @param anchors how many, at least 1
 */
public record AnchorSet(AnchorStrategy strategy, int anchors) {

    public AnchorSet {
        Require.that(anchors >= 1, "anchors", "at least 1", anchors);
    }

    /**
     * Sets written as {@code strategy:anchors,strategy:anchors}, for example {@code frequency:10,random:5}.
     *
     * @throws IllegalArgumentException when the text is written otherwise
     */
    public static List<AnchorSet> parse(String text) {
        List<AnchorSet> sets = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            try {
                String strategy = part.substring(0, colon).strip();
                int anchors = Integer.parseInt(part.substring(colon + 1).strip());
                sets.add(new AnchorSet(strategy(strategy), anchors));
            } catch (IndexOutOfBoundsException | NumberFormatException e) {
                throw new IllegalArgumentException(
                        "mixture must be strategy:anchors,strategy:anchors, say frequency:10,random:5, got '" + text
                                + "'",
                        e);
            }
        }
        return sets;
    }

    private static AnchorStrategy strategy(String name) {
        List<String> names = Arrays.stream(AnchorStrategy.values())
                .map(AnchorStrategy::toString)
                .toList();
        Require.that(names.contains(name), "strategy in mixture", "one of " + String.join(", ", names), name);
        return AnchorStrategy.values()[names.indexOf(name)];
    }
}
