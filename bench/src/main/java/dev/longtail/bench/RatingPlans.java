package dev.longtail.bench;

import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Question: does {@code longtail plan --task rate} predict what {@code longtail train} then takes, for both ways to
 * learn? Runs both as processes of their own and writes {@code bench/results/plan-ratings.md}.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.RatingPlans ../shared/data ml-100k synthetic
 * </pre>
 */
public final class RatingPlans {

    private static final Path RESULT = Path.of("bench/results/plan-ratings.md");

    private RatingPlans() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("usage: RatingPlans FOLDER-OF-DATA CASE..., of ml-100k and synthetic");
        }
        PlanTable table = new PlanTable("MSE", "MSE", 1);
        try (ScratchFolder scratch = ScratchFolder.create("longtail-plan-")) {
            for (String name : List.of(arguments).subList(1, arguments.length)) {
                List<String> data = data(name, Path.of(arguments[0]), scratch.path());
                for (String solver : List.of("steps", "variational")) {
                    table.measure(name + " " + solver, options(data, solver), scratch.path());
                }
            }
        }
        String command = "java -cp \"bench/target/classes:bench/target/lib/*\" dev.longtail.bench.RatingPlans "
                + String.join(" ", arguments);
        String header =
                Provenance.header("Plans and runs of ratings", command, WholeRun.kernels(), Provenance.machine());
        Files.writeString(RESULT, header + about() + table, StandardCharsets.UTF_8);
    }

    private static String about() {
        return "ml-100k: u1.base, 20 epochs, none left out. synthetic: 8,000,000 made-up ratings of 150,000 users and"
                + " 25,000 items, 3 epochs. Each by both solvers, dimension 16; the epoch with the lowest MSE is"
                + " kept.\n\n";
    }

    private static List<String> data(String name, Path data, Path scratch) throws IOException {
        return switch (name) {
            case "ml-100k" -> List.of(data.resolve("ml-100k/u1.base.gz").toString(), "20");
            case "synthetic" -> List.of(synthetic(scratch).toString(), "3");
            default -> throw new IllegalArgumentException("unknown case " + name);
        };
    }

    /** @param data file and number of epochs */
    private static List<String> options(List<String> data, String solver) {
        String epochs = data.get(1);
        return List.of(
                "--task",
                "rate",
                "--train",
                data.get(0),
                "--max-epochs",
                epochs,
                "--set",
                "patience=" + epochs,
                "--set",
                "solver=" + solver);
    }

    private static Path synthetic(Path scratch) throws IOException {
        Path file = scratch.resolve("synthetic.csv");
        try (Workers workers = new Workers(2);
                BufferedWriter out = Files.newBufferedWriter(file)) {
            RatingSet drawn = new SyntheticRatings(150_000, 25_000, 8_000_000, 5, 2, 0.8f, 1).draw(workers);
            out.write("user,item,rating\n");
            for (int i = 0; i < drawn.size(); i++) {
                out.write(drawn.user(i) + "," + drawn.item(i) + "," + drawn.rating(i) + "\n");
            }
        }
        return file;
    }
}
