package dev.longtail.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelChoiceTest {

    /** Stands for vector kernels; only its identity matters. */
    private final Kernels fast = new ScalarKernels();

    private final VectorVariant usable = new VectorVariant(fast, null);
    private final VectorVariant slow = new VectorVariant(fast, "the processor is old");
    private final VectorVariant missing = new VectorVariant(null, "the jar is not there");

    @Test
    void autoTakesVectorKernelsOnlyWhereNothingSpeaksAgainstThem() {
        assertThat(KernelChoice.choose("auto", usable).kernels()).isSameAs(fast);
        assertThat(KernelChoice.choose("auto", usable).reason()).isNull();
        assertThat(KernelChoice.choose("auto", slow).kernels())
                .isNotSameAs(fast)
                .isInstanceOf(ScalarKernels.class);
        assertThat(KernelChoice.choose("auto", missing).kernels()).isInstanceOf(ScalarKernels.class);
    }

    @Test
    void theDescriptionTellsWhyKernelsAreScalar() {
        assertThat(KernelChoice.choose("auto", missing).description())
                .isEqualTo("scalar (vector kernels are not used: the jar is not there)");
        assertThat(KernelChoice.choose("auto", slow).description()).contains("the processor is old");
        assertThat(KernelChoice.choose("scalar", usable).description()).contains("-Dlongtail.kernels=scalar");
    }

    @Test
    void thePropertyForcesAChoice() {
        assertThat(KernelChoice.choose("scalar", usable).kernels()).isNotSameAs(fast);
        assertThat(KernelChoice.choose("vector", slow).kernels()).isSameAs(fast);
        assertThat(KernelChoice.choose(" Vector ", usable).kernels()).isSameAs(fast);
    }

    @Test
    void forcedVectorKernelsThatCannotBeHadAreAnError() {
        assertThatThrownBy(() -> KernelChoice.choose("vector", missing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "-Dlongtail.kernels=vector: the vector kernels cannot be used because the jar is not there; "
                                + "mend that, or use -Dlongtail.kernels=auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "avx512", "scalar,vector"})
    void anUnknownChoiceIsAnError(String wanted) {
        assertThatThrownBy(() -> KernelChoice.choose(wanted, usable))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("longtail.kernels must be auto, scalar or vector, got " + wanted + ";");
    }

    @Test
    void coreAloneIsScalarAndSaysWhatIsMissing() {
        // These tests run with the incubator module, but the jar with the vector kernels is not on their class path.
        assertThat(Vectors.name()).isEqualTo("scalar");
        assertThat(Vectors.lanes()).isOne();
        assertThat(Vectors.description()).contains("the longtail-simd jar is not on the class path");
    }
}
