package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.anchor.AnchorStartConfig.Centres;
import dev.longtail.anchor.AnchorStartConfig.Space;
import dev.longtail.data.SourceFile;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.FreeEntries;
import dev.longtail.relation.RelationGraphBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnchorStarterTest {

    private static final int OBJECTS = 600;
    private static final int TOPICS = 12;
    private static final ObjectVectors SPACE = Points.planted(OBJECTS, 5, TOPICS, 0.1, 1);

    /** Object i occurs (i * 7 % 600) times, in a third of as many documents. */
    private static ObjectCounts counts() {
        long[] occurrences = new long[OBJECTS];
        Arrays.setAll(occurrences, i -> i * 7 % OBJECTS);
        return new ObjectCounts(
                occurrences,
                Arrays.stream(occurrences).map(count -> (count + 2) / 3).toArray(),
                200);
    }

    private static AnchorSources all() {
        ImportedAnchors imported = new ImportedAnchors(
                new int[] {5, FreeEntries.NO_OBJECT, 3},
                5,
                new float[15],
                new VectorReport(new SourceFile("", 0, ""), 3, 3, 0, 0, List.of()));
        return new AnchorSources(OBJECTS, counts(), SPACE, imported);
    }

    /** With a size. */
    private record Sized(AnchorStartConfig config, int anchors, int links) {

        AnchorStarter starter(AnchorSources sources, long seed, Workers workers) {
            return new AnchorStarter(config, new AnchorShape(anchors, links), sources, seed, workers);
        }
    }

    private static Sized plain(AnchorStrategy strategy, int anchors) {
        return new Sized(AnchorStartConfig.DEFAULT.with(strategy), anchors, 4);
    }

    private static Sized config(AnchorStrategy strategy, int anchors, Centres centres) {
        Space space = strategy == AnchorStrategy.RANDOM ? Space.NONE : Space.COOCCURRENCE;
        return new Sized(new AnchorStartConfig(strategy, "", 0.5f, space, 5, 20, 300, centres), anchors, 3);
    }

    private static AnchorStart start(Sized config, AnchorSources sources, long seed, int threads) {
        return Points.with(
                threads, workers -> config.starter(sources, seed, workers).joined());
    }

    private static AnchorStart start(AnchorStrategy strategy, int anchors, Centres centres) {
        return start(config(strategy, anchors, centres), all(), 1, 2);
    }

    /** Row of T, checked to be non-negative, sparse and in order. */
    private static float[] links(AnchorStart start, int object) {
        int[] anchors = new int[start.links().most()];
        float[] weights = new float[anchors.length];
        int count = start.links().read(object, anchors, weights);
        float[] row = new float[start.anchors()];
        for (int i = 0; i < count; i++) {
            assertThat(i == 0 || anchors[i] > anchors[i - 1]).isTrue();
            assertThat(weights[i]).isPositive();
            row[anchors[i]] = weights[i];
        }
        return row;
    }

    /** Everything that a start says. */
    private static String text(AnchorStart start) {
        StringBuilder text = new StringBuilder(Arrays.toString(start.objects()) + Arrays.toString(start.vectors()));
        for (int object = 0; object < OBJECTS; object++) {
            text.append(Arrays.toString(links(start, object)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void everyStrategyRepeatsAtAnyNumberOfThreads(AnchorStrategy strategy) {
        for (Centres centres : Centres.values()) {
            Sized config = config(strategy, strategy == AnchorStrategy.IMPORTED ? 3 : 10, centres);
            String one = text(start(config, all(), 4, 1));
            assertThat(text(start(config, all(), 4, 3))).isEqualTo(one);
            boolean random = strategy != AnchorStrategy.FREQUENCY
                    && strategy != AnchorStrategy.TF_IDF
                    && strategy != AnchorStrategy.IMPORTED;
            assertThat(text(start(config, all(), 5, 1)).equals(one)).isNotEqualTo(random);
        }
    }

    /** N18: T can be used from the first step on, every object has links and their squares add up to 1. */
    @Test
    void randomBasisVectorsAreNoObjectsAndAllObjectsAreLinked() {
        AnchorStart start = start(AnchorStrategy.RANDOM, 20, Centres.OBJECTS);
        assertThat(start.hasObjects()).isFalse();
        assertThat(start.vectors()).isNull();
        int[] used = new int[20];
        for (int object = 0; object < OBJECTS; object++) {
            float[] row = links(start, object);
            double squares = 0;
            for (int anchor = 0; anchor < 20; anchor++) {
                squares += row[anchor] * row[anchor];
                used[anchor] += row[anchor] > 0 ? 1 : 0;
            }
            assertThat(squares).isCloseTo(1, within(1e-6));
        }
        assertThat(Arrays.stream(used).sum()).isEqualTo(3 * OBJECTS);
        assertThat(Arrays.stream(used)).allMatch(count -> count > 50 && count < 130); // 90, deviation 9
        assertThatThrownBy(() -> FreeEntries.of(new RelationGraphBuilder(OBJECTS).build(), start.objects()))
                .hasMessageContaining("anchors must be objects");
    }

    @Test
    void fewAnchorsLinkAllAndNoLinksAreNone() {
        Sized config = plain(AnchorStrategy.RANDOM, 2);
        float[] all = links(start(config, AnchorSources.unknown(9), 1, 1), 4);
        assertThat(all).as("drawn, since else all rows would be alike").doesNotHaveDuplicates();
        assertThat(all[0]).isBetween(0f, 1.23f); // sqrt(3 / 2)
        assertThat(links(start(config, AnchorSources.unknown(9), 1, 1), 5)).isNotEqualTo(all);
        assertThat(links(start(plain(AnchorStrategy.RANDOM, 1), AnchorSources.unknown(9), 1, 1), 4))
                .containsExactly(1);
        // Frequency vocabulary selection (appendix I): an anchor stands for itself, other objects for nothing.
        Sized selection = new Sized(AnchorStartConfig.DEFAULT.with(AnchorStrategy.FREQUENCY), 2, 0);
        AnchorSources counted = new AnchorSources(4, ObjectCounts.of(new long[] {1, 9, 3, 8}), null, null);
        AnchorStart start = start(selection, counted, 1, 1);
        assertThat(links(start, 1)).containsExactly(1, 0);
        assertThat(links(start, 3)).containsExactly(0, 1);
        assertThat(links(start, 0)).containsExactly(0, 0);
    }

    /** N14: from counts, the first of equal ones first. */
    @Test
    void frequentObjects() {
        AnchorSources sources = new AnchorSources(6, ObjectCounts.of(new long[] {5, 90, 7, 7, 0, 1000}), null, null);
        Sized config = plain(AnchorStrategy.FREQUENCY, 4);
        AnchorStart start = start(config, sources, 3, 1);
        assertThat(start.objects()).containsExactly(5, 1, 2, 3);
        assertThat(links(start, 1)).containsExactly(0, 1, 0, 0);
        assertThat(start.vectors()).isNull();
    }

    /** N15: 8 documents; 1000 ln(8/8) = 0, 40 ln(8/7) = 5.3, 6 ln(8/2) = 8.3, 5 ln(8/1) = 10.4, 9 ln(8/4) = 6.2. */
    @Test
    void objectsOfLargeTfIdf() {
        ObjectCounts counts = new ObjectCounts(new long[] {1000, 40, 6, 5, 9, 0}, new long[] {8, 7, 2, 1, 4, 0}, 8);
        Sized config = plain(AnchorStrategy.TF_IDF, 3);
        assertThat(start(config, new AnchorSources(6, counts, null, null), 3, 1).objects())
                .containsExactly(3, 2, 4);
        assertThat(counts.tfIdf()[1]).isCloseTo(40 * Math.log(8 / 7.0), within(1e-9));
    }

    @Test
    void objectsDrawnAtRandomAreDifferent() {
        AnchorStart start = start(AnchorStrategy.RANDOM_OBJECTS, OBJECTS - 1, Centres.OBJECTS);
        assertThat(Arrays.stream(start.objects()).distinct().count()).isEqualTo(OBJECTS - 1);
        int[] drawn = new int[10];
        Sized config = plain(AnchorStrategy.RANDOM_OBJECTS, 3);
        for (long seed = 0; seed < 1000; seed++) {
            for (int object : start(config, AnchorSources.unknown(10), seed, 1).objects()) {
                drawn[object]++;
            }
        }
        assertThat(Arrays.stream(drawn)).allMatch(count -> count > 230 && count < 370); // 300, deviation 14
    }

    /** N16 in the space: one object of each planted topic, and every object is nearest to that of its topic. */
    @ParameterizedTest
    @EnumSource(names = {"CLUSTERING", "CORESET"})
    void clustersAreTheTopics(AnchorStrategy strategy) {
        AnchorStart objects = start(strategy, TOPICS, Centres.OBJECTS);
        assertThat(Arrays.stream(objects.objects())
                        .map(object -> object % TOPICS)
                        .sorted())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        AnchorStart means = start(strategy, TOPICS, Centres.MEANS);
        assertThat(means.hasObjects()).isFalse();
        for (int anchor = 0; anchor < TOPICS; anchor++) {
            float[] vector = Arrays.copyOfRange(objects.vectors(), 5 * anchor, 5 * anchor + 5);
            assertThat(vector).isEqualTo(Points.row(SPACE, objects.objects()[anchor]));
            float[] mean = Arrays.copyOfRange(means.vectors(), 5 * anchor, 5 * anchor + 5);
            assertThat(Points.squared(vector, mean)).isLessThan(2);
        }
        for (int object = 0; object < OBJECTS; object++) {
            float[] row = links(objects, object);
            int strongest = 0;
            for (int anchor = 1; anchor < TOPICS; anchor++) {
                strongest = row[anchor] > row[strongest] ? anchor : strongest;
            }
            assertThat(objects.objects()[strongest] % TOPICS).isEqualTo(object % TOPICS);
        }
        assertThat(objects.vectors(5)).isSameAs(objects.vectors());
        assertThat(objects.vectors(16)).isNull();
    }

    /** Squares 1, 4 and 36 from the three nearest of four anchors: 1/1 : 1/4 : 1/36. */
    @Test
    void linksAreInverseToSquaredDistances() {
        ObjectVectors line = Points.line(-1, 2, 6, 100, 0, 6);
        Sized config = config(AnchorStrategy.FREQUENCY, 4, Centres.OBJECTS);
        long[] counts = {9, 8, 7, 6, 0, 0};
        AnchorStart start = start(config, new AnchorSources(6, ObjectCounts.of(counts), line, null), 1, 2);
        double sum = 1 + 1 / 4.0 + 1 / 36.0;
        assertThat(links(start, 4))
                .containsExactly(
                        new float[] {(float) (1 / sum), (float) (0.25 / sum), (float) (1 / 36.0 / sum), 0},
                        within(1e-6f));
        assertThat(links(start, 5)).as("lies on the third").containsExactly(0, 0, 1, 0);
        assertThat(links(start, 3)).as("is the fourth").containsExactly(0, 0, 0, 1);
    }

    /**
     * N17 and figure 2: the frequent objects all lie in one corner; after them, k-means++ spans the space. Frequency
     * alone leaves the other topics without an anchor.
     */
    @Test
    void frequentObjectsThenClustersForTheRest() {
        long[] counts = new long[OBJECTS];
        Arrays.setAll(counts, i -> i % TOPICS == 0 ? 10_000 - i : 50 - i % 50);
        AnchorSources sources = new AnchorSources(OBJECTS, ObjectCounts.of(counts), SPACE, null);
        AnchorStartConfig mixed = new AnchorStartConfig(
                AnchorStrategy.FREQUENCY_THEN_CLUSTERING, "", 0.2f, Space.COOCCURRENCE, 5, 20, 1, Centres.OBJECTS);
        Sized both = new Sized(mixed, TOPICS + 2, 1);
        AnchorStart start = start(both, sources, 6, 2);
        assertThat(Arrays.copyOf(start.objects(), 3)).containsExactly(0, 12, 24);
        assertThat(Arrays.stream(start.objects())
                        .skip(3)
                        .map(object -> object % TOPICS)
                        .sorted())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        AnchorStart frequent = start(new Sized(mixed.with(AnchorStrategy.FREQUENCY), TOPICS + 2, 1), sources, 6, 2);
        assertThat(Arrays.stream(frequent.objects())).allMatch(object -> object % TOPICS == 0);
        double covered = Points.meanSquare(SPACE, Points.rows(start.vectors(), 5));
        double left = Points.meanSquare(SPACE, Points.rows(frequent.vectors(), 5));
        assertThat(covered).isLessThan(left / 20);
        assertThat(start(both, sources, 6, 1).objects()).isEqualTo(start.objects());
    }

    @Test
    void objectsWithoutAPlaceHaveRandomLinksAndVectors() {
        ObjectVectors some = new ObjectVectors(6, 2);
        some.set(0, new float[] {3, 4}, 0);
        some.set(1, new float[] {0, 5}, 0);
        AnchorSources sources = new AnchorSources(6, ObjectCounts.of(new long[] {5, 2, 9, 1, 1, 1}), some, null);
        Sized config = config(AnchorStrategy.FREQUENCY, 2, Centres.OBJECTS);
        AnchorStart start = start(config, sources, 1, 1);
        assertThat(start.objects()).containsExactly(2, 0);
        float[] vectors = start.vectors();
        assertThat(Arrays.copyOfRange(vectors, 2, 4)).containsExactly(3, 4);
        assertThat(Math.abs(vectors[0])).isGreaterThan(0).isLessThan(5 * 1.3f); // sqrt(3) 5 / sqrt(2)
        assertThat(links(start, 1)).as("only the second anchor has a place").containsExactly(0, 1);
        float[] drawn = links(start, 5);
        assertThat(drawn[0]).isPositive().isNotEqualTo(drawn[1]);
    }

    /** N21. */
    @Test
    void mixturesAreSetsOfTheirOwn() {
        String mixture = "random:4, frequency:3,clustering:2,random:4";
        AnchorStartConfig mixed = new AnchorStartConfig(
                AnchorStrategy.RANDOM, mixture, 0.5f, Space.COOCCURRENCE, 5, 9, 9, Centres.OBJECTS);
        Sized config = new Sized(mixed, 13, 2);
        List<AnchorStart> sets =
                Points.with(2, workers -> config.starter(all(), 2, workers).sets());
        assertThatThrownBy(() -> mixed.sets(12)).hasMessageContaining("as many in all as the table has, 12, got 13");
        assertThat(sets).extracting(AnchorStart::anchors).containsExactly(4, 3, 2, 4);
        assertThat(sets.get(1).objects())
                .isEqualTo(start(AnchorStrategy.FREQUENCY, 3, Centres.OBJECTS).objects());
        AnchorStart joined = start(config, all(), 2, 1);
        assertThat(joined.anchors()).isEqualTo(13);
        assertThat(joined.vectors()).isNull();
        assertThat(Arrays.copyOfRange(joined.objects(), 4, 7))
                .isEqualTo(sets.get(1).objects());
        boolean differ = false;
        for (int object = 0; object < 50; object++) {
            float[] row = links(joined, object);
            assertThat(Arrays.copyOfRange(row, 4, 7)).isEqualTo(links(sets.get(1), object));
            assertThat(Arrays.copyOfRange(row, 9, 13)).isEqualTo(links(sets.get(3), object));
            differ |= !Arrays.equals(links(sets.get(0), object), links(sets.get(3), object));
        }
        assertThat(differ).as("equal sets start differently").isTrue();
    }

    @Test
    void joinedSetsWithVectorsHaveVectors() {
        AnchorStart frequent = start(AnchorStrategy.FREQUENCY, 2, Centres.OBJECTS);
        AnchorStart means = start(AnchorStrategy.CLUSTERING, 3, Centres.MEANS);
        AnchorStart joined = AnchorStart.joined(List.of(frequent, means));
        assertThat(joined.dimension()).isEqualTo(5);
        assertThat(Arrays.copyOf(joined.vectors(), 10)).isEqualTo(frequent.vectors());
        assertThat(Arrays.copyOfRange(joined.vectors(), 10, 25)).isEqualTo(means.vectors());
    }

    @Test
    void whatIsMissingIsSaid() {
        AnchorSources nothing = AnchorSources.unknown(OBJECTS);
        assertThatThrownBy(() -> start(plain(AnchorStrategy.FREQUENCY, 3), nothing, 1, 1))
                .hasMessageContaining("frequency need counts");
        assertThatThrownBy(() -> start(config(AnchorStrategy.CORESET, 3, Centres.MEANS), nothing, 1, 1))
                .hasMessageContaining("coreset need a space");
        assertThatThrownBy(() -> start(config(AnchorStrategy.IMPORTED, 3, Centres.MEANS), nothing, 1, 1))
                .hasMessageContaining("imported need a file");
        assertThatThrownBy(() -> start(config(AnchorStrategy.IMPORTED, 4, Centres.MEANS), all(), 1, 1))
                .hasMessageContaining("at most those of the file, 3");
        assertThatThrownBy(() -> start(plain(AnchorStrategy.RANDOM_OBJECTS, OBJECTS + 1), nothing, 1, 1))
                .hasMessageContaining("at most the objects");
        assertThatThrownBy(() -> AnchorStartConfig.DEFAULT.with(AnchorStrategy.CLUSTERING))
                .hasMessageContaining("space must be cooccurrence or file");
        assertThatThrownBy(() -> config(AnchorStrategy.CLUSTERING, 3, Centres.MEANS)
                        .config()
                        .with(AnchorStrategy.RANDOM))
                .hasMessageContaining("none when anchors are random basis vectors");
        assertThatThrownBy(() -> AnchorSet.parse("random:4,words:3")).hasMessageContaining("frequency-then-clustering");
        assertThatThrownBy(() -> AnchorSet.parse("random")).hasMessageContaining("strategy:anchors");
        assertThatThrownBy(() -> AnchorSet.parse("random:0")).hasMessageContaining("at least 1");
    }

    /** A row of links is drawn without replacement, each anchor with the same chance. */
    @Test
    void randomLinksAreDifferentAnchors() {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 200; trial++) {
            int anchors = 1 + random.nextInt(9);
            int links = random.nextInt(12);
            int[] none = new int[anchors];
            Arrays.fill(none, FreeEntries.NO_OBJECT);
            RandomLinks drawn = new RandomLinks(none, links, trial);
            int[] row = new int[drawn.most()];
            assertThat(drawn.read(random.nextInt(1000), row, new float[row.length]))
                    .isEqualTo(Math.min(links, anchors));
            assertThat(Arrays.stream(row).distinct().count()).isEqualTo(row.length);
        }
    }
}
