package dev.longtail.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.topology.RewireConfig.Policy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy keeps, and which slots fall under which rule. */
class RewiringTest {

    private static final RewireConfig EVERY_TEN =
            RewireConfig.DEFAULT.withSchedule(10, 1).withGrowth(GrowthConfig.DEFAULT.withCandidates(5, 4));

    private static LayerTopology topology(RewireConfig config, TopologyFixture fixture) {
        return config.topology(fixture.layer).orElseThrow();
    }

    static Stream<Arguments> moving() {
        return Stream.of(Policy.SET, Policy.RIGL, Policy.DST_EE, Policy.MOMENTUM)
                .flatMap(policy -> Stream.of(GrowthConfig.Source.values())
                        .flatMap(source -> Stream.of(1, 4).map(group -> Arguments.of(policy, source, group))));
    }

    @ParameterizedTest
    @MethodSource("moving")
    void fanInAndDistinctInputsAreKeptAndTheCountIsRight(Policy policy, GrowthConfig.Source source, int group) {
        TopologyFixture fixture = new TopologyFixture(42, 24, 8, group);
        RewireConfig config =
                EVERY_TEN.withPolicy(policy).withGrowth(EVERY_TEN.growth().withSource(source));
        int[][][] before = fixture.connections();
        double[][][] magnitudes = fixture.magnitudes();

        long moved = fixture.observeAndRewire(topology(config, fixture), 1, 10, 2);

        int[][][] after = fixture.connections();
        long changed = 0;
        for (int shard = 0; shard < 2; shard++) {
            for (int row = 0; row < after[shard].length; row++) {
                Set<Integer> old = new HashSet<>();
                for (int input : before[shard][row]) {
                    old.add(input);
                }
                assertThat(Arrays.stream(after[shard][row]).distinct().count()).isEqualTo(8);
                assertThat(Arrays.stream(after[shard][row]).max().orElseThrow()).isLessThan(24);
                double weakestKept = Double.MAX_VALUE;
                double strongestMoved = 0;
                for (int slot = 0; slot < 8; slot++) {
                    boolean moves = before[shard][row][slot] != after[shard][row][slot];
                    changed += moves ? 1 : 0;
                    if (moves) {
                        assertThat(old).as("inputs held before").doesNotContain(after[shard][row][slot]);
                        strongestMoved = Math.max(strongestMoved, magnitudes[shard][row][slot]);
                    } else {
                        weakestKept = Math.min(weakestKept, magnitudes[shard][row][slot]);
                    }
                    assertWeights(fixture, shard, row, slot, moves);
                }
                assertThat(strongestMoved).isLessThan(weakestKept);
            }
        }
        // 0.2 * 8 = 1.6: one slot of each row, or shared over the layer floor(0.2 * 8 * rows)
        long expected = policy == Policy.MOMENTUM ? (long) (0.2 * 8 * fixture.indexRows()) : fixture.indexRows();
        assertThat(moved).isEqualTo(changed).isEqualTo(expected);
    }

    private static void assertWeights(TopologyFixture fixture, int shard, int row, int slot, boolean moves) {
        FixedFanIn rows = fixture.rows(shard);
        for (int label = rows.firstLabel(row); label < rows.firstLabel(row + 1); label++) {
            int place = label * rows.width() + slot;
            assertThat(rows.weights().at(place) == 0).isEqualTo(moves);
            assertThat(fixture.states.get(shard).fresh()[place]).isEqualTo(moves);
        }
    }

    @ParameterizedTest
    @MethodSource("moving")
    void theSameSeedMovesTheSameWayForAnyNumberOfWorkers(Policy policy, GrowthConfig.Source source, int group) {
        RewireConfig config =
                EVERY_TEN.withPolicy(policy).withGrowth(EVERY_TEN.growth().withSource(source));
        TopologyFixture one = new TopologyFixture(42, 24, 8, group);
        TopologyFixture two = new TopologyFixture(42, 24, 8, group);
        LayerTopology first = topology(config, one);
        LayerTopology second = topology(config, two);
        for (int end = 10; end <= 30; end += 10) {
            long moved = one.observeAndRewire(first, end - 9, end, 1);
            assertThat(two.observeAndRewire(second, end - 9, end, 2)).isEqualTo(moved);
            assertThat(two.connections()).isDeepEqualTo(one.connections());
        }
        assertThat(one.connections()).as("moved").isNotEqualTo(new TopologyFixture(42, 24, 8, group).connections());
    }

