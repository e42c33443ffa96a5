package dev.longtail.matrix;

import java.util.List;
import java.util.stream.Stream;

/** The learned numbers of a model, of which some may change their shapes while they are learned. */
public interface Parameters {

    /** Those whose arrays stay the same: the live arrays. */
    List<Tensor> fixed();

    /** Copies of the others as they are now. */
    default List<Tensor> changing() {
        return List.of();
    }

    /**
     * Takes over what {@link #changing} gave earlier.
     *
     * @throws IllegalArgumentException when it is not that
     */
    default void take(List<Tensor> changing) {
        if (!changing.isEmpty()) {
            throw new IllegalArgumentException("all shapes are fixed, there is nothing to take over");
        }
    }

    /** All of them. */
    default List<Tensor> all() {
        return Stream.concat(fixed().stream(), changing().stream()).toList();
    }
}
