package dev.longtail.cli;

import dev.longtail.explain.Explanation;
import dev.longtail.explain.Representers;
import java.io.PrintWriter;
import java.util.List;

/** Training examples that scores come from, for people: a table for each label. */
final class RepresenterTables {

    private final PrintWriter out;

    RepresenterTables(PrintWriter out) {
        this.out = out;
    }

    void print(Explanation explanation, RepresenterRun.OfLabel label) {
        String name = Texts.printable(explanation.name().isEmpty() ? explanation.id() : explanation.name());
        Representers parts = label.parts();
        print("Training examples that speak for " + name, label.supporting(), parts.supporting());
        print("Training examples that speak against " + name, label.opposing(), parts.opposing());
        out.println("The score of " + name + ":");
        Table table = Table.ofColumns("<>");
        row(table, "examples that speak for it", parts.supporting().sum());
        row(table, "examples that speak against it", parts.opposing().sum());
        row(table, "start of the direct arm", parts.start());
        row(table, "embedding arm, of all examples", parts.embedding());
        table.row("  score", ExplainTables.number(parts.sum()));
        table.print(out);
        out.println();
    }

    private void print(String title, List<RepresenterRun.Told> told, Representers.Side side) {
        if (told.isEmpty()) {
            out.println(title + ": none.");
            return;
        }
        out.println(title + ":");
        Table table = Table.ofColumns("<><<");
        table.row("  carries it", "contribution", "example", "where");
        for (RepresenterRun.Told one : told) {
            table.row(
                    one.point().carries() ? "  yes" : "  no",
                    ExplainTables.number(one.point().value()),
                    ExplainTables.shortened(one.text()),
                    one.source());
        }
        if (side.others() > 0) {
            table.row(
                    "  [" + Texts.count(side.others()) + " other examples]",
                    ExplainTables.number(side.othersValue()),
                    "",
                    "");
        }
        table.print(out);
    }

    private static void row(Table table, String name, double value) {
        if (value != 0) {
            table.row("  [" + name + "]", ExplainTables.number(value));
        }
    }
}
