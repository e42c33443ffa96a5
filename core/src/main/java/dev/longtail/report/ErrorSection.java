package dev.longtail.report;

import dev.longtail.predict.Suggestion;
import dev.longtail.report.ErrorGroup.ErrorExample;
import dev.longtail.report.ErrorGroup.Judged;
import dev.longtail.report.ErrorGroup.TrueLabel;
import java.util.List;
import java.util.Locale;

/** Examples that a model got wrong. */
final class ErrorSection {

    private ErrorSection() {}

    static void write(Html page, List<ErrorGroup> groups) {
        page.section("errors", "Examples of errors");
        if (groups.isEmpty()) {
            page.element("p", "No first suggestion was wrong and no frequent label was missed.");
        }
        for (int i = 0; i < groups.size(); i++) {
            ErrorGroup group = groups.get(i);
            page.markup(i == 0 ? "<details open>" : "<details>")
                    .markup("<summary><h3>")
                    .text(group.title())
                    .markup("</h3></summary>\n");
            page.element("p", group.note());
            group.examples().forEach(example -> write(page, example));
            page.markup("</details>\n");
        }
        page.endSection();
    }

    private static void write(Html page, ErrorExample example) {
        page.markup("<article>\n<blockquote dir=\"auto\">").text(example.text()).markup("</blockquote>\n");
        page.markup("<p class=\"about\">").text(example.place()).markup("</p>\n<div class=\"sides\">\n");
        page.markup("<div><h4>True labels</h4>\n<ul>\n");
        example.truth().forEach(label -> write(page, label));
        page.markup("</ul></div>\n<div><h4>Suggestions</h4>\n");
        if (example.suggestions().isEmpty()) {
            page.element("p", "None: the model knows nothing in this example.");
        } else {
            page.markup("<ol>\n");
            example.suggestions().forEach(judged -> write(page, judged));
            page.markup("</ol>\n");
        }
        page.markup("</div></div>\n</article>\n");
    }

    private static void write(Html page, TrueLabel label) {
        boolean found = label.rank() > 0;
        page.markup(found ? "<li class=\"right\">" : "<li>");
        label(page, label.id(), label.name());
        String fate = found ? "found, rank " + label.rank() : "missed";
        String frequency = label.trainFrequency() < 0
                ? "unknown to the model"
                : fate + "; " + Numbers.count(label.trainFrequency()) + " training examples";
        page.markup(" <small>").text(frequency).markup("</small></li>\n");
    }

    private static void write(Html page, Judged judged) {
        Suggestion suggestion = judged.suggestion();
        page.markup(judged.right() ? "<li class=\"right\">" : "<li class=\"wrong\">");
        label(page, suggestion.id(), suggestion.name());
        page.markup(" <small>")
                .text((judged.right() ? "right" : "wrong")
                        + String.format(
                                Locale.ROOT,
                                "; score %.3f, probability %.3f",
                                suggestion.score(),
                                suggestion.probability()))
                .markup("</small></li>\n");
    }

    private static void label(Html page, String id, String name) {
        page.markup("<bdi title=\"")
                .text(id)
                .markup("\">")
                .text(name.isEmpty() ? id : name)
                .markup("</bdi>");
    }
}
