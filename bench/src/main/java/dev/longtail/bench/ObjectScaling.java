package dev.longtail.bench;

import dev.longtail.config.Settings;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Question: does an epoch cost more where a table has more objects than the ratings have? The same million ratings of
 * the same ten thousand users and items are learned by tables of 10^4 to 10^7 rows, over which these are spread evenly;
 * all other rows are untouched. {@code touched} shrinks the rows of a batch, {@code all} every row in every step, which
 * untouched rows make up for when they are read.
 *
 * <pre>
 *   java --add-modules jdk.incubator.vector -Xmx16g -Xmn256m -XX:+UseTransparentHugePages
 *       -cp "bench/target/classes:bench/target/lib/*"
 *       dev.longtail.bench.ObjectScaling [MOST]
 * </pre>
 */
public final class ObjectScaling {

    private static final int OCCURRING = 10_000;
    private static final int RATINGS = 1_000_000;
    private static final int EPOCHS = 5;
    private static final List<String> TABLES = List.of("dense", "anchors, touched", "anchors, all");

    private ObjectScaling() {}

    public static void main(String[] arguments) throws IOException {
        int most = arguments.length == 0 ? 10_000_000 : Integer.parseInt(arguments[0]);
        String command = "java --add-modules jdk.incubator.vector -Xmx16g -Xmn256m -XX:+UseTransparentHugePages -cp"
                + " \"bench/target/classes:bench/target/lib/*\""
                + " dev.longtail.bench.ObjectScaling " + String.join(" ", arguments);
        StringBuilder page =
                new StringBuilder(Provenance.header("Epochs against objects", command.strip(), Provenance.machine()));
        page.append(String.format(
                Locale.ROOT,
                "%,d ratings of %,d users and items, dimension 16, batch 1024, Yogi, 8 anchors with all links; seconds"
                        + " of an epoch, median of the last four; for rows all also what follows: rows that no step"
                        + " touched are shrunk as they are due, and counted, once an epoch.%n%n"
                        + "| users and items, each |",
                RATINGS,
                OCCURRING));
        TABLES.forEach(table -> page.append(' ').append(table).append(" |"));
        page.append(" then, to read the model |\n|---|---|---|---|---|\n");
        try (Workers workers = Workers.lookingOut(2)) {
            RatingSet small = new SyntheticRatings(OCCURRING, OCCURRING, RATINGS, 5, 2, 0.8f, 1).draw(workers);
            for (int objects = OCCURRING; objects <= most; objects *= 10) {
                StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "| %,d |", objects));
                for (String table : TABLES) {
                    double[] seconds = seconds(table, spread(small, objects), objects, workers);
                    row.append(String.format(Locale.ROOT, " %.3f |", seconds[0]));
                    if (table.endsWith("all")) {
                        row.append(String.format(Locale.ROOT, " %.3f |", seconds[1]));
                    }
                }
                System.out.println(row);
                page.append(row).append('\n');
            }
        }
        System.out.print(page);
        Files.writeString(Path.of("bench/results/object-scaling.md"), page, StandardCharsets.UTF_8);
    }

    private static RatingSet spread(RatingSet set, int objects) {
        float[] scale = new float[2 * 5];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = (i + 1) / 2f;
        }
        RatingSet.Filling spread = RatingSet.filling(set.size(), objects, objects, scale);
        int apart = objects / OCCURRING;
        for (int i = 0; i < set.size(); i++) {
            spread.set(i, apart * set.user(i), apart * set.item(i), set.rating(i));
        }
        return spread.set(true);
    }

    /** Medians of an epoch and of the time between its end and the start of the next one. */
    private static double[] seconds(String table, RatingSet set, int objects, Workers workers) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("train.maxEpochs", "" + EPOCHS));
        if (!table.equals("dense")) {
            for (String side : List.of("users", "items")) {
                settings.put("model." + side + ".kind", "anchors");
                settings.put("model." + side + ".anchors.count", "8");
                settings.put("model." + side + ".anchors.penalty.rows", table.substring(9));
            }
        }
        RatingConfig config = Settings.override(RatingConfig.DEFAULT, settings);
        Ids ids = Ids.numbered(new int[objects]);
        RatingModel model = new RatingModel(config.model(), ids, new Items(ids));
        Path temporary = Files.createTempDirectory("longtail-objects-");
        Watch watch = new Watch();
        new RatingTrainer(config.train(), workers, watch, temporary).train(model, set, Optional.empty());
        Files.delete(temporary);
        return new double[] {median(watch.epochs), median(watch.between)};
    }

    private static double median(List<Double> all) {
        double[] later =
                all.stream().skip(1).mapToDouble(Double::doubleValue).sorted().toArray();
        return later[later.length / 2];
    }

    /** Takes the times of the epochs, and of what is between them. */
    private static final class Watch implements RatingListener {

        private final List<Double> epochs = new ArrayList<>();
        private final List<Double> between = new ArrayList<>();
        private long before = System.nanoTime();

        @Override
        public void epoch(RatingEpochReport report) {
            long now = System.nanoTime();
            epochs.add(report.seconds());
            between.add((now - before) / 1e9 - report.seconds());
            before = now;
        }
    }
}
