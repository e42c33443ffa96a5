package dev.longtail.bench.ablation;

import java.util.List;

/**
 * Cells that together answer a question.
 *
 * @param name     for the command and the file of results
 * @param question what it answers
 * @param epochs   of each run, unless told otherwise
 * @param seeds    each cell is run with, unless told otherwise
 * @param cells    with distinct names
 */
public record Grid(String name, String question, int epochs, List<Long> seeds, List<Cell> cells) {

    public Grid {
        seeds = List.copyOf(seeds);
        cells = List.copyOf(cells);
        if (cells.stream().map(Cell::name).distinct().count() != cells.size()) {
            throw new IllegalArgumentException("two cells of grid " + name + " have one name");
        }
    }

    /** The cells of these names, all when there are none. */
    public List<Cell> cells(List<String> names) {
        for (String wanted : names) {
            if (cells.stream().noneMatch(cell -> cell.name().equals(wanted))) {
                throw new IllegalArgumentException("grid " + name + " has no cell " + wanted + ", it has "
                        + cells.stream().map(Cell::name).toList());
            }
        }
        return cells.stream()
                .filter(cell -> names.isEmpty() || names.contains(cell.name()))
                .toList();
    }
}
