package dev.longtail.topology;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.topology.LayerTopology.Observation;

/** Where new connections go. What a growth does not propose is drawn uniformly. */
interface Growth extends Stateful {

    /** Proposes nothing: every new input is drawn uniformly. */
    Growth UNIFORM = new Growth() {};

    @Override
    default void carry(String name, StateCarrier state) {}

    /** Whether labels are to be observed before a rewire. */
    default boolean observes() {
        return false;
    }

    /** Takes note of a label's gradients. */
    default void observe(int shard, int label, Observation observation) {
        throw new IllegalStateException("nothing is observed");
    }

    /** Most proposals for a row. */
    default int mostProposals() {
        return 0;
    }

    /** Gets ready for the rewire of a shard after a step. */
    default void begin(long step, int shard) {}

    /** Takes note of what an index row holds, before it is pruned. */
    default void held(int shard, int row) {}

    /**
     * Proposes inputs that an index row does not hold.
     *
     * @param step after which connections move
     * @param proposals written, best first
     * @return number of proposals
     */
    default int propose(long step, int shard, int row, int[] proposals) {
        return 0;
    }
}
