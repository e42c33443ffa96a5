package dev.longtail.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which kernels a JVM uses. The system property {@value #PROPERTY} decides:
 *
 * <ul>
 *   <li>{@code auto} (also when it is not set): the vector kernels where they are there and fast, otherwise scalar;
 *   <li>{@code scalar}: plain Java, the same bits on every processor;
 *   <li>{@code vector}: the vector kernels even where they may be slow.
 * </ul>
 *
 * @param kernels the variant
 * @param reason one sentence without a full stop that says why the vector kernels are not used; null when they are
 */
public record KernelChoice(Kernels kernels, @Nullable String reason) {

    /** Name of the system property that forces a choice. */
    public static final String PROPERTY = "longtail.kernels";

    private static final Logger LOG = LoggerFactory.getLogger(KernelChoice.class);

    /**
     * The choice for this JVM. {@link Vectors} makes it once when it is first used; a program that wants to report a
     * wrong property before that calls this method first.
     *
     * @throws IllegalArgumentException when the property has a value that is not known
     * @throws IllegalStateException when the property asks for vector kernels and they cannot be had
     */
    public static KernelChoice ofThisJvm() {
        return choose(System.getProperty(PROPERTY, "auto"), VectorVariant.find());
    }

    static KernelChoice choose(String wanted, VectorVariant vector) {
        switch (wanted.strip().toLowerCase(Locale.ROOT)) {
            case "scalar":
                return scalar("-D" + PROPERTY + "=scalar asks for the scalar ones");
            case "vector":
                return forced(vector);
            case "auto":
                return automatic(vector);
            default:
                throw new IllegalArgumentException(PROPERTY + " must be auto, scalar or vector, got " + wanted
                        + "; correct or remove -D" + PROPERTY);
        }
    }

    private static KernelChoice forced(VectorVariant vector) {
        if (vector.kernels() == null) {
            throw new IllegalStateException("-D" + PROPERTY + "=vector: the vector kernels cannot be used because "
                    + vector.obstacle() + "; mend that, or use -D" + PROPERTY + "=auto");
        }
        return new KernelChoice(vector.kernels(), null);
    }

    private static KernelChoice automatic(VectorVariant vector) {
        if (vector.kernels() != null && vector.obstacle() == null) {
            return new KernelChoice(vector.kernels(), null);
        }
        return scalar(String.valueOf(vector.obstacle()));
    }

    private static KernelChoice scalar(String reason) {
        return new KernelChoice(new ScalarKernels(), reason);
    }

    /** One line for people, for example {@code vector-512} or {@code scalar (vector kernels are not used: ...)}. */
    public String description() {
        return reason == null ? kernels.name() : kernels.name() + " (vector kernels are not used: " + reason + ")";
    }

    /** Logs the description at level INFO and returns this choice. */
    KernelChoice logged() {
        LOG.info("kernels in use: {}", description());
        return this;
    }
}
