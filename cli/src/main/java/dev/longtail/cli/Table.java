package dev.longtail.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of texts in aligned columns: the first to the left, the others to the right. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean numbers;

    private Table(boolean numbers, List<String> header) {
        this.numbers = numbers;
        rows.add(header);
    }

    /** A table whose columns but the first hold numbers. */
    static Table ofNumbers(String... header) {
        return new Table(true, List.of(header));
    }

    /** A table of texts, all columns to the left. */
    static Table ofTexts(String... header) {
        return new Table(false, List.of(header));
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
                boolean right = numbers && column > 0;
                line.append(column > 0 ? "  " : "").append(right ? padding : "");
                line.append(row.get(column)).append(right ? "" : padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
