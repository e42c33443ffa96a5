package dev.longtail.cli;

import dev.longtail.data.RawExample;
import dev.longtail.explain.AnchorPart;
import dev.longtail.explain.Arm;
import dev.longtail.explain.Explanation;
import dev.longtail.explain.FixedPart;
import dev.longtail.explain.MissingWord;
import dev.longtail.explain.Standing;
import dev.longtail.explain.WordPart;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Explanations for people: a table for each label. */
final class ExplainTables {

    private static final int LONGEST_TEXT = 90;
    private static final int ANCHORS = 3;

    private final PrintWriter out;
    private final int most;

    /** @param most words of each label; the others are added up */
    ExplainTables(PrintWriter out, int most) {
        this.out = out;
        this.most = most;
    }

    void print(RawExample example, List<Explanation> explanations) {
        out.println(title(example));
        out.println();
        if (explanations.isEmpty()) {
            out.println("No label is suggested: the model knows no word that speaks for one.");
            out.println();
        }
        for (Explanation explanation : explanations) {
            print(explanation, example.text != null);
        }
    }

    private static String title(RawExample example) {
        if (example.text == null) {
            return "Example of " + Texts.count(example.featureCount) + " features";
        }
        return "Text: " + shortened(example.text);
    }

    /** A text on one line, cut where it is long. */
    static String shortened(String whole) {
        String text = Texts.printable(whole).strip();
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        boolean cut = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1));
        return text.substring(0, cut ? LONGEST_TEXT - 1 : LONGEST_TEXT) + " ...";
    }

    private void print(Explanation explanation, boolean isText) {
        String name = explanation.name().isEmpty() ? "" : explanation.name() + " ";
        out.println(Texts.printable(name + explanation.id()) + ": " + standing(explanation));
        boolean anchors =
                explanation.words().stream().anyMatch(word -> !word.anchors().isEmpty());
        Table table = Table.ofColumns("<>><");
        row(table, isText ? "word" : "feature", "contribution", "share", anchors ? "through anchors" : "");
        for (WordPart word : explanation
                .words()
                .subList(0, Math.min(most, explanation.words().size()))) {
            row(table, name(word), number(word.value()), share(explanation, word.value()), anchors(word));
        }
        int others = explanation.words().size() - most;
        if (others > 0) {
            double sum = explanation.others(most);
            row(table, "[" + Texts.count(others) + " others]", number(sum), share(explanation, sum), "");
        }
        for (FixedPart part : explanation.fixed()) {
            row(table, "[" + part.name() + "]", number(part.value()), share(explanation, part.value()), "");
        }
        row(table, "score", number(explanation.score()), "", "");
        table.print(out);
        printMissing(explanation);
        out.println();
    }

    private static void row(Table table, String name, String value, String share, String anchors) {
        table.row("  " + name, value, share, anchors);
    }

    private static String name(WordPart word) {
        int times = word.places().size();
        return Texts.printable(word.word()) + (times > 1 ? " (" + times + " times)" : "");
    }

    static String number(double value) {
        return unsigned(String.format(Locale.ROOT, "%.4f", value));
    }

    /** Without the sign of a number that is 0 as it is shown. */
    private static String unsigned(String number) {
        return number.matches("-0\\.0+") ? number.substring(1) : number;
    }

    private static String share(Explanation explanation, double value) {
        return unsigned(String.format(Locale.ROOT, "%.1f", 100 * explanation.share(value))) + " %";
    }

    /** The largest parts of each end. */
    private static String anchors(WordPart word) {
        List<String> ends = new ArrayList<>();
        for (AnchorPart.End end : AnchorPart.End.values()) {
            String parts = word.anchors().stream()
                    .filter(part -> part.end() == end)
                    .limit(ANCHORS)
                    .map(part -> part.anchor()
                            + (part.object().isEmpty() ? "" : " (" + Texts.printable(part.object()) + ")") + " "
                            + number(part.value()))
                    .collect(Collectors.joining(", "));
            if (!parts.isEmpty()) {
                ends.add(end == AnchorPart.End.INPUT ? parts : "of the label " + parts);
            }
        }
        return String.join("; ", ends);
    }

    private static String standing(Explanation explanation) {
        Standing standing = explanation.standing();
        String candidates = Texts.count(standing.candidates()) + " candidates";
        if (!standing.candidate() && standing.rank() > 0) {
            return "suggested in place " + standing.rank() + ", behind the " + candidates + probability(explanation);
        }
        if (standing.suggested()) {
            return "suggested in place " + standing.rank() + " of " + candidates + probability(explanation);
        }
        String last = standing.lastScore().isEmpty()
                ? ""
                : "; the last suggested label has a score of "
                        + number(standing.lastScore().getAsDouble());
        if (standing.candidate()) {
            return "not suggested, in place " + standing.rank() + " of " + candidates + probability(explanation) + last;
        }
        String least = standing.leastFound().isEmpty()
                ? ""
                : " and the last of the " + candidates + " "
                        + number(standing.leastFound().getAsDouble());
        return "not suggested, no candidate. The " + standing.finder() + " arm, which finds them, gives it "
                + number(standing.found()) + least + ". As a candidate it would have the score below" + last;
    }

    private static String probability(Explanation explanation) {
        return explanation.probability().isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", probability %.3f",
                        explanation.probability().getAsDouble());
    }

    private void printMissing(Explanation explanation) {
        if (explanation.missing().isEmpty()) {
            return;
        }
        out.println("  would have spoken for it, were they in the text:");
        for (Arm arm : Arm.values()) {
            String words = explanation.missing().stream()
                    .filter(word -> word.arm() == arm)
                    .map(ExplainTables::text)
                    .collect(Collectors.joining(", "));
            if (!words.isEmpty()) {
                out.println("    " + arm + " arm: " + words);
            }
        }
    }

    private static String text(MissingWord word) {
        return Texts.printable(word.term()) + " " + number(word.gain());
    }
}
