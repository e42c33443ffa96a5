package dev.longtail.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Rows of texts in aligned columns: the first to the left, the others to the right. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final IntPredicate right;

    private Table(IntPredicate right) {
        this.right = right;
    }

    /** A table whose columns but the first hold numbers. */
    static Table ofNumbers(String... header) {
        return new Table(column -> column > 0).row(header);
    }

    /** A table of texts, all columns to the left. */
    static Table ofTexts(String... header) {
        return new Table(column -> false).row(header);
    }

    /** A table without a header. @param sides of each column where its texts stand: < left, > right */
    static Table ofColumns(String sides) {
        return new Table(column -> column < sides.length() && sides.charAt(column) == '>');
    }

    Table row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    Table row(String... cells) {
        return row(List.of(cells));
    }

    void print(PrintWriter out) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                boolean toTheRight = right.test(column);
                line.append(column > 0 ? "  " : "").append(toTheRight ? padding : "");
                line.append(row.get(column)).append(toTheRight ? "" : padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
