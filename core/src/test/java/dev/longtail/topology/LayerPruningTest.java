package dev.longtail.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.parallel.RandomStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerPruningTest {

    private record Slot(long place, int shard, int row, int slot, float magnitude) {}

    /** {@code equal} of the weights are set to the same small number, which then may lie on the border. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0.3", "4, 0, 0.3", "1, 300, 0.3", "1, 500, 0.2", "1, 100000, 0.5", "1, 50, 0.9", "1, 0, 0"})
    void theSameSlotsFallAsInAFullSort(int group, int equal, float fraction) {
        TopologyFixture fixture = new TopologyFixture(50, 64, 16, group);
        for (int shard = 0; shard < 2; shard++) {
            for (int place = 0;
                    place < Math.min(equal, fixture.rows(shard).weights().size());
                    place++) {
                fixture.rows(shard).weights().set(place, place % 2 == 0 ? 0.01f : -0.01f);
            }
        }
        List<Slot> slots = slots(fixture);
        int[][][] before = fixture.connections();
        RewireConfig config = RewireConfig.DEFAULT
                .withSchedule(10, 1)
                .withPrune(PruneConfig.fraction(fraction).withScope(PruneConfig.Scope.LAYER));

        long moved = fixture.observeAndRewire(config.topology(fixture.layer).orElseThrow(), 10, 10, 2);

        long wanted = (long) (fraction * (double) slots.size());
        assertThat(moved).isEqualTo(wanted);
        long key = RandomStream.key(TopologyFixture.SEED, 10, -1);
        slots.sort(Comparator.comparing(Slot::magnitude).thenComparing(slot -> LayerPruning.turn(slot.place, key)));
        int[][][] after = fixture.connections();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            assertThat(after[slot.shard][slot.row][slot.slot] != before[slot.shard][slot.row][slot.slot])
                    .isEqualTo(i < wanted);
        }
    }

    private static List<Slot> slots(TopologyFixture fixture) {
        List<Slot> slots = new ArrayList<>();
        float[] magnitudes = new float[16];
        for (int shard = 0; shard < 2; shard++) {
            for (int row = 0; row < fixture.rows(shard).indexRows(); row++) {
                fixture.layer.shards().get(shard).magnitudes(row, magnitudes);
                for (int slot = 0; slot < 16; slot++) {
                    slots.add(new Slot(slots.size(), shard, row, slot, magnitudes[slot]));
                }
            }
        }
        return slots;
    }

    @Test
    void theTurnsOfSlotsAreDistinctAndSpread() {
        Set<Long> turns = new HashSet<>();
        int early = 0;
        for (long place = 0; place < 10_000; place++) {
            long turn = LayerPruning.turn(place, 12345);
            assertThat(turn).isBetween(0L, (1L << 48) - 1);
            turns.add(turn);
            early += turn < 1L << 47 ? 1 : 0;
        }
        assertThat(turns).hasSize(10_000);
        assertThat(early).as("half, standard deviation 50").isBetween(4700, 5300);
    }
}
