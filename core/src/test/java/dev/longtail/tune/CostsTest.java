package dev.longtail.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.train.LabelConfig;
import dev.longtail.tune.Trial.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CostsTest {

    /** Four epochs at most. */
    private static final LabelConfig CONFIG = LabelConfig.embedding(128, 32);

    private final Costs costs = new Costs();

    private static Candidate candidate(int number) {
        return new Candidate(number, Map.of(), CONFIG);
    }

    private static Trial trial(int number, int rung, int examples, int epochs, double seconds) {
        return new Trial(candidate(number), rung, examples, Outcome.MEASURED, "", 0, epochs, seconds);
    }

    @Test
    void theStartTellsHowTimeGrowsWithExamples() {
        costs.add(trial(0, 1, 300, 4, 1.5), 1);
        assertThat(costs.estimate(candidate(0), 900)).isCloseTo(Math.pow(3, 1.15) + 0.5, within(1e-9));
        costs.add(trial(0, 2, 900, 4, 5), 4);
        costs.add(trial(1, 2, 900, 4, 3), 2);
        // three times the examples took four times as long
        assertThat(costs.estimate(candidate(1), 2700)).isCloseTo(2 * 4 + 1, within(1e-9));
        // ten times as long is more than is believed
        costs.add(trial(0, 3, 2700, 4, 45), 45);
        assertThat(costs.estimate(candidate(1), 2700)).isCloseTo(2 * Math.pow(3, 1.3) + 1, within(1e-9));
        assertThatThrownBy(() -> costs.estimate(candidate(2), 900)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTrialThatStoppedEarlyMayGoOnWithMoreExamples() {
        costs.add(trial(1, 1, 300, 2, 3), 2);
        assertThat(costs.estimate(candidate(1), 300)).isCloseTo(2 * (2 + 1), within(1e-9));
    }

    @Test
    void theNextTrialOfTheFirstRungTakesWhatTheOthersTook() {
        costs.add(trial(0, 1, 300, 4, 9), 8);
        costs.set(trial(0, 1, 300, 4, 2), 1);
        costs.add(trial(1, 1, 300, 4, 4), 3);
        costs.add(trial(1, 2, 900, 4, 40), 30);
        assertThat(costs.firstRung()).isEqualTo(3);
    }
}
