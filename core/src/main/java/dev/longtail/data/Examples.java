package dev.longtail.data;

/** Examples that can be read in any order, by any number of threads at once. */
public interface Examples {

    /** Number of examples. */
    int size();

    /** Fills {@code into} with the example of this number, growing its arrays when they are too short. */
    void read(int example, Example into);
}
