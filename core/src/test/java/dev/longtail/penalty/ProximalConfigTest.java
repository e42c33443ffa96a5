package dev.longtail.penalty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.penalty.ProximalConfig.Domain;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProximalConfigTest {

    @Test
    void thePaperPenalisesFromTheFirstEpochOn() {
        ProximalConfig paper = ProximalConfig.PAPER.withL1(0.5f);
        assertThat(paper.l1(1)).isEqualTo(0.5f);
        assertThat(paper.l1(100)).isEqualTo(0.5f);
        assertThat(paper.domain().limits(0)).isTrue();
        assertThat(paper.penaliseAnchors()).isFalse();
    }

    /** The list that the authors' program makes: five zeros, then 0, 1, 2, ... fiftieths of lambda2. */
    @Test
    void theParityScheduleIsTheAuthorsList() {
        ProximalConfig parity = ProximalConfig.PARITY.withL1(1);
        double[] schedule = new double[55];
        for (int i = 0; i < 50; i++) {
            schedule[5 + i] = i * (1.0 / 50);
        }
        for (int epoch = 1; epoch <= 50; epoch++) {
            assertThat((double) parity.l1(epoch)).isCloseTo(schedule[epoch - 1], within(1e-6));
        }
        assertThat((double) parity.l1(50)).isCloseTo(0.88, within(1e-6));
        assertThat(parity.l1(56)).isEqualTo(1);
        assertThat(parity.domain().limits(parity.l1(6))).isFalse();
        assertThat(parity.domain().limits(parity.l1(7))).isTrue();
    }

    @Test
    void theRefitHasNoPenalty() {
        ProximalConfig refit = new ProximalConfig(
                1, Domain.NON_NEGATIVE, ProximalConfig.Metric.PLAIN, ProximalConfig.Rows.ALL, 1, 2, 5, false);
        assertThat(refit.l1(5)).isEqualTo(1);
        assertThat(refit.isRefit(5)).isFalse();
        assertThat(refit.l1(6)).isZero();
        assertThat(refit.isRefit(6)).isTrue();
        assertThat(ProximalConfig.PAPER.isRefit(1000)).isFalse();
    }

    @Test
    void domainsChooseTheOperator() {
        float[] row = {-2, -0.5f, 0.5f, 2};
        assertThat(step(Domain.NON_NEGATIVE, row, 1)).containsExactly(0, 0, 0, 1);
        assertThat(step(Domain.SIGNED, row, 1)).containsExactly(-1, 0, 0, 1);
        assertThat(step(Domain.WHILE_PENALISED, row, 1)).containsExactly(0, 0, 0, 1);
        assertThat(step(Domain.NON_NEGATIVE, row, 0)).containsExactly(0, 0, 0.5f, 2);
        assertThat(step(Domain.SIGNED, row, 0)).containsExactly(row);
        assertThat(step(Domain.WHILE_PENALISED, row, 0)).containsExactly(row);
    }

    private static float[] step(Domain domain, float[] row, float threshold) {
        float[] one = row.clone();
        float[] each = row.clone();
        float[] thresholds = {threshold, threshold, threshold, threshold};
        assertThat(domain.step(one, 0, 4, threshold)).isEqualTo(Norms.l0(one, 0, 4));
        domain.step(each, 0, 4, thresholds, threshold > 0);
        assertThat(each).containsExactly(one);
        return one;
    }

    @Test
    void settingsGoToTextAndBack() {
        ProximalConfig changed =
                Settings.override(ProximalConfig.PAPER, Map.of("domain", "while-penalised", "metric", "coordinate"));
        assertThat(changed.domain()).isEqualTo(Domain.WHILE_PENALISED);
        assertThat(Settings.fromJson(ProximalConfig.class, Settings.toJson(ProximalConfig.PARITY)))
                .isEqualTo(ProximalConfig.PARITY);
        assertThatThrownBy(() -> ProximalConfig.PAPER.withL1(-1)).hasMessage("l1 must be at least 0, got -1.0");
    }
}
