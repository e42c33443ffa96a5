package dev.longtail.nonparametric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchorObjectiveTest {

    /** Table 15: models of Penn Treebank, their perplexities, non-zeros and lambda2, and eq. 36 for three lambda1. */
    @ParameterizedTest
    @CsvSource({
        "2000, 77.7, 245000, 1e-6 2e-5, 4.64",
        "1000, 79.4, 214000, 1e-6 2e-5, 4.61",
        "500, 84.5, 171000, 1e-6 2e-5, 4.62",
        "100, 106.6, 25000, 1e-5 2e-5, 4.92",
        "2000, 77.7, 245000, 1e-6 1e-4, 4.80",
        "1000, 79.4, 214000, 1e-6 1e-4, 4.69",
        "500, 84.5, 171000, 1e-6 1e-4, 4.66",
        "100, 106.6, 25000, 1e-5 1e-4, 4.93",
        "2000, 77.7, 245000, 1e-6 1e-1, 204.6",
        "1000, 79.4, 214000, 1e-6 1e-1, 104.6",
        "500, 84.5, 171000, 1e-6 1e-1, 54.6",
        "100, 106.6, 25000, 1e-5 1e-1, 14.9",
    })
    void table15(long anchors, double perplexity, long nnz, String lambdas, BigDecimal printed) {
        double lambda2 = Double.parseDouble(lambdas.split(" ")[0]);
        double lambda1 = Double.parseDouble(lambdas.split(" ")[1]);
        double value = new AnchorObjective(lambda1, lambda2).value(Math.log(perplexity), nnz, anchors);
        assertThat(new BigDecimal(value).setScale(printed.scale(), RoundingMode.HALF_UP))
                .isEqualTo(printed);
    }

    /** Table 12, the rows of LSTM 200 whose non-zeros Table 15 tells, in millions. */
    @ParameterizedTest
    @CsvSource({"2000, 245000, 0.65", "1000, 214000, 0.41", "500, 171000, 0.27", "100, 25000, 0.05", "10000, 0, 2.00"})
    void table12(long anchors, long nnz, BigDecimal printed) {
        BigDecimal parameters = BigDecimal.valueOf(AnchorObjective.parameters(anchors, 200, nnz), 6);
        assertThat(parameters.setScale(2, RoundingMode.HALF_UP)).isEqualTo(printed);
    }

    @Test
    void termsAddUp() {
        AnchorObjective.Terms terms = new AnchorObjective(0.5, 0.25).terms(3, 8, 4);
        assertThat(terms.entries()).isEqualTo(2);
        assertThat(terms.anchors()).isEqualTo(1);
        assertThat(terms.value()).isEqualTo(6);
    }

    @Test
    void anAnchorNeverPays() {
        assertThatThrownBy(() -> new AnchorObjective(1e-6, 1e-5))
                .hasMessage("lambda1 must be at least lambda2, 1.0E-5, got 1.0E-6");
        assertThatThrownBy(() -> new AnchorObjective(1, -1)).hasMessage("lambda2 must be at least 0, got -1.0");
        assertThatThrownBy(() -> new AnchorObjective(1, 0).value(1, -1, 2))
                .hasMessage("nnz must be at least 0, got -1");
    }

    @Test
    void parametersDoNotOverflow() {
        assertThat(AnchorObjective.parameters(43_500_000, 160, 7)).isEqualTo(6_960_000_007L);
        assertThatThrownBy(() -> AnchorObjective.parameters(Long.MAX_VALUE, 2, 0))
                .isInstanceOf(ArithmeticException.class);
    }
}