    /** The default as it is defined, slot by slot, with sets: the bits of a run depend on it. */
    @Test
    void byDefaultEachPrunedSlotTakesTheNextInputOfTheRowsStreamThatIsNew() {
        TopologyFixture fixture = new TopologyFixture(42, 24, 8, 1);
        int[][][] expected = fixture.connections();
        double[][][] magnitudes = fixture.magnitudes();
        int index = 0;
        for (int shard = 0; shard < 2; shard++) {
            for (int row = 0; row < expected[shard].length; row++, index++) {
                double[] sorted = magnitudes[shard][row].clone();
                Arrays.sort(sorted);
                Set<Integer> taken = new HashSet<>();
                for (int input : expected[shard][row]) {
                    taken.add(input);
                }
                SplittableRandom random = RandomStream.of(TopologyFixture.SEED, 10, index);
                for (int slot = 0; slot < 8; slot++) {
                    if (magnitudes[shard][row][slot] <= sorted[3]) {
                        int drawn = random.nextInt(24);
                        while (!taken.add(drawn)) {
                            drawn = random.nextInt(24);
                        }
                        expected[shard][row][slot] = drawn;
                    }
                }
            }
        }
        fixture.observeAndRewire(topology(EVERY_TEN.withPrune(PruneConfig.fraction(0.5f)), fixture), 1, 10, 2);
        assertThat(fixture.connections()).isDeepEqualTo(expected);
    }

    @Test
    void exactlyTheWantedNumberMovesAmongEqualWeights() {
        TopologyFixture fixture = new TopologyFixture(50, 40, 16, 1);
        for (int shard = 0; shard < 2; shard++) {
            for (int place = 0; place < fixture.rows(shard).weights().size(); place++) {
                fixture.rows(shard).weights().set(place, 0);
            }
        }
        LayerTopology topology = topology(EVERY_TEN.withPrune(PruneConfig.fraction(0.25f)), fixture);
        assertThat(fixture.observeAndRewire(topology, 10, 10, 1)).isEqualTo(50 * 4);
    }

    @Test
    void underAThresholdEverySlotBelowItMovesAndOnlyThose() {
        TopologyFixture fixture = new TopologyFixture(50, 40, 16, 2);
        RewireConfig config = EVERY_TEN.withPrune(PruneConfig.threshold(0.1f)).withResetState(false);
        double threshold = 1e-4 + (0.1 - 1e-4) * (1 + Math.cos(Math.PI * 10 / 1000)) / 2;
        double[][][] magnitudes = fixture.magnitudes();
        int[][][] before = fixture.connections();

        long moved = fixture.observeAndRewire(topology(config, fixture), 10, 10, 2);

        int[][][] after = fixture.connections();
        long below = 0;
        for (int shard = 0; shard < 2; shard++) {
            for (int row = 0; row < after[shard].length; row++) {
                for (int slot = 0; slot < 16; slot++) {
                    boolean falls = magnitudes[shard][row][slot] < threshold;
                    below += falls ? 1 : 0;
                    assertThat(after[shard][row][slot] != before[shard][row][slot])
                            .isEqualTo(falls);
                }
            }
            assertThat(fixture.states.get(shard).fresh()).as("state is kept").containsOnly(false);
        }
        assertThat(moved).isEqualTo(below).isPositive();
    }

    @Test
    void newWeightsMayStartAtRandomWithinTheirBound() {
        TopologyFixture fixture = new TopologyFixture(400, 40, 16, 1);
        int[][][] before = fixture.connections();
        RewireConfig config = EVERY_TEN.withGrowth(GrowthConfig.DEFAULT.withStart(GrowthConfig.Start.RANDOM));
        fixture.observeAndRewire(topology(config, fixture), 10, 10, 2);
        double squares = 0;
        int count = 0;
        for (int row = 0; row < 200; row++) {
            for (int slot = 0; slot < 16; slot++) {
                if (fixture.rows(0).inputOf(row, slot) != before[0][row][slot]) {
                    float weight = fixture.rows(0).weights().at(row * 16 + slot);
                    assertThat(weight).isBetween(-0.25f, 0.25f);
                    squares += weight * weight;
                    count++;
                }
            }
        }
        // uniform in +-1/4: mean square 1/48, its standard error over 600 draws below 4 %
        assertThat(squares / count).isBetween(0.84 / 48, 1.16 / 48);
    }

