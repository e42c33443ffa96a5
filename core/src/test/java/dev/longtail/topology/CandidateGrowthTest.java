package dev.longtail.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.topology.GrowthConfig.Source;
import dev.longtail.topology.LayerTopology.Observation;
import dev.longtail.topology.RewireConfig.Policy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sampled oracle against the dense gradient, in double precision. */
class CandidateGrowthTest {

    private static final int FROM = 7;
    private static final int TO = 10;

    private static RewireConfig config(Policy policy) {
        return RewireConfig.DEFAULT
                .withSchedule(10, 1)
                .withPolicy(policy)
                .withGrowth(GrowthConfig.DEFAULT.withCandidates(5, 4));
    }

    private static CandidateGrowth observed(RewireConfig config, TopologyFixture fixture, int from, int to) {
        CandidateGrowth growth = new CandidateGrowth(new RewireSchedule(config, 1000), fixture.layer);
        for (int step = from; step <= to; step++) {
            for (int shard = 0; shard < 2; shard++) {
                for (int label = 0; label < fixture.rows(shard).labels(); label++) {
                    growth.observe(shard, label, fixture.observation(step, shard, label));
                }
            }
        }
        return growth;
    }

    private static void assertCandidates(TopologyFixture fixture, CandidateGrowth growth, int shard, int row) {
        Candidates candidates = growth.candidates(shard);
        int[] inputs = IntStream.range(0, candidates.count())
                .map(candidate -> candidates.inputOf(row, candidate))
                .toArray();
        assertThat(Arrays.stream(inputs).distinct().count()).isEqualTo(5);
        for (int slot = 0; slot < fixture.fanIn; slot++) {
            assertThat(inputs).doesNotContain(fixture.rows(shard).inputOf(row, slot));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void accumulatedGradientsAreEntriesOfTheDenseOne(int group) {
        TopologyFixture fixture = new TopologyFixture(18, 24, 8, group);
        CandidateGrowth growth = observed(config(Policy.RIGL), fixture, FROM, TO);
        for (int shard = 0; shard < 2; shard++) {
            FixedFanIn rows = fixture.rows(shard);
            for (int row = 0; row < rows.indexRows(); row++) {
                assertCandidates(fixture, growth, shard, row);
                for (int candidate = 0; candidate < 5; candidate++) {
                    int input = growth.candidates(shard).inputOf(row, candidate);
                    double expected = 0;
                    for (int label = rows.firstLabel(row); label < rows.firstLabel(row + 1); label++) {
                        for (int step = FROM; step <= TO; step++) {
                            double gradient = fixture.gradient(step, shard, label, input);
                            expected += group == 1 ? gradient : Math.abs(gradient);
                        }
                    }
                    assertThat((double) growth.gradients(shard).at(row, candidate))
                            .isCloseTo(expected, within(1e-4));
                }
            }
        }
    }

    @Test
    void theCandidatesOfLargestGradientGrow() {
        TopologyFixture fixture = new TopologyFixture(18, 24, 8, 1);
        RewireConfig config = config(Policy.RIGL).withPrune(PruneConfig.fraction(0.25f));
        CandidateGrowth same = observed(config, fixture, FROM, TO); // draws the same candidates
        int[][][] before = fixture.connections();

        fixture.observeAndRewire(config.topology(fixture.layer).orElseThrow(), 1, TO, 2);

        for (int shard = 0; shard < 2; shard++) {
            int now = shard;
            for (int label = 0; label < fixture.rows(shard).labels(); label++) {
                int row = label;
                List<Integer> best = IntStream.range(0, 5)
                        .mapToObj(candidate -> same.candidates(now).inputOf(row, candidate))
                        .sorted(Comparator.comparing(input -> -Math.abs(fixture.gradient(FROM, TO, now, row, input))))
                        .limit(2)
                        .toList();
                List<Integer> grown = IntStream.range(0, 8)
                        .filter(slot -> fixture.rows(now).inputOf(row, slot) != before[now][row][slot])
                        .mapToObj(slot -> fixture.rows(now).inputOf(row, slot))
                        .toList();
                assertThat(grown).isEqualTo(best);
            }
        }
    }

    @Test
    void smoothedGradientsDecayInStepsWithoutAGradientToo() {
        TopologyFixture fixture = new TopologyFixture(18, 24, 8, 1);
        CandidateGrowth growth = observed(config(Policy.MOMENTUM), fixture, FROM, FROM + 1);
        for (int label = 0; label < 9; label++) {
            growth.observe(1, label, fixture.observation(TO, 1, label));
        }
        for (int shard = 0; shard < 2; shard++) {
            double[] expected = new double[5];
            for (int row = 0; row < 9; row++) {
                double mean = 0;
                for (int candidate = 0; candidate < 5; candidate++) {
                    int input = growth.candidates(shard).inputOf(row, candidate);
                    double smoothed = 0;
                    for (int step = FROM; step <= TO; step++) {
                        boolean seen = step <= FROM + 1 || step == TO && shard == 1;
                        smoothed = 0.9 * smoothed + 0.1 * (seen ? fixture.gradient(step, shard, row, input) : 0);
                    }
                    expected[candidate] = smoothed;
                    mean += Math.abs(smoothed) / 5;
                }
                assertThat((double) growth.momentum(shard, row, TO)).isCloseTo(mean, within(1e-5));
                for (int candidate = 0; candidate < 5; candidate++) {
                    assertThat((double) growth.gradients(shard).at(row, candidate))
                            .isCloseTo(expected[candidate], within(1e-5));
                }
            }
        }
    }

    @Test
    void labelsOfLargeGradientsMoveMoreSlots() {
        TopologyFixture fixture = new TopologyFixture(40, 64, 16, 1); // gradients grow with a label's number
        int[][][] before = fixture.connections();
        long moved = fixture.observeAndRewire(
                config(Policy.MOMENTUM).topology(fixture.layer).orElseThrow(), 1, 10, 2);
        int[][][] after = fixture.connections();
        long[] moves = new long[20];
        for (int row = 0; row < 20; row++) {
            int label = row;
            moves[row] = IntStream.range(0, 16)
                    .filter(slot -> after[0][label][slot] != before[0][label][slot])
                    .count();
        }
        assertThat(moved).isEqualTo(128); // floor(0.2 * 640)
        assertThat(Arrays.stream(moves).max().orElseThrow()).isLessThanOrEqualTo(8);
        assertThat(Arrays.stream(moves, 0, 7).sum())
                .isLessThan(Arrays.stream(moves, 13, 20).sum() / 2);
    }

    /** With no gradient at all, what was held before comes last. */
    @Test
    void explorationPrefersInputsThatWereRarelyHeld() {
        TopologyFixture fixture = new TopologyFixture(4, 24, 8, 1);
        RewireConfig config = config(Policy.DST_EE);
        CandidateGrowth growth = new CandidateGrowth(new RewireSchedule(config, 1000), fixture.layer);
        HeldCounts counts = new HeldCounts(fixture.rows(0));
        for (int times = 0; times < 3; times++) {
            growth.held(0, 1);
            counts.add(1);
        }
        growth.begin(10, 0);
        int[] proposals = new int[5];
        assertThat(growth.propose(10, 0, 1, proposals)).isEqualTo(5);
        int[] held = Arrays.stream(proposals).map(input -> counts.of(1, input)).toArray();
        assertThat(held).isSorted();
        assertThat(held[0]).isLessThan(held[4]);
    }

    @Test
    void gradientOutweighsExplorationWhereItIsLarger() {
        TopologyFixture fixture = new TopologyFixture(18, 24, 8, 1);
        RewireConfig rigl = config(Policy.RIGL);
        RewireConfig none = config(Policy.DST_EE).withGrowth(rigl.growth().withExploration(0));
        CandidateGrowth byGradient = observed(rigl, fixture, FROM, TO);
        CandidateGrowth withoutBonus = observed(none, fixture, FROM, TO);
        CandidateGrowth withBonus = observed(none.withGrowth(rigl.growth().withExploration(100)), fixture, FROM, TO);
        int different = 0;
        for (int row = 0; row < 9; row++) {
            withBonus.held(1, row);
            int[] expected = proposals(byGradient, row);
            assertThat(proposals(withoutBonus, row)).isEqualTo(expected);
            assertThat(Arrays.stream(proposals(withBonus, row)).sorted())
                    .containsExactly(Arrays.stream(expected).sorted().boxed().toArray(Integer[]::new));
            different += Arrays.equals(proposals(withBonus, row), expected) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(4);
    }

    private static int[] proposals(CandidateGrowth growth, int row) {
        int[] proposals = new int[5];
        growth.propose(10, 1, row, proposals);
        return proposals;
    }

    @Test
    void countersCountHeldInputsAndStop() {
        FixedFanIn rows = new FixedFanIn(2, 24, 8);
        ConnectionStart.RANDOM.connect(rows, 0, 1);
        HeldCounts counts = new HeldCounts(rows);
        counts.add(1);
        assertThat(counts.of(1, rows.inputOf(1, 0))).isBetween(1, 8);
        int sum = 0;
        for (int input = 0; input < 24; input++) {
            assertThat(counts.of(0, input)).isZero();
        }
        for (int slot = 0; slot < 8; slot++) {
            sum += counts.of(1, rows.inputOf(1, slot));
        }
        assertThat(sum).as("never too small").isGreaterThanOrEqualTo(8);
        for (int times = 0; times < 300; times++) {
            counts.add(1);
        }
        assertThat(counts.of(1, rows.inputOf(1, 3))).isEqualTo(255);
    }

    /**
     * One input of 48 is large in all examples; a label grows one slot in which it may take it. Uniform growth does so
     * with chance 1/44; the first input offered is it with chance 1 - (47/48)^16 = 0.29, and one of 5 candidates with
     * 5/44.
     */
    @ParameterizedTest
    @CsvSource({"SET, UNIFORM, 0, 4", "SET, POSITIVES, 6, 20", "RIGL, UNIFORM, 0, 12", "RIGL, POSITIVES, 24, 40"})
    void inputsOfPositivesBecomeCandidates(Policy policy, Source source, int least, int most) {
        TopologyFixture fixture = new TopologyFixture(40, 48, 4, 1);
        RewireConfig config = config(policy).withPrune(PruneConfig.fraction(0.25f));
        LayerTopology topology = config.withGrowth(config.growth().withSource(source))
                .topology(fixture.layer)
                .orElseThrow();
        int wanted = 17;
        for (int step = FROM; step <= TO; step++) {
            for (int shard = 0; shard < 2 && topology.observes(step); shard++) {
                for (int label = 0; label < 20; label++) {
                    Observation seen = fixture.observation(step, shard, label);
                    for (int i = 0; i < 48 * 6; i++) {
                        seen.x().values()[seen.x().at(i)] = i / 6 == wanted ? 5 : 1e-3f;
                    }
                    Arrays.fill(seen.targets(), 1);
                    Arrays.fill(seen.dScores(), -1);
                    topology.observe(shard, label, seen);
                }
            }
        }
        int[][][] before = fixture.connections();
        fixture.observeAndRewire(topology, TO + 1, TO, 1); // observes nothing more
        int[][][] after = fixture.connections();
        int without = 0;
        int grown = 0;
        for (int shard = 0; shard < 2; shard++) {
            for (int row = 0; row < 20; row++) {
                boolean had = Arrays.stream(before[shard][row]).anyMatch(input -> input == wanted);
                boolean has = Arrays.stream(after[shard][row]).anyMatch(input -> input == wanted);
                without += had ? 0 : 1;
                grown += !had && has ? 1 : 0;
            }
        }
        assertThat(without).isGreaterThan(30);
        assertThat(grown * 40 / without).isBetween(least, most);
    }

    @Test
    void offeredInputsTakeThePlacesInOrderUnlessTheRowKnowsThem() {
        FixedFanIn rows = new FixedFanIn(2, 24, 4);
        ConnectionStart.RANDOM.connect(rows, 0, 1);
        Candidates candidates = new Candidates(rows, 5, true);
        candidates.draw(1, 0, 0);
        int[] drawn = IntStream.range(0, 5).map(c -> candidates.inputOf(1, c)).toArray();
        int[] unknown = IntStream.range(0, 24)
                .filter(input -> Arrays.stream(drawn).noneMatch(other -> other == input))
                .filter(input -> IntStream.range(0, 4).noneMatch(slot -> rows.inputOf(1, slot) == input))
                .toArray();
        for (int i = 0; i < 5; i++) {
            assertThat(candidates.offer(1, unknown[i], 99)).isEqualTo(i);
            assertThat(candidates.inputOf(1, i)).isEqualTo(unknown[i]);
        }
        assertThat(candidates.offer(1, unknown[2], 0)).as("a candidate already").isEqualTo(-1);
        assertThat(candidates.offer(1, rows.inputOf(1, 3), 0)).as("held").isEqualTo(-1);
        assertThat(candidates.offer(1, unknown[5], 5))
                .as("sixth, place 5 of 0 to 5")
                .isEqualTo(-1);
        assertThat(candidates.offer(1, unknown[6], 7 + 2))
                .as("seventh, place 2 of 0 to 6")
                .isEqualTo(2);
        candidates.draw(1, 0, 0);
        assertThat(IntStream.range(0, 5).map(c -> candidates.inputOf(1, c)))
                .containsExactly(Arrays.stream(drawn).boxed().toArray(Integer[]::new));
    }
}
