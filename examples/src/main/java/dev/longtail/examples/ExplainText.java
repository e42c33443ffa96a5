package dev.longtail.examples;

import dev.longtail.explain.Explainer;
import dev.longtail.explain.Explanation;
import dev.longtail.explain.FixedPart;
import dev.longtail.explain.WordPart;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Tells for each label that a model suggests for a text what each word of the text adds to its score.
 *
 * <pre>
 * java --add-modules jdk.incubator.vector -cp ... dev.longtail.examples.ExplainText MODEL TEXT
 * </pre>
 */
public final class ExplainText {

    private static final int SUGGESTIONS = 3;

    private ExplainText() {}

    /** Arguments: the folder of a model that tags texts, and a text. */
    public static void main(String[] arguments) throws IOException {
        LabelModel model = LabelModelFolder.read(Path.of(arguments[0])).model();
        try (Workers workers = new Workers(1)) {
            Explainer explainer = new Explainer(model, SUGGESTIONS, 0, workers);
            for (Explanation explanation : explainer.explain(arguments[1])) {
                System.out.println(line(explanation.score(), explanation.id() + " " + explanation.name()));
                for (WordPart word : explanation.words()) {
                    System.out.println("  " + line(word.value(), word.word()));
                }
                for (FixedPart part : explanation.fixed()) {
                    System.out.println("  " + line(part.value(), part.name()));
                }
            }
        }
    }

    private static String line(double value, String what) {
        return String.format(Locale.ROOT, "%8.4f %s", value, what);
    }
}
