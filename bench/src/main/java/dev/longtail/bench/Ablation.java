package dev.longtail.bench;

import dev.longtail.bench.ablation.Cell;
import dev.longtail.bench.ablation.CellRun;
import dev.longtail.bench.ablation.DataSets;
import dev.longtail.bench.ablation.Grid;
import dev.longtail.bench.ablation.Grids;
import dev.longtail.bench.ablation.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Question: what does each part of the method bring and cost? Runs the cells of a grid ({@link Grids}) as processes of
 * the command, one after the other, and adds each result to {@code bench/results/ablation-DATA-GRID.jsonl} as soon as
 * it is there; started again, it goes on where it stopped. {@link AblationReport} makes tables and figures of them.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.Ablation DATA GRID
 *       [--documents 120000] [--epochs N] [--seeds 1,2,3] [--cells A,B] [--whole] [--scratch DIR] [--results DIR]
 * </pre>
 *
 * <p>DATA is a folder with files train, validate, test (and labels), or {@code synthetic:100000} for a generated set of
 * so many labels; a grid whose cells name their own sets is started with {@code synthetic}. Grids learn from the first
 * documents and are measured on the validation part; {@code --whole} learns from all and measures on the test part.
 * Names of cells are the values of their headings, {@code 128/on}.
 */
public final class Ablation {

    private static final String USAGE = "usage: Ablation DATA GRID [--documents N] [--epochs N] [--seeds 1,2,3]"
            + " [--cells A,B] [--whole] [--scratch DIR] [--results DIR]";

    private final String data;
    private final Grid grid;
    private int documents = 120_000;
    private int epochs;
    private List<Long> seeds;
    private List<String> cells = List.of();
    private boolean whole;
    private Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "longtail-ablation");
    private Path folder = Path.of("bench", "results");

    private Ablation(List<String> words) {
        if (words.size() < 2) {
            throw new IllegalArgumentException(USAGE);
        }
        data = words.get(0);
        grid = Grids.named(words.get(1));
        epochs = grid.epochs();
        seeds = grid.seeds();
        for (int i = 2; i < words.size(); i++) {
            i += option(words.get(i), i + 1 < words.size() ? words.get(i + 1) : "");
        }
    }

    /** Takes an option and returns how many words its value has. */
    private int option(String name, String value) {
        switch (name) {
            case "--documents" -> documents = Integer.parseInt(value);
            case "--epochs" -> epochs = Integer.parseInt(value);
            case "--seeds" ->
                seeds = Arrays.stream(value.split(",")).map(Long::valueOf).toList();
            case "--cells" -> cells = List.of(value.split(","));
            case "--scratch" -> scratch = Path.of(value);
            case "--results" -> folder = Path.of(value);
            case "--whole" -> whole = true;
            default -> throw new IllegalArgumentException("unknown option " + name + "; " + USAGE);
        }
        return name.equals("--whole") ? 0 : 1;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Ablation(List.of(arguments)).run();
    }

    private void run() throws IOException, InterruptedException {
        Results results = new Results(folder, DataSets.name(data), grid.name());
        List<Cell> wanted = grid.cells(cells);
        ObjectNode program = CellRun.program(Provenance.commit());
        List<String> failed = new ArrayList<>();
        int all = wanted.size() * seeds.size();
        int number = 0;
        // Seed after seed: a grid that is stopped early has all its cells rather than a few of them well measured.
        for (long seed : seeds) {
            for (Cell cell : wanted) {
                CellRun run = new CellRun(cell, data, whole && !isGenerated(cell) ? 0 : documents, epochs, seed, whole);
                System.err.println("-- " + ++number + " of " + all + ": " + cell.name() + ", seed " + seed);
                if (!finish(run, program, results)) {
                    failed.add(cell.name() + " with seed " + seed);
                }
            }
        }
        if (!failed.isEmpty()) {
            throw new IOException(
                    "failed: " + String.join("; ", failed) + "; the others are done, start again for these");
        }
    }

    private boolean isGenerated(Cell cell) {
        return cell.data().startsWith(DataSets.SYNTHETIC) || data.startsWith(DataSets.SYNTHETIC);
    }

    private boolean finish(CellRun run, ObjectNode program, Results results) throws IOException, InterruptedException {
        if (results.has(run)) {
            System.err.println("   is done");
            return true;
        }
        Optional<ObjectNode> twin = results.twin(run);
        if (twin.isPresent()) {
            System.err.println(
                    "   is the same as a run of grid " + twin.get().path("grid").asString(""));
            results.add(run.describe(twin.get(), grid.name()));
            return true;
        }
        try (ScratchFolder model = ScratchFolder.in(Files.createDirectories(scratch), "cell-")) {
            results.add(run.run(grid.name(), program, new DataSets(scratch), model.path()));
            return true;
        } catch (IOException e) {
            System.err.println("   failed: " + e.getMessage());
            return false;
        }
    }
}
