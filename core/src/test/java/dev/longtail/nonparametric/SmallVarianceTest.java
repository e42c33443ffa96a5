package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Appendix B in numbers: with a = exp(-beta lambda1) and b = exp(beta lambda2), -1 / beta times the logarithm of the
 * density of eq. 9 goes to lambda2 |Z|_0 + (lambda1 - lambda2) K, which is what the objective charges.
 */
class SmallVarianceTest {

    @Test
    void thePriorGoesToTheObjectivesTerms() {
        AnchorObjective objective = new AnchorObjective(0.5, 0.2);
        Selection selection = new IndianBuffet(3).buffet(40, 1);
        double limit = objective.value(0, selection.size(), selection.anchors());
        double previous = Double.POSITIVE_INFINITY;
        for (double beta : new double[] {30, 100, 300, 1000, 3000}) {
            double distance = Math.abs(-logDensity(selection, objective, beta) / beta - limit);
            assertThat(distance).isLessThan(previous);
            previous = distance;
        }
        assertThat(previous).isCloseTo(0, within(limit / 50));
    }

    /** log p(Z), eq. 9, written with log b = beta lambda2 since b itself is e^600. */
    private static double logDensity(Selection z, AnchorObjective objective, double beta) {
        double logAb = -beta * (objective.lambda1() - objective.lambda2());
        double b = Math.exp(beta * objective.lambda2());
        double sum = z.anchors() * logAb;
        for (int j = 1; j <= z.objects(); j++) {
            sum -= Math.exp(logAb) / (b + j - 1);
        }
        for (int m : z.popularity()) {
            // Gamma(m) Gamma(n - m + b) / Gamma(n + b) = (m - 1)! / prod over j = 1 .. m of (n - j + b)
            for (int j = 1; j <= m; j++) {
                sum += (j < m ? Math.log(j) : 0) - Math.log(z.objects() - j + b);
            }
        }
        Map<String, Integer> columns = new HashMap<>();
        for (int anchor = 0; anchor < z.anchors(); anchor++) {
            sum -= Math.log(columns.merge(column(z, anchor), 1, Integer::sum)); // builds up log K_h!
        }
        return sum;
    }

    private static String column(Selection z, int anchor) {
        StringBuilder column = new StringBuilder();
        for (int object = 0; object < z.objects(); object++) {
            boolean has = false;
            for (int at = z.rows().start(object); at < z.rows().start(object + 1); at++) {
                has |= z.rows().ids()[at] == anchor;
            }
            column.append(has ? '1' : '0');
        }
        return column.toString();
    }
}
