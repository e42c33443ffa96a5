package dev.longtail.data;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a file of examples that was written in another format.
 *
 * @param source   the file that was read
 * @param from     its format
 * @param to       the format that was written
 * @param examples number of examples, all of which were written
 * @param lost     what the other format has no place for, in the order of {@link Loss}; empty where nothing is lost
 */
public record ConversionReport(SourceFile source, DataFormat from, DataFormat to, long examples, List<Lost> lost) {

    /** Lines that are named for each kind of loss. */
    public static final int NAMED = 5;

    public ConversionReport {
        lost = List.copyOf(lost);
    }

    /** What a format may have no place for. */
    public enum Loss {
        /** Line breaks, or tabs in {@link DataFormat#ANNIF}, were written as spaces. */
        LINE_BREAK("text with line breaks or tabs, written as spaces"),
        /** fastText tells words apart by blanks and does not keep how many there were. */
        SPACING("text with several blanks in a row or at an end, which count as one or none"),
        /** A word of a fastText line that begins like a label was written without its underscores in front. */
        LABEL_WORD("word that begins with __label__, written without the underscores in front"),
        /** Lines of plain text have no labels. */
        LABELS("labels of an example, which have no place"),
        /** Only JSON objects have identifiers. */
        IDENTIFIER("identifier of an example, which has no place"),
        /** Members of JSON objects that mean nothing here. */
        OTHER_MEMBERS("further members of an object, which have no place"),
        /** Numbered features have no text. */
        TEXT("text, of which its features are kept"),
        /** Labels of numbered features are numbers. */
        LABEL_IDS("labels, which are numbers now"),
        /** Numbered features have no names. */
        FEATURE_NAMES("features, which are numbers now");

        private final String meaning;

        Loss(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * One kind of loss.
     *
     * @param count how often
     * @param lines the first {@value #NAMED} lines of the source, empty where the loss is no matter of a line
     */
    public record Lost(Loss loss, long count, List<Long> lines) {
        public Lost {
            lines = List.copyOf(lines);
        }
    }

    /** Counts while examples are written. */
    static final class Tally {
        private final Map<Loss, Long> counts = new EnumMap<>(Loss.class);
        private final Map<Loss, List<Long>> lines = new EnumMap<>(Loss.class);

        void add(Loss loss, long line) {
            counts.merge(loss, 1L, Long::sum);
            List<Long> named = lines.computeIfAbsent(loss, key -> new ArrayList<>());
            if (named.size() < NAMED) {
                named.add(line);
            }
        }

        /** A loss that is no matter of single lines. */
        void add(Loss loss, int count) {
            if (count > 0) {
                counts.merge(loss, (long) count, Long::sum);
            }
        }

        List<Lost> lost() {
            return counts.entrySet().stream()
                    .map(entry ->
                            new Lost(entry.getKey(), entry.getValue(), lines.getOrDefault(entry.getKey(), List.of())))
                    .toList();
        }
    }
}
