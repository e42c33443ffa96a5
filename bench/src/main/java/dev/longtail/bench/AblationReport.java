package dev.longtail.bench;

import dev.longtail.bench.ablation.Report;
import dev.longtail.bench.ablation.ScalingFigures;
import dev.longtail.bench.figure.PngFigure;
import dev.longtail.figure.Figure;
import dev.longtail.figure.FigurePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes tables and figures of all results of {@link Ablation} in {@code bench/results}, and figures of
 * {@code label-scaling.csv} where it is there. Runs nothing.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.AblationReport [FOLDER]
 * </pre>
 */
public final class AblationReport {

    private AblationReport() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Path.of("bench", "results");
        for (String data : Report.dataSets(folder)) {
            String command =
                    "java -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.Ablation DATA GRID";
            new Report(folder, data)
                    .write(Provenance.header("Ablation: " + data, command, "of each table", Provenance.machine()));
            System.out.println(folder.resolve("ablation-" + data + ".md"));
        }
        Path scaling = folder.resolve("label-scaling.csv");
        if (Files.exists(scaling)) {
            List<Figure> figures = ScalingFigures.figures(scaling);
            for (Figure figure : figures) {
                System.out.println(PngFigure.write(figure, folder.resolve("figures")));
            }
            FigurePage.write(
                    folder.resolve("label-scaling.html"),
                    "Training steps from thousands to millions of labels",
                    "Drawn from bench/results/label-scaling.csv.",
                    figures);
        }
    }
}
