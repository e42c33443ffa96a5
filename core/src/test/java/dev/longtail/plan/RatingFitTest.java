package dev.longtail.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longtail.config.Settings;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.format.RatingProvenance;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.plan.FittedPlan.Change;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingEpochReport;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of rating models that fit a budget. */
final class RatingFitTest {

    private static final Workers WORKERS = new Workers(2);
    private static final RatingData LARGE = data(120_000, 40_000, 200_000);
    private static final RatingData SMALL = data(900, 400, 20_000);

    @TempDir
    private Path folder;

    @AfterAll
    static void end() {
        WORKERS.close();
    }

    private static RatingData data(int users, int items, int ratings) {
        SyntheticRatings shape = new SyntheticRatings(users, items, ratings, 5, 2, 0.8f, 1);
        RatingSet set = shape.draw(WORKERS);
        return RatingData.of(
                set,
                Optional.empty(),
                Ids.numbered(shape.userCounts(set)),
                new Items(Ids.numbered(shape.itemCounts(set))),
                1);
    }

    private static RatingConfig config(String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String setting : settings) {
            int at = setting.indexOf('=');
            values.put(setting.substring(0, at), setting.substring(at + 1));
        }
        return Settings.override(RatingConfig.DEFAULT, values);
    }

    private FittedPlan<RatingPlan> fit(
            RatingConfig start, Set<String> held, Budget budget, RatingData data, boolean timed)
            throws IOException, NothingFitsException {
        return new RatingPlanner(
                        new Cost(2, 1),
                        new JavaMachine(1L << 32),
                        WORKERS,
                        new Planner.Tools(new Cost.Clock(System::nanoTime), folder, timed))
                .fit(start, held, budget, data, RatingShape.of(data, start.data(), false));
    }

    private FittedPlan<RatingPlan> fit(RatingConfig start, Set<String> held, Budget budget)
            throws IOException, NothingFitsException {
        return fit(start, held, budget, LARGE, false);
    }

    private static Budget memory(long bytes) {
        return new Budget(bytes, Budget.NONE.modelBytes(), Budget.NONE.seconds());
    }

    private static Budget model(long bytes) {
        return new Budget(Budget.NONE.memoryBytes(), bytes, Budget.NONE.seconds());
    }

    private static Budget seconds(double seconds) {
        return new Budget(Budget.NONE.memoryBytes(), Budget.NONE.modelBytes(), seconds);
    }

    /** The least memory that any settings but those that are held need. */
    private long floor(RatingConfig start, Set<String> held) {
        NothingFitsException failure =
                catchThrowableOfType(NothingFitsException.class, () -> fit(start, held, memory(1)));
        return failure.smallest().memoryBytes();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.kind=yogi",
                "optimizer.kind=adagrad",
                "solver=variational",
                "model.users.kind=anchors",
                "model.users.kind=hashed"
            })
    void memoryIsBroughtBelowTheLimitAndMoreIsGivenUpForLess(String setting) throws Exception {
        RatingConfig start = config(setting);
        long all = fit(start, Set.of(), Budget.NONE).plan().leastMemory();
        assertThat(fit(start, Set.of(), memory(all)).changes()).isEmpty();
        long floor = floor(start, Set.of());
        assertThat(floor).isLessThan(all);
        long before = all;
        for (double share : new double[] {0.9, 0.5, 0.1}) {
            long limit = floor + Math.round(share * (all - floor));
            FittedPlan<RatingPlan> fitted = fit(start, Set.of(), memory(limit));
            assertThat(fitted.plan().leastMemory()).isLessThanOrEqualTo(limit).isLessThan(before);
            assertThat(fitted.changes()).isNotEmpty();
            assertThat(fitted.plan().config().model().users().kind())
                    .isEqualTo(start.model().users().kind());
            assertThat(fitted.plan().config().train().solver())
                    .isEqualTo(start.train().solver());
            before = limit;
        }
    }

    @Test
    void whereNothingFitsTheSmallestBudgetIsNamedAndFits() throws Exception {
        for (RatingConfig start : List.of(config(), config("solver=variational"), config("items.kind=anchors"))) {
            for (Set<String> held : List.<Set<String>>of(Set.of(), Set.of("model.items.dimension"))) {
                long smallest = floor(start, held);
                FittedPlan<RatingPlan> fitted = fit(start, held, memory(smallest));
                assertThat(fitted.plan().leastMemory()).isLessThanOrEqualTo(smallest);
            }
        }
        NothingFitsException failure =
                catchThrowableOfType(NothingFitsException.class, () -> fit(config(), Set.of(), model(1000)));
        assertThat(failure.smallest().memoryBytes()).isEqualTo(Budget.NONE.memoryBytes());
        long bytes = failure.smallest().modelBytes();
        assertThat(fit(config(), Set.of(), model(bytes)).plan().modelBytes()).isLessThan(bytes);
    }

    @Test
    void whatIsHeldStaysAndVectorsKeepOneLength() throws Exception {
        long limit = fit(config(), Set.of(), Budget.NONE).plan().leastMemory() * 9 / 10;
        FittedPlan<RatingPlan> free = fit(config(), Set.of("train.optimizer.kind"), memory(limit));
        assertThat(free.changes())
                .extracting(Change::path)
                .contains("model.users.dimension", "model.items.dimension")
                .doesNotContain("train.optimizer.kind");
        // the one cannot change without the other
        Set<String> held = Set.of("model.items.dimension");
        FittedPlan<RatingPlan> fitted = fit(config(), held, memory(floor(config(), held)));
        assertThat(fitted.plan().config().model().dimension()).isEqualTo(16);
        // nor a rule without the step that is best for it
        Set<String> step = Set.of("train.optimizer.learningRate", "model.users.dimension");
        assertThat(fit(config(), step, memory(floor(config(), step))).changes())
                .extracting(Change::path)
                .doesNotContain("train.optimizer.kind", "model.items.dimension");
    }

    @Test
    void whatUsersHaveRatedGoesLast() throws Exception {
        RatingPlan all = fit(config(), Set.of(), Budget.NONE).plan();
        RatingConfig some =
                fit(config(), Set.of(), model(all.modelBytes() * 3 / 4)).plan().config();
        assertThat(some.data().keepSeen()).isTrue();
        assertThat(some.model().dimension()).isLessThan(16);
        NothingFitsException failure =
                catchThrowableOfType(NothingFitsException.class, () -> fit(config(), Set.of(), model(1)));
        RatingConfig least = fit(config(), Set.of(), failure.smallest()).plan().config();
        assertThat(least.data().keepSeen()).isFalse();
        assertThat(least.model().dimension()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind=dense", "kind=anchors"})
    void aTrainedModelHasTheSizeThatWasAskedFor(String kind) throws Exception {
        RatingConfig start = config("maxEpochs=3", "model.users." + kind, "model.items." + kind);
        Set<String> held = Set.of("train.maxEpochs");
        long all = fit(start, held, Budget.NONE, SMALL, true).plan().modelBytes();
        long limit = all * 2 / 3;
        FittedPlan<RatingPlan> fitted = fit(start, held, model(limit), SMALL, false);
        assertThat(fitted.changes()).isNotEmpty();
        RatingConfig config = fitted.plan().config();
        RatingModel trained = config.newModel(SMALL);
        List<RatingEpochReport> epochs = new RatingTrainer(config.train(), WORKERS, RatingListener.SILENT, folder)
                .train(trained, SMALL.train(), Optional.empty());
        Path written = folder.resolve("model");
        RatingModelFolder.write(written, trained, config, RatingProvenance.of(SMALL, epochs), false);
        try (Stream<Path> files = Files.list(written)) {
            long seen = fitted.plan().model().seen(); // is not written here
            assertThat(files.mapToLong(file -> file.toFile().length()).sum() + seen)
                    .isLessThanOrEqualTo(limit);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"solver=steps", "solver=variational"})
    void epochsAreGivenUpForTime(String solver) throws Exception {
        RatingConfig start = config("maxEpochs=100000", solver);
        double all = fit(start, Set.of(), Budget.NONE, SMALL, true)
                .plan()
                .time()
                .total()
                .seconds();
        FittedPlan<RatingPlan> fitted = fit(start, Set.of(), seconds(all / 4), SMALL, true);
        assertThat(fitted.plan().time().total().seconds()).isLessThan(all / 4);
        assertThat(fitted.plan().config().train().maxEpochs()).isLessThan(100_000);
        // a file is read and Java started however little is learned
        NothingFitsException failure =
                catchThrowableOfType(NothingFitsException.class, () -> fit(start, Set.of(), seconds(0.1), SMALL, true));
        assertThat(failure.smallest().seconds()).isBetween(1.5, 60.0);
    }

    @Test
    void shapesTellTheSizesThatATrialShows() throws Exception {
        for (RatingConfig config : List.of(
                config(), config("model.items.kind=hashed", "items.buckets=300"), config("solver=variational"))) {
            RatingPlan known = fit(config, Set.of(), Budget.NONE, SMALL, false).plan();
            RatingPlan tried = fit(config, Set.of(), Budget.NONE, SMALL, true).plan();
            assertThat(known.model()).isEqualTo(tried.model());
            assertThat((double) known.leastMemory() / tried.leastMemory()).isBetween(0.999, 1.001);
            assertThat(known.checkpointBytes() / (double) tried.checkpointBytes())
                    .isBetween(0.95, 1.05);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "hashed", "mixed", "anchors"})
    void everyConcessionEndsAndLeavesValidSettings(String kind) {
        RatingConfig start = config("model.users.kind=" + kind, "model.items.kind=" + kind);
        for (Concession<RatingConfig> concession : RatingConcessions.all()) {
            RatingConfig config = start;
            int steps = 0;
            while (concession.applies().test(config)) {
                Optional<Map<String, String>> changes = concession.next().apply(config);
                if (changes.isEmpty()) {
                    break;
                }
                RatingConfig next = Settings.override(config, changes.get());
                assertThat(next).as(concession.path()).isNotEqualTo(config);
                config = next;
                assertThat(++steps).as(concession.path()).isLessThan(100);
            }
        }
    }

    @Test
    void sizesThatAreNotKnownBeforeAreRefused() {
        RatingConfig learned = config("model.users.kind=anchors", "nonparametric.learned=true");
        assertThatThrownBy(() -> fit(learned, Set.of(), memory(1L << 30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("train.nonparametric.learned, where a run is planned, must be false");
    }
}
