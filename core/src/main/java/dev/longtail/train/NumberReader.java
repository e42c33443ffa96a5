package dev.longtail.train;

/** Reads numbers one after the other; whole ones are below 2^53. */
final class NumberReader {

    private final double[] numbers;
    private int at;

    NumberReader(double[] numbers) {
        this.numbers = numbers;
    }

    double next() {
        return numbers[at++];
    }

    int whole() {
        return (int) next();
    }

    long count() {
        return (long) next();
    }

    /** A number that says yes or no. */
    boolean yes() {
        return next() == 1;
    }
}
