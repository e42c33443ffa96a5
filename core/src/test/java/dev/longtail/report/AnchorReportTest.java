package dev.longtail.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.matrix.Tensor;
import dev.longtail.penalty.ProximalConfig;
import dev.longtail.report.AnchorGroup.Member;
import dev.longtail.report.GenreClusters.GenreShare;
import dev.longtail.report.StrongPairs.Measure;
import dev.longtail.report.StrongPairs.Pair;
import dev.longtail.report.ZeroRows.FrequencyBand;
import dev.longtail.table.AnchorConfig;
import dev.longtail.table.AnchorTable;
import dev.longtail.table.TableConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table of six objects and three anchors, every number of which was worked out by hand. */
class AnchorReportTest {

    private static final float[][] T = {{3, 1, 0}, {2, 2, 0}, {0, 1, 4}, {0, 0, 2}, {0, 0, 0}, {0, 0, 1}};
    private static final int[] COUNTS = {200, 50, 10, 5, 1, 1};
    private static final List<List<String>> GENRES =
            List.of(List.of("A", "B"), List.of("C"), List.of("B"), List.of("C", "B"), List.of("C"), List.of());

    /** A table with these rows of T and anchors of length 2. */
    static AnchorTable table(float[][] rows, AnchorConfig.Layout layout) {
        int anchors = rows[0].length;
        AnchorConfig shape =
                new AnchorConfig(anchors, 1, AnchorConfig.Mixing.LINEAR, 0, 0, 0, layout, 0, 1, ProximalConfig.PAPER);
        AnchorTable table = (AnchorTable)
                new TableConfig(TableConfig.Kind.ANCHORS, 2, true, 1, 1, shape).newTable(rows.length, "items");
        float[] flat = new float[rows.length * anchors];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * anchors, anchors);
        }
        table.take(List.of(
                new Tensor.Floats("items.anchors", List.of((long) anchors, 2L), List.of(new float[2 * anchors])),
                new Tensor.Floats("items.full", List.of((long) rows.length, (long) anchors), List.of(flat))));
        return table;
    }

    private static AnchorReport report(AnchorConfig.Layout layout) {
        return report(layout, 0);
    }

    private static AnchorReport report(AnchorConfig.Layout layout, int least) {
        return new AnchorReport(
                table(T, layout),
                new AnchorObjects(
                        "films", "ratings", object -> "film " + object, object -> COUNTS[object], GENRES::get),
                least);
    }

    @ParameterizedTest
    @EnumSource(AnchorConfig.Layout.class)
    void sizes(AnchorConfig.Layout layout) {
        AnchorSizes sizes = report(layout).sizes();
        assertThat(sizes.objects()).isEqualTo(6);
        assertThat(sizes.links()).isEqualTo(8);
        assertThat(sizes.linksARow())
                .containsExactly(new CountRange(0, 0, 1), new CountRange(1, 1, 2), new CountRange(2, 2, 3));
        assertThat(sizes.parameters()).isEqualTo(3 * 2 + 8);
        assertThat(sizes.fullParameters()).isEqualTo(6 * 2);
        assertThat(sizes.parameterBytes()).isEqualTo(14 * 4);
        // anchors; lengths of six rows in two bytes; eight links of a byte for the anchor and four for the weight
        assertThat(sizes.storedBytes()).isEqualTo(3 * 2 * 4 + 6 * 2 + 8 * 5);
        assertThat(sizes.density()).isEqualTo(8 / 18.0);
        assertThat(sizes.meanLinks()).isEqualTo(8 / 6.0);
    }

    @Test
    void rangesOfManyLinksDouble() {
        float[][] rows = new float[5][70];
        int[] links = {0, 16, 17, 32, 66};
        for (int row = 0; row < rows.length; row++) {
            for (int link = 0; link < links[row]; link++) {
                rows[row][69 - link] = 1;
            }
        }
        List<CountRange> ranges = new AnchorReport(
                        table(rows, AnchorConfig.Layout.SPARSE),
                        new AnchorObjects("words", "texts", o -> "", o -> 1),
                        0)
                .sizes()
                .linksARow();
        assertThat(ranges)
                .containsExactly(
                        new CountRange(0, 0, 1),
                        new CountRange(1, 1, 0),
                        new CountRange(2, 2, 0),
                        new CountRange(3, 4, 0),
                        new CountRange(5, 8, 0),
                        new CountRange(9, 16, 1),
                        new CountRange(17, 32, 2),
                        new CountRange(33, 64, 0),
                        new CountRange(65, 70, 1));
    }

    @ParameterizedTest
    @EnumSource(AnchorConfig.Layout.class)
    void anchorsWithTheirStrongestObjects(AnchorConfig.Layout layout) {
        // film 1 is linked to anchors 0 and 1 with equal weights and so counts for anchor 0
        assertThat(report(layout).anchors(2))
                .containsExactly(
                        new AnchorGroup(
                                2, AnchorGroup.NO_OBJECT, 3, 3, 7, List.of(new Member(2, 4, 0.8), new Member(3, 2, 1))),
                        new AnchorGroup(
                                0,
                                AnchorGroup.NO_OBJECT,
                                2,
                                2,
                                5,
                                List.of(new Member(0, 3, 0.75), new Member(1, 2, 0.5))),
                        // films 0 and 2 have equal weights, and film 0 was seen more often
                        new AnchorGroup(
                                1,
                                AnchorGroup.NO_OBJECT,
                                3,
                                0,
                                4,
                                List.of(new Member(1, 2, 0.5), new Member(0, 1, 0.25))));
    }

    /** A pair of films with this product of their rows, whose squares of lengths have this product. */
    private static Pair pair(int first, int second, double product, double squares, int shared) {
        return new Pair(first, second, Double.NaN, product / Math.sqrt(squares), product, shared);
    }

    private static void check(List<Pair> found, Pair... wanted) {
        assertThat(found).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(found.get(i).first()).isEqualTo(wanted[i].first());
            assertThat(found.get(i).second()).isEqualTo(wanted[i].second());
            assertThat(found.get(i).product()).isEqualTo(wanted[i].product(), within(1e-6));
            assertThat(found.get(i).cosine()).isEqualTo(wanted[i].cosine(), within(1e-6));
            assertThat(found.get(i).shared()).isEqualTo(wanted[i].shared());
        }
    }

    @Test
    void pairsByOverlap() {
        AnchorReport report = report(AnchorConfig.Layout.AUTO);
        StrongPairs pairs = report.pairs(Measure.OVERLAP, 5, 9);
        // 4 2 and 3 2 + 1 2 are equal, the first pair has the larger cosine; then 4 1; so 2 1 of single links, 2 1 of
        // two
        check(
                pairs.pairs(),
                pair(2, 3, 8, 17 * 4, 1),
                pair(0, 1, 8, 10 * 8, 2),
                pair(2, 5, 4, 17, 1),
                pair(3, 5, 2, 4, 1),
                pair(1, 2, 2, 8 * 17, 1));
        assertThat(pairs.complete()).isTrue();
    }

    @Test
    void anObjectIsInFewPairs() {
        AnchorReport report = report(AnchorConfig.Layout.AUTO);
        check(report.pairs(Measure.OVERLAP, 4, 1).pairs(), pair(2, 3, 8, 17 * 4, 1), pair(0, 1, 8, 10 * 8, 2));
        assertThat(report.pairs(Measure.OVERLAP, 9, 2).pairs())
                .extracting(Pair::first, Pair::second)
                .containsExactly(Tuple.tuple(2, 3), Tuple.tuple(0, 1), Tuple.tuple(2, 5), Tuple.tuple(3, 5));
    }

    @Test
    void pairsBySimilarity() {
        // films 3 and 5 have a single link; the squares of the lengths of the others are 10, 8 and 17
        List<Pair> pairs =
                report(AnchorConfig.Layout.AUTO).pairs(Measure.SIMILARITY, 9, 9).pairs();
        check(pairs, pair(0, 1, 8, 10 * 8, 2), pair(1, 2, 2, 8 * 17, 1), pair(0, 2, 1, 10 * 17, 1));
        double mean = (10 + 8 + 17) / 3.0;
        assertThat(pairs.get(0).similarity()).isEqualTo(8 / (Math.sqrt(10 * 8) + mean), within(1e-6));
        assertThat(pairs.get(2).similarity()).isEqualTo(1 / (Math.sqrt(10 * 17) + mean), within(1e-6));
        assertThat(report(AnchorConfig.Layout.AUTO, 20)
                        .pairs(Measure.SIMILARITY, 9, 9)
                        .pairs())
                .hasSize(1);
    }

    @Test
    void ofParallelRowsThoseWithLargerWeightsAreMoreSimilar() {
        float[][] rows = {{1, 2}, {2, 4}, {3, 6}, {1, 0}};
        StrongPairs pairs = new AnchorReport(
                        table(rows, AnchorConfig.Layout.AUTO), new AnchorObjects("words", "texts", o -> "", o -> o), 0)
                .pairs(Measure.SIMILARITY, 9, 9);
        assertThat(pairs.pairs())
                .extracting(Pair::first, Pair::second, Pair::product)
                .containsExactly(Tuple.tuple(2, 1, 30.0), Tuple.tuple(2, 0, 15.0), Tuple.tuple(1, 0, 10.0));
    }

    @ParameterizedTest
    @EnumSource(Measure.class)
    void pairsAreThoseOfComparingAll(Measure measure) {
        SplittableRandom random = new SplittableRandom(5);
        float[][] rows = new float[90][7];
        for (float[] row : rows) {
            for (int anchor = 0; anchor < row.length; anchor++) {
                row[anchor] = Math.max(0, (float) random.nextDouble(-1, 1));
            }
        }
        double squares = 0;
        int linked = 0;
        for (float[] row : rows) {
            if (measure == Measure.OVERLAP || links(row) > 1) {
                squares += product(row, row);
                linked += links(row) == 0 ? 0 : 1;
            }
        }
        List<Double> all = new ArrayList<>();
        for (int u = 0; u < rows.length; u++) {
            for (int v = 0; v < u; v++) {
                boolean single = links(rows[u]) < 2 || links(rows[v]) < 2;
                if (product(rows[u], rows[v]) > 0 && !(measure == Measure.SIMILARITY && single)) {
                    all.add(value(measure, rows[u], rows[v], squares / linked));
                }
            }
        }
        all.sort(Comparator.reverseOrder());
        List<Pair> found = new AnchorReport(
                        table(rows, AnchorConfig.Layout.SPARSE),
                        new AnchorObjects("words", "texts", o -> "", o -> 1),
                        0)
                .pairs(measure, 200, 200)
                .pairs();
        assertThat(found).hasSize(200);
        for (int i = 0; i < 200; i++) {
            Pair pair = found.get(i);
            float[] first = rows[pair.first()];
            float[] second = rows[pair.second()];
            double value = measure == Measure.SIMILARITY ? pair.similarity() : pair.product();
            assertThat(value).isEqualTo(all.get(i), within(1e-5));
            assertThat(value).isEqualTo(value(measure, first, second, squares / linked), within(1e-5));
            assertThat(pair.product()).isEqualTo(product(first, second), within(1e-5));
            assertThat(pair.cosine()).isEqualTo(value(Measure.SIMILARITY, first, second, 0), within(1e-5));
        }
    }

    private static double value(Measure measure, float[] a, float[] b, double meanSquare) {
        double lengths = Math.sqrt(product(a, a) * product(b, b));
        return measure == Measure.SIMILARITY ? product(a, b) / (lengths + meanSquare) : product(a, b);
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static int links(float[] row) {
        int links = 0;
        for (float weight : row) {
            links += weight == 0 ? 0 : 1;
        }
        return links;
    }

    @Test
    void whereAllPairsAreTooManyTheStrongestLinksAreCompared() {
        float[][] rows = new float[100][1000];
        for (int row = 0; row < rows.length; row++) {
            for (int anchor = 0; anchor < 1000; anchor++) {
                rows[row][anchor] = 1 + row;
            }
        }
        StrongPairs pairs = new AnchorReport(
                        table(rows, AnchorConfig.Layout.FULL), new AnchorObjects("words", "texts", o -> "", o -> 1), 0)
                .pairs(Measure.OVERLAP, 1, 9);
        assertThat(pairs.complete()).isFalse();
        check(pairs.pairs(), new Pair(98, 99, Double.NaN, 1, 1000 * 99 * 100, 1000));
    }

    @Test
    void clustersAndTheirPurity() {
        GenreClusters clusters = report(AnchorConfig.Layout.AUTO).clusters(2);
        assertThat(clusters.withoutLinks()).isEqualTo(1);
        assertThat(clusters.withoutGenres()).isEqualTo(1);
        assertThat(clusters.clusters())
                .containsExactly(
                        new GenreClusters.Cluster(0, 2, "A", 0.5, List.of()),
                        new GenreClusters.Cluster(2, 2, "B", 1, List.of()));
        assertThat(clusters.all().judged()).isEqualTo(4);
        assertThat(clusters.all().value()).isEqualTo((1 + 2) / 4.0);
        assertThat(clusters.oneCluster()).isEqualTo(3 / 4.0); // B
        // film 0 is together with 1, 2 or 3: purities 3/4, 1 and 3/4
        assertThat(clusters.all().low()).isEqualTo(0.75);
        assertThat(clusters.all().high()).isEqualTo(1);
        assertThat(clusters.all().random()).isEqualTo(2.5 / 3, within(0.04)); // a deviation of 0.012
    }

    @Test
    void purityOfTheStrongestOfEachAnchor() {
        // two each: films 0 and 1, 1 and 0, 2 and 3
        GenreClusters.Purity strongest =
                report(AnchorConfig.Layout.AUTO).clusters(2).strongest();
        assertThat(strongest.judged()).isEqualTo(6);
        assertThat(strongest.value()).isEqualTo((1 + 1 + 2) / 6.0);
        // two of four at random: 0 and 2, 0 and 3, 1 and 3, 2 and 3 share a genre; the others have 1 of 2
        assertThat(strongest.random()).isEqualTo((4 * 2 + 2 * 1) / 12.0, within(0.04));
        // of films with 10 training examples: 0 and 1, 1 and 0, 2
        assertThat(report(AnchorConfig.Layout.AUTO, 10).clusters(2).strongest().value())
                .isEqualTo((1 + 1 + 1) / 5.0);
    }

    @Test
    void randomClustersAreNoPurerThanTheirItems() {
        float[][] rows = new float[300][3];
        for (int row = 0; row < rows.length; row++) {
            rows[row][row % 3] = 1;
        }
        GenreClusters clusters = new AnchorReport(
                        table(rows, AnchorConfig.Layout.FULL),
                        new AnchorObjects(
                                "films",
                                "ratings",
                                o -> "",
                                o -> 1,
                                o -> List.of(o / 3 % 4 == 0 ? "War" : o % 3 == 0 ? "A" : "B")),
                        0)
                .clusters(5);
        // of 100 films of an anchor 25 are War; of the others those of anchor 0 are A, those of 1 and 2 are B
        assertThat(clusters.all().value()).isEqualTo(0.75);
        assertThat(clusters.oneCluster()).isEqualTo(0.5); // B
        assertThat(clusters.all().random()).isBetween(0.5, 0.55);
    }

    @Test
    void genresThatAreFrequentInAClusterOnlyAreTypicalOfIt() {
        float[][] rows = new float[40][2];
        List<List<String>> genres = new ArrayList<>();
        for (int row = 0; row < rows.length; row++) {
            rows[row][row < 10 ? 0 : 1] = 1;
            genres.add(row < 10 ? List.of("Drama", "War") : List.of("Drama"));
        }
        GenreClusters clusters = new AnchorReport(
                        table(rows, AnchorConfig.Layout.FULL),
                        new AnchorObjects("films", "ratings", o -> "", o -> 1, genres::get),
                        0)
                .clusters(3);
        // (1 - 1/4) / sqrt(1/4 3/4 / 10) = 5.5 deviations
        assertThat(clusters.clusters().get(1))
                .isEqualTo(new GenreClusters.Cluster(0, 10, "Drama", 1, List.of(new GenreShare("War", 1, 0.25))));
        assertThat(clusters.clusters().get(0).typical()).isEmpty();
    }

    @Test
    void objectsWithoutGenresHaveNoPurity() {
        GenreClusters clusters = new AnchorReport(
                        table(T, AnchorConfig.Layout.AUTO), new AnchorObjects("users", "texts", o -> "", o -> 1), 0)
                .clusters(2);
        assertThat(clusters.all().judged()).isZero();
        assertThat(clusters.all().value()).isNaN();
        assertThat(clusters.strongest().value()).isNaN();
        assertThat(clusters.oneCluster()).isNaN();
        assertThat(clusters.clusters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AnchorConfig.Layout.class)
    void zeroRowsByFrequency(AnchorConfig.Layout layout) {
        ZeroRows zero = report(layout).zeroRows(3);
        assertThat(zero.bands())
                .containsExactly(
                        new FrequencyBand(1, 1, 2, 1, 1),
                        new FrequencyBand(2, 5, 1, 0, 1),
                        new FrequencyBand(6, 20, 1, 0, 2),
                        new FrequencyBand(21, 100, 1, 0, 2),
                        new FrequencyBand(101, Integer.MAX_VALUE, 1, 0, 2));
        assertThat(zero.bands()).extracting(FrequencyBand::text).contains("1", "2 to 5", "101 or more");
        assertThat(zero.bands().get(0).zeroShare()).isEqualTo(0.5);
        assertThat(zero.objects()).isEqualTo(6);
        assertThat(zero.zero()).isEqualTo(1);
        assertThat(zero.seenOnce()).isEqualTo(1);
        assertThat(zero.frequent()).containsExactly(4);
        assertThat(zero.rareKept()).containsExactly(3, 5); // weights of 2 and of 1
    }

    @Test
    void frequenciesThatAreNotKnownAreABandOfTheirOwn() {
        ZeroRows zero = new AnchorReport(
                        table(T, AnchorConfig.Layout.AUTO),
                        new AnchorObjects("features", "texts", o -> "", o -> AnchorObjects.UNKNOWN),
                        7)
                .zeroRows(3);
        assertThat(zero.bands()).hasSize(1);
        assertThat(zero.bands().get(0).text()).isEqualTo("unknown");
        assertThat(zero.rareKept()).isEmpty();
    }
}
