package dev.longtail.train;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import java.util.Optional;

/** Where the state of a run is kept while it goes on, so that a run that was killed can be taken up. */
public interface Checkpoints {

    /** What the names of the numbers of a run begin with. */
    String RUN = "run";

    /** Keeps nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public Optional<StateCarrier> resume() {
            return Optional.empty();
        }

        @Override
        public void resumed() {}

        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void keep(Moment moment, Stateful run) {}
    };

    /** Stages of a run that takes long, in their order. */
    enum Stage {
        /** The embedding arm learns in epochs. */
        EPOCHS,
        /** The direct arm learns label by label. */
        DIRECT
    }

    /**
     * When in a run a state was kept.
     *
     * @param stage which stage it was in
     * @param done epochs or labels that were done
     */
    record Moment(Stage stage, int done) {}

    /** What puts the kept state back that the run is to go on from; empty for a run from its start. */
    Optional<StateCarrier> resume();

    /**
     * The kept state is back.
     *
     * @throws IllegalArgumentException when some of it has not been taken
     */
    void resumed();

    /** Whether it is time to keep the state. */
    boolean isDue();

    /** Keeps the state. Failing to is no reason to end a run, so nothing is thrown. */
    void keep(Moment moment, Stateful run);
}
