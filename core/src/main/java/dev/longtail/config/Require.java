package dev.longtail.config;

/** Checks of hyper-parameters; every failure names the parameter, its bound and the value that was given. */
public final class Require {

    private Require() {}

    /** @throws IllegalArgumentException "{name} must be {bound}, got {value}" when {@code holds} is false */
    public static void that(boolean holds, String name, String bound, Object value) {
        if (!holds) {
            throw violated(name, bound, value);
        }
    }

    /**
     * The error of {@link #that}, for checks of millions of numbers, which cannot each have its name put together.
     *
     * @return "{name} must be {bound}, got {value}"
     */
    public static IllegalArgumentException violated(String name, String bound, Object value) {
        return new IllegalArgumentException(name + " must be " + bound + ", got " + value);
    }
}
