package dev.longtail.matrix;

/** A part of a run of training whose numbers the next step depends on. */
public interface Stateful {

    /**
     * Hands everything to a carrier that the part has learned or remembers from one step to the next: all that is not
     * the same in a part that has just been made for the same run. Whether numbers are taken out or put back is the
     * carrier's business, so there is one list for both.
     *
     * @param name what the names of this part's numbers begin with; different for different parts
     * @throws IllegalArgumentException when what is put back is not of this part
     */
    void carry(String name, StateCarrier state);
}
