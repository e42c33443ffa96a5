package dev.longtail.tune;

/** A trial was ended because the time of the search is over. */
final class OutOfTimeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutOfTimeException() {
        super("it took too long for the time that is left");
    }
}
