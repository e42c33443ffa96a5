package dev.longtail.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScratchTest {

    private static final int LINE = 16;

    @Test
    void piecesFollowOneAnotherInStepsOfWholeLines() {
        int[] lengths = {1, 16, 0, 17, 100};
        Scratch scratch = Scratch.of(lengths);
        for (int i = 1; i < lengths.length; i++) {
            int step = scratch.offset(i) - scratch.offset(i - 1);
            assertThat(step % LINE).isZero();
            assertThat(step).isBetween(lengths[i - 1], lengths[i - 1] + LINE - 1);
        }
        assertThat(scratch.offset(4) + 100).isLessThanOrEqualTo(scratch.values().length);
    }

    @Test
    void theFirstPieceStartsOneHeaderBeforeALine() {
        // An array of floats has a header of 16 bytes, or 12 with compact object headers.
        int header = HotSpot.isSet("UseCompactObjectHeaders") ? 3 : 4;
        assertThat((Scratch.of(5).offset(0) + header) % LINE).isZero();
    }

    @Test
    void underG1TheArrayFillsHalfARegion() {
        long region = Long.parseLong(HotSpot.option("G1HeapRegionSize", "0"));
        long least = HotSpot.isSet("UseG1GC") ? region / 2 : 0;
        assertThat(Scratch.of(1).values().length * 4L).isGreaterThanOrEqualTo(Math.max(4, least));
    }

    @Test
    void lengthsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Scratch.of(3, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[3, -1]");
        assertThatThrownBy(() -> Scratch.of(Integer.MAX_VALUE / 2, Integer.MAX_VALUE / 2, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit one array");
    }

    @Test
    void anUnknownOptionOfTheVirtualMachineHasTheDefault() {
        assertThat(HotSpot.option("NoSuchOption", "otherwise")).isEqualTo("otherwise");
        assertThat(HotSpot.option("MaxHeapSize", "otherwise")).matches("\\d+");
    }
}
