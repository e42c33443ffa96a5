package dev.longtail.cli;

import dev.longtail.explain.Explanation;
import dev.longtail.explain.Representers;
import java.io.PrintWriter;

/** Training examples that scores come from, for people: a table for each label. */
final class RepresenterTables {

    private final PrintWriter out;

    RepresenterTables(PrintWriter out) {
        this.out = out;
    }

    void print(Explanation explanation, RepresenterRun.OfLabel label) {
        String name = explanation.name().isEmpty() ? explanation.id() : explanation.name();
        out.println("Training examples that the score of " + Texts.printable(name) + " comes from:");
        Table table = Table.ofColumns("<><<");
        table.row("  carries it", "contribution", "example", "where");
        for (RepresenterRun.Told told : label.told()) {
            table.row(
                    told.point().carries() ? "  yes" : "  no",
                    ExplainTables.number(told.point().value()),
                    ExplainTables.shortened(told.text()),
                    told.source());
        }
        Representers parts = label.parts();
        row(table, Texts.count(parts.others()) + " other examples", parts.othersValue());
        row(table, "start of the direct arm", parts.start());
        row(table, "embedding arm, of all examples", parts.embedding());
        table.row("  score", ExplainTables.number(parts.sum()), "", "");
        table.print(out);
        out.println();
    }

    private static void row(Table table, String name, double value) {
        if (value != 0) {
            table.row("  [" + name + "]", ExplainTables.number(value), "", "");
        }
    }
}
