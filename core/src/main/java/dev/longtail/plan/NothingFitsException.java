package dev.longtail.plan;

/** No settings make a run fit its budget. */
public final class NothingFitsException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Budget smallest;

    NothingFitsException(Budget smallest) {
        super("no settings that may be changed make the run fit");
        this.smallest = smallest;
    }

    /** The smallest budget of the same limits that would do. */
    public Budget smallest() {
        return smallest;
    }
}