    @Test
    void moreSlotsThanFreeInputsMoveOnlyAsFarAsInputsAreFree() {
        for (Policy policy : new Policy[] {Policy.SET, Policy.RIGL, Policy.DST_EE, Policy.MOMENTUM}) {
            TopologyFixture fixture = new TopologyFixture(4, 10, 8, 1);
            RewireConfig config = EVERY_TEN.withPolicy(policy).withPrune(PruneConfig.fraction(1));
            assertThat(fixture.observeAndRewire(topology(config, fixture), 1, 10, 1))
                    .isEqualTo(8);
            TopologyFixture full = new TopologyFixture(4, 8, 8, 1);
            assertThat(full.observeAndRewire(topology(config, full), 1, 10, 1)).isZero();
        }
    }

    @Test
    void everyInputIsDrawnAboutEquallyOften() {
        FixedFanIn many = new FixedFanIn(4000, 40, 16);
        int[] drawn = new int[40];
        ConnectionStart.RANDOM.connect(many, 0, 3);
        for (char input : many.indices()) {
            drawn[input]++;
        }
        // expected 4000 * 16 / 40 = 1600, standard deviation below sqrt(4000 * 0.4 * 0.6) = 31
        for (int count : drawn) {
            assertThat(count).isBetween(1600 - 6 * 31, 1600 + 6 * 31);
        }
    }

    @Test
    void theScheduleSaysWhenConnectionsMoveAndAreWatched() {
        RewireSchedule schedule = new RewireSchedule(EVERY_TEN.withSchedule(10, 0.5f), 1000);
        assertThat(schedule.due(500)).isTrue();
        assertThat(schedule.due(505)).isFalse();
        assertThat(schedule.due(510)).as("after the end").isFalse();
        assertThat(schedule.observes(496)).isFalse();
        assertThat(schedule.observes(497)).isTrue();
        assertThat(schedule.observes(500)).isTrue();
        assertThat(schedule.observes(507)).as("no rewire follows").isFalse();
    }

    @Test
    void thresholdAndFractionFallByCosine() {
        RewireConfig config = EVERY_TEN.withSchedule(10, 0.5f).withPrune(PruneConfig.threshold(0.05f));
        RewireSchedule schedule = new RewireSchedule(config, 1000);
        assertThat(schedule.threshold(0)).isEqualTo(0.05f);
        assertThat(schedule.threshold(250)).isEqualTo((0.05f + 1e-4f) / 2); // halfway to the end at step 500
        assertThat(schedule.threshold(500)).isEqualTo(1e-4f);
        assertThat(schedule.fraction(250)).isEqualTo(0.2f);
        PruneConfig cosine = PruneConfig.fraction(0.4f).withDecay(PruneConfig.Decay.COSINE);
        RewireSchedule falling = new RewireSchedule(config.withPrune(cosine), 1000);
        assertThat(falling.fraction(0)).isEqualTo(0.4f);
        assertThat(falling.fraction(250)).isEqualTo(0.2f);
        assertThat(falling.fraction(500)).isZero();
    }

    @Test
    void staticConnectionsStayAndContradictionsAreRefused() {
        TopologyFixture fixture = new TopologyFixture(4, 10, 8, 1);
        assertThat(EVERY_TEN.withPolicy(Policy.STATIC).topology(fixture.layer)).isEmpty();
        assertThatThrownBy(() -> EVERY_TEN.withPolicy(Policy.PATTERN).topology(fixture.layer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output layer");
        assertThatThrownBy(() -> EVERY_TEN.withPrune(PruneConfig.threshold(1)).withPolicy(Policy.MOMENTUM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prune must be rule fraction and scope row");
        for (Map.Entry<String, Runnable> wrong : Map.<String, Runnable>of(
                        "fraction", () -> PruneConfig.fraction(1.5f),
                        "threshold", () -> PruneConfig.threshold(0),
                        "candidates", () -> GrowthConfig.DEFAULT.withCandidates(0, 1),
                        "observe", () -> GrowthConfig.DEFAULT.withCandidates(1, 0),
                        "exploration", () -> GrowthConfig.DEFAULT.withExploration(-1),
                        "block", () -> new PatternConfig(1, 0, 0),
                        "interval", () -> EVERY_TEN.withSchedule(0, 1),
                        "end", () -> EVERY_TEN.withSchedule(1, 2))
                .entrySet()) {
            assertThatThrownBy(wrong.getValue()::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(wrong.getKey() + " must be");
        }
    }

    @Test
    void nothingMovesBetweenRewires() {
        TopologyFixture fixture = new TopologyFixture(4, 10, 8, 1);
        LayerTopology topology = topology(EVERY_TEN, fixture);
        try (Workers workers = new Workers(1)) {
            assertThat(topology.rewire(9, workers)).isZero();
            assertThat(topology.rewire(10, workers)).isEqualTo(4);
        }
    }
}
