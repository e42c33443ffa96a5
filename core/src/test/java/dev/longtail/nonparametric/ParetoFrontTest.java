package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.nonparametric.ParetoFront.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

    @Test
    void aHandfulByHand() {
        List<Point> points = List.of(
                new Point(1.0, 10, 100), // best loss
                new Point(1.0, 11, 100), // an anchor more than the first, else the same
                new Point(1.1, 10, 100), // worse than the first, else the same
                new Point(2.0, 5, 100), // fewer anchors
                new Point(2.0, 5, 100), // the same again
                new Point(3.0, 9, 90), // fewer non-zeros
                new Point(3.0, 9, 110)); // worse than the one before
        assertThat(ParetoFront.members(points)).containsExactly(true, false, false, true, true, true, false);
        assertThat(ParetoFront.of(points)).containsExactly(points.get(0), points.get(3), points.get(4), points.get(5));
        assertThat(ParetoFront.of(List.of())).isEmpty();
    }

    private static List<Point> random(Random random) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            points.add(new Point(random.nextInt(12), random.nextInt(12), random.nextInt(12)));
        }
        return points;
    }

    @Test
    void membersSurpassAllOthersAndNoneOfThemselves() {
        Random random = new Random(1);
        for (int instance = 0; instance < 20; instance++) {
            List<Point> points = random(random);
            List<Point> front = ParetoFront.of(points);
            for (Point point : points) {
                assertThat(front.stream().anyMatch(member -> member.dominates(point)))
                        .isEqualTo(!front.contains(point));
            }
        }
    }

    /** The best model by the objective lies on the front, whatever the two lambdas are. */
    @Test
    void theObjectiveChoosesAPlaceOnTheFront() {
        Random random = new Random(2);
        for (int instance = 0; instance < 200; instance++) {
            List<Point> points = random(random);
            double lambda2 = Math.pow(10, -3 * random.nextDouble());
            AnchorObjective objective = new AnchorObjective(lambda2 * (1 + 1e-3 + 100 * random.nextDouble()), lambda2);
            Point best = points.get(0);
            for (Point point : points) {
                best = value(objective, point) < value(objective, best) ? point : best;
            }
            assertThat(ParetoFront.of(points)).contains(best);
        }
    }

    private static double value(AnchorObjective objective, Point point) {
        return objective.value(point.loss(), point.nnz(), point.anchors());
    }
}
