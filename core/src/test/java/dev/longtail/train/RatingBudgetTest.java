package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.RatingModel;
import dev.longtail.model.TableFacts;
import dev.longtail.nonparametric.PlantedConfig;
import dev.longtail.nonparametric.PlantedTable;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingSet;
import dev.longtail.table.AnchorTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of anchors that training learns: users are made of planted anchors, items of nothing in particular. */
class RatingBudgetTest {

    private static final int USERS = 150;
    private static final int ITEMS = 60;
    private static final int DIMENSION = 8;
    private static final PlantedTable PLANTED = PlantedTable.of(new PlantedConfig(USERS, DIMENSION, 0.8, 1, 9));

    @TempDir
    Path folder;

    private static RatingConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "optimizer.kind", "adagrad",
                "optimizer.learningRate", "0.2",
                "batch", "64",
                "l2", "0.01",
                "model.biases", "false",
                "model.clip", "false",
                "nonparametric.learned", "true",
                "model.users.kind", "anchors",
                "lambda1", "0.01"));
        values.put("model.users.anchors.penalty.metric", "coordinate");
        values.put("model.users.anchors.penalty.l1", "0.003");
        for (String side : List.of("model.users.", "model.items.")) {
            values.put(side + "dimension", "" + DIMENSION);
            values.put(side + "initialScale", "1");
        }
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(RatingConfig.DEFAULT, values);
    }

    private static RatingModel model(RatingConfig config) {
        return new RatingModel(config.model(), Ids.numbered(new int[USERS]), new Items(Ids.numbered(new int[ITEMS])));
    }

    private static RatingSet ratings(int size, long seed) {
        Random truth = new Random(9);
        float[][] items = new float[ITEMS][DIMENSION];
        for (float[] item : items) {
            for (int j = 0; j < DIMENSION; j++) {
                item[j] = (float) truth.nextGaussian() / 3;
            }
        }
        Random random = new Random(seed);
        int[] users = random.ints(size, 0, USERS).toArray();
        int[] rated = random.ints(size, 0, ITEMS).toArray();
        float[] ratings = new float[size];
        float[] user = new float[DIMENSION];
        for (int i = 0; i < size; i++) {
            PLANTED.row(users[i], user);
            ratings[i] = 0.1f * (float) random.nextGaussian();
            for (int j = 0; j < DIMENSION; j++) {
                ratings[i] += user[j] * items[rated[i]][j];
            }
        }
        return RatingSet.of(users, rated, ratings);
    }

    private static final RatingSet TRAIN = ratings(5000, 1);
    private static final RatingSet HELD_OUT = ratings(800, 2);

    private List<RatingEpochReport> train(RatingModel model, RatingConfig config, int threads) throws IOException {
        try (Workers workers = new Workers(threads)) {
            return new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .train(model, TRAIN, Optional.of(HELD_OUT));
        }
    }

    private static List<Integer> course(List<RatingEpochReport> reports) {
        return reports.stream().map(report -> report.users().anchors()).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 25})
    void thePlantedNumberIsFound(int start) throws IOException {
        RatingConfig config =
                config("budget.start=" + start, "maxEpochs=100", "patience=100", "users.anchors.count=" + start);
        RatingModel model = model(config);
        List<RatingEpochReport> reports = train(model, config, 2);
        // of the seven planted anchors five have more than two users
        assertThat(PLANTED.anchorCount()).isEqualTo(7);
        int found = TableFacts.of(model.userTable()).anchors();
        assertThat(found).isBetween(5, 7);
        RatingEpochReport best = RatingEpochReport.bestOf(reports);
        assertThat(found).isEqualTo(best.users().anchors());
        assertThat(best.validation().orElseThrow().mse()).isLessThan(0.15);
        List<Integer> end = course(reports).subList(80, 100);
        assertThat(end).allMatch(k -> Math.abs(k - found) <= 2);
    }

    @Test
    void theBestEpochHasTheLowestObjectiveAndItsNumberOfAnchors() throws IOException {
        RatingConfig config =
                config("maxEpochs=12", "patience=12", "lambda1=0.3", "budget.start=2", "budget.rule=paper");
        RatingModel model = model(config);
        List<RatingEpochReport> reports = train(model, config, 1);
        RatingEpochReport best = RatingEpochReport.bestOf(reports);
        for (RatingEpochReport report : reports) {
            double cost = 1e-6 * report.users().nonZeros()
                    + (0.3 - 1e-6) * report.users().anchors();
            double objective = report.validation().orElseThrow().mse() + cost;
            assertThat(report.objective().orElseThrow()).isCloseTo(objective, within(1e-9));
            assertThat(best.objective().orElseThrow()).isLessThan(objective + 1e-9);
        }
        try (Workers workers = new Workers(1)) {
            assertThat(new RatingEvaluation(model, workers).measure(HELD_OUT).mse())
                    .isEqualTo(best.validation().orElseThrow().mse());
        }
        assertThat(TableFacts.of(model.userTable())).isEqualTo(best.users());
        double lowest = reports.stream()
                .mapToDouble(report -> report.validation().orElseThrow().mse())
                .min()
                .orElseThrow();
        assertThat(best.validation().orElseThrow().mse())
                .as("not the lowest MSE")
                .isGreaterThan(lowest);
    }

    @Test
    void theSameBitsForAnyNumberOfThreads() throws IOException {
        RatingConfig config = config("maxEpochs=15", "budget.start=4", "budget.rule=paper");
        List<List<ByteBuffer>> all = new ArrayList<>();
        List<List<Integer>> courses = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3}) {
            RatingModel model = model(config);
            courses.add(course(train(model, config, threads)));
            all.add(bytes(model));
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(courses).containsOnly(courses.get(0));
        assertThat(courses.get(0)).startsWith(4, 5, 6);
    }

    private static List<ByteBuffer> bytes(RatingModel model) {
        List<ByteBuffer> all = new ArrayList<>();
        for (Tensor tensor : model.all()) {
            for (Object page : TensorPages.of(tensor)) {
                ByteBuffer buffer = ByteBuffer.allocate(TensorPages.length(page) * TensorPages.numberBytes(tensor));
                TensorPages.put(page, 0, TensorPages.length(page), buffer);
                all.add(buffer);
            }
        }
        return all;
    }

    @Test
    void tiedTablesGoTogetherAndIndependentOnesDoNot() throws IOException {
        RatingConfig tied = config("model.items.kind=anchors", "maxEpochs=40", "patience=40");
        for (RatingEpochReport report : train(model(tied), tied, 1)) {
            assertThat(report.items().anchors()).isEqualTo(report.users().anchors());
        }
        RatingConfig independent = config(
                "model.items.kind=anchors",
                "maxEpochs=40",
                "patience=40",
                "budget.sharing=independent",
                "budget.rule=paper",
                "lambda2=0.002");
        assertThat(train(model(independent), independent, 1))
                .anyMatch(report -> report.items().anchors() != report.users().anchors());
    }

    @Test
    void thePapersAnchorsGoFromTheEnd() throws IOException {
        for (String leaving : List.of("last", "weakest")) {
            RatingConfig config = config("nonparametric.leaving=" + leaving, "maxEpochs=1", "users.anchors.count=10");
            RatingModel model = model(config);
            RatingBudget budget = new RatingBudget(config.train().nonparametric());
            budget.begin(model);
            model.initialise(TRAIN, 1);
            AnchorTable table = (AnchorTable) model.userTable();
            float[][] before = anchors(table);
            budget.change(1, model);
            budget.change(1, model);
            assertThat(table.count()).isEqualTo(9);
            boolean same = Arrays.deepEquals(anchors(table), Arrays.copyOf(before, 9));
            assertThat(same).isEqualTo(leaving.equals("last"));
        }
    }

    private static float[][] anchors(AnchorTable table) {
        float[][] anchors = new float[table.count()][DIMENSION];
        for (int k = 0; k < anchors.length; k++) {
            table.anchor(k, anchors[k]);
        }
        return anchors;
    }

    /** An anchor that goes after one epoch and comes back after another: as it was, links as well. */
    @Test
    void whatComesBackInATrainingIsAsItWas() throws IOException {
        RatingConfig config = config("maxEpochs=5", "users.anchors.count=6");
        RatingModel model = model(config);
        AnchorTable table = (AnchorTable) model.userTable();
        List<float[]> kept = new ArrayList<>();
        List<float[]> back = new ArrayList<>();
        RatingAdaptation adaptation = (report, changed) -> {
            if (report.epoch() == 2) {
                kept.addAll(numbers(table, 5));
                table.resize(5);
            } else if (report.epoch() == 4) {
                table.resize(6);
                back.addAll(numbers(table, 5));
            } else if (report.epoch() == 3) {
                kept.addAll(numbers(table, 0));
            }
        };
        try (Workers workers = new Workers(1)) {
            new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .adapting(adaptation)
                    .train(model, TRAIN, Optional.of(HELD_OUT));
        }
        assertThat(back.get(0)).isEqualTo(kept.get(0));
        assertThat(back.get(1)).isEqualTo(kept.get(1));
        assertThat(numbers(table, 0).get(0)).as("others learn").isNotEqualTo(kept.get(2));
    }

    /** An anchor, and all links to it. */
    private static List<float[]> numbers(AnchorTable table, int anchor) {
        float[] values = new float[DIMENSION];
        table.anchor(anchor, values);
        float[] links = new float[USERS];
        for (int row = 0; row < USERS; row++) {
            float[] read = new float[table.count()];
            table.transform().addRow(row, 1, read, 0);
            links[row] = read[anchor];
        }
        return List.of(values, links);
    }

    /** The same ratings and numbers make the same model, without a validation part. */
    @Test
    void aRunCanBeRepeatedWithoutValidation() throws IOException {
        RatingConfig config =
                config("maxEpochs=8", "patience=8", "budget.start=8", "lambda1=0.5", "budget.tolerance=9");
        RatingModel first = model(config);
        List<RatingEpochReport> epochs = train(first, config, 1);
        assertThat(course(epochs)).startsWith(8, 8, 7).endsWith(2);
        assertThat(RatingEpochReport.bestOf(epochs).epoch()).isEqualTo(8);
        RatingModel second = model(config);
        try (Workers workers = new Workers(1)) {
            new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .adapting(new RatingRepetition(
                            epochs, config.train().nonparametric().leaving()))
                    .train(second, TRAIN, Optional.empty());
        }
        assertThat(bytes(second)).isEqualTo(bytes(first));
    }

    @Test
    void halfTheSquaredErrorCanBeTheLoss() {
        RatingBudgetConfig half = config("nonparametric.loss=half-mse").train().nonparametric();
        assertThat(half.objective(0.8, 1000, 10)).isCloseTo(0.4 + 1e-3 + 10 * (0.01 - 1e-6), within(1e-12));
    }

    @Test
    void whatCannotBeDoneIsTold() {
        assertThat(RatingConfig.DEFAULT.train().nonparametric().learned()).isFalse();
        assertThatThrownBy(() -> config("model.users.kind=dense"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whose number of anchors is to be learned, must be anchors, got DENSE and DENSE");
        RatingConfig dense = config("model.users.kind=dense", "nonparametric.learned=false");
        assertThatThrownBy(() -> new RatingBudget(RatingBudgetConfig.DEFAULT).begin(model(dense)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be of kind anchors, got DENSE and DENSE");
        RatingConfig config = config();
        try (Workers workers = new Workers(1)) {
            RatingTrainer trainer = new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder);
            assertThatThrownBy(() -> trainer.train(model(config), TRAIN, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must be at least one rating")
                    .hasMessageContaining("set validationFraction above 0");
        }
    }
}
