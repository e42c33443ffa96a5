package dev.longtail.bench.ablation;

import dev.longtail.bench.figure.PngFigure;
import dev.longtail.figure.Figure;
import dev.longtail.figure.FigurePage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All results of a data set as a document with tables, PNG figures, and a page with the same figures. */
public final class Report {

    private static final String FIGURES = "figures";

    private final Path folder;
    private final String data;

    /**
     * @param folder of the results
     * @param data   name of the data set
     */
    public Report(Path folder, String data) {
        this.folder = folder;
        this.data = data;
    }

    /**
     * Writes {@code ablation-DATA.md}, {@code ablation-DATA.html} and {@code figures/*.png}.
     *
     * @param header start of the document
     * @throws IllegalArgumentException when there are no results
     */
    public void write(String header) throws IOException {
        Map<String, List<Result>> grids = grids();
        if (grids.isEmpty()) {
            throw new IllegalArgumentException(folder + " has no results of grids on " + data);
        }
        StringBuilder text = new StringBuilder(header);
        grids.forEach((name, results) -> section(name, results, text));
        List<Figure> figures = new ResultFigures(data, grids).all();
        if (!figures.isEmpty()) {
            text.append("## Figures\n\nThe same with tooltips and tables: `ablation-")
                    .append(data)
                    .append(".html`.\n");
        }
        for (Figure figure : figures) {
            PngFigure.write(figure, folder.resolve(FIGURES));
            text.append("\n![")
                    .append(figure.title())
                    .append("](")
                    .append(FIGURES)
                    .append('/');
            text.append(figure.name())
                    .append(".png)\n\n")
                    .append(figure.description())
                    .append('\n');
        }
        Files.writeString(folder.resolve("ablation-" + data + ".md"), text, StandardCharsets.UTF_8);
        FigurePage.write(
                folder.resolve("ablation-" + data + ".html"),
                "Runs on " + data,
                "Drawn from bench/results/ablation-" + data + "-*.jsonl, tables in ablation-" + data + ".md.",
                figures);
    }

    private Map<String, List<Result>> grids() throws IOException {
        Map<String, List<Result>> grids = new LinkedHashMap<>();
        for (Grid grid : Grids.all()) {
            List<Result> results = new Results(folder, data, grid.name()).all();
            if (!results.isEmpty()) {
                grids.put(grid.name(), results);
            }
        }
        return grids;
    }

    /** Runs that were not made alike do not stand in one table. */
    private static void section(String name, List<Result> results, StringBuilder text) {
        text.append("## ")
                .append(name)
                .append("\n\n")
                .append(Grids.named(name).question())
                .append("\n\n");
        Map<String, List<Result>> conditions = results.stream()
                .collect(Collectors.groupingBy(Report::condition, LinkedHashMap::new, Collectors.toList()));
        conditions.forEach((condition, alike) -> {
            List<Result> inOrder = ordered(name, alike);
            text.append(condition).append("; commit ").append(distinct(alike, "commit"));
            text.append(", kernels ").append(distinct(alike, "kernels"));
            text.append(", Java ").append(distinct(alike, "java")).append(".\n\n");
            text.append(new ResultTable(inOrder).markdown()).append('\n');
        });
    }

    private static String distinct(List<Result> results, String field) {
        return String.join(
                ", ",
                new TreeSet<>(results.stream().map(each -> each.text(field)).toList()));
    }

    private static String condition(Result result) {
        String examples = result.text("examples");
        return (examples.equals("0") ? "All" : "The first " + examples) + " training examples, " + result.text("epochs")
                + " epochs, measured on the " + result.text("part") + " part";
    }

    /** In the order of the grid; cells it no longer has come last. */
    private static List<Result> ordered(String grid, List<Result> results) {
        List<String> names = Grids.named(grid).cells().stream().map(Cell::name).toList();
        List<Result> ordered = new ArrayList<>(results);
        ordered.sort((a, b) -> Integer.compare(place(names, a), place(names, b)));
        return ordered;
    }

    private static int place(List<String> names, Result result) {
        int place = names.indexOf(result.text("cell"));
        return place < 0 ? names.size() : place;
    }

    /** Names of all data sets with results in a folder. */
    public static List<String> dataSets(Path folder) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                for (Grid grid : Grids.all()) {
                    String name = file.getFileName().toString();
                    String end = "-" + grid.name() + ".jsonl";
                    if (name.startsWith("ablation-") && name.endsWith(end)) {
                        names.add(name.substring("ablation-".length(), name.length() - end.length()));
                    }
                }
            }
        }
        return List.copyOf(names);
    }
}
