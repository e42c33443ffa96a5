package dev.longtail.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipfTest {

    // Pearson's statistic has mean n - 1 and variance 2 (n - 1); five deviations are never reached by a right sampler.
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "20, 0", "20, 0.5", "20, 0.9", "20, 1", "20, 1.1", "20, 2.5", "300, 1"})
    void ranksAreDrawnByZipfsLaw(int n, double s) {
        int draws = 200_000;
        int[] counts = new int[n + 1];
        Zipf zipf = new Zipf(n, s);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < draws; i++) {
            counts[zipf.draw(random)]++;
        }
        double sum = 0;
        for (int k = 1; k <= n; k++) {
            sum += Math.pow(k, -s);
        }
        double chiSquare = 0;
        for (int k = 1; k <= n; k++) {
            double expected = draws * Math.pow(k, -s) / sum;
            chiSquare += (counts[k] - expected) * (counts[k] - expected) / expected;
        }
        assertThat(chiSquare).isLessThanOrEqualTo(n - 1 + 5 * Math.sqrt(2.0 * (n - 1)) + 1e-9);
    }

    @Test
    void tenMillionRanksNeedNoTable() {
        Zipf zipf = new Zipf(10_000_000, 0.9);
        SplittableRandom random = new SplittableRandom(3);
        int below = 0;
        for (int i = 0; i < 100_000; i++) {
            int rank = zipf.draw(random);
            assertThat(rank).isBetween(1, 10_000_000);
            below += rank <= 1000 ? 1 : 0;
        }
        // sum of k^-0.9 up to 1000 over that up to 10^7, by Euler and Maclaurin: (10 n^0.1 - 9.43) each
        assertThat(below / 100_000.0).isBetween(0.24, 0.27);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "64", "65", "1000", "10007"})
    void scatteringIsAPermutationWithItsInverse(int n) {
        Scattering scattering = new Scattering(n, 5);
        boolean[] seen = new boolean[n];
        int stayed = 0;
        for (int place = 0; place < n; place++) {
            int target = scattering.to(place);
            assertThat(seen[target]).isFalse();
            seen[target] = true;
            assertThat(scattering.from(target)).isEqualTo(place);
            stayed += target == place ? 1 : 0;
        }
        assertThat(n < 64 || stayed < 10).isTrue();
    }
}
