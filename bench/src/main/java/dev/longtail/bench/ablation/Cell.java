package dev.longtail.bench.ablation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One setting of a grid.
 *
 * @param data     data set of its own, as in {@code synthetic:30000}; empty for the one the grid is run on
 * @param headings what tells it from the others, for tables and figures, by column
 * @param settings changes to the preset, by name
 */
public record Cell(String data, Map<String, String> headings, Map<String, String> settings) {

    /** A cell without anything. */
    static final Cell EMPTY = new Cell("", Map.of(), Map.of());

    public Cell {
        headings = Collections.unmodifiableMap(new LinkedHashMap<>(headings));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The values of its headings, as in {@code 128/on}. */
    public String name() {
        return String.join("/", headings.values()).replace(' ', '-');
    }

    Cell head(String column, String value) {
        return new Cell(data, with(headings, column, value), settings);
    }

    Cell set(String setting, String value) {
        return new Cell(data, headings, with(settings, setting, value));
    }

    /** The same cell with the settings of another as well. */
    Cell and(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return new Cell(data, headings, all);
    }

    Cell on(String otherData) {
        return new Cell(otherData, headings, settings);
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> all = new LinkedHashMap<>(map);
        all.put(key, value);
        return all;
    }
}
