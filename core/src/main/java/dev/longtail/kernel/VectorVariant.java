package dev.longtail.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The vector kernels as this JVM offers them: usable and fast (no obstacle), usable but slow (both), or not usable
 * (an obstacle only).
 *
 * @param kernels the vector kernels; null when they cannot be used
 * @param obstacle one sentence without a full stop on what stands in the way and what to do; null when nothing does
 */
record VectorVariant(@Nullable Kernels kernels, @Nullable String obstacle) {

    private static final String CLASS = "dev.longtail.simd.VectorKernels";
    private static final String MODULE = "jdk.incubator.vector";

    VectorVariant {
        if (kernels == null && obstacle == null) {
            throw new IllegalArgumentException("a missing variant needs a reason");
        }
    }

    static VectorVariant find() {
        // HotSpot compiles vector operations only when their module is in the boot layer from the start.
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return new VectorVariant(null, "the JVM runs without --add-modules " + MODULE + "; add that option");
        }
        try {
            Class<?> type = Class.forName(CLASS, true, VectorVariant.class.getClassLoader());
            Kernels kernels = (Kernels) type.getDeclaredConstructor().newInstance();
            return new VectorVariant(kernels, slowness());
        } catch (ClassNotFoundException e) {
            return new VectorVariant(null, "the longtail-simd jar is not on the class path; add it");
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            return new VectorVariant(null, "the longtail-simd jar does not fit this JVM or longtail-core (" + e + ")");
        }
    }

    /**
     * Why vector operations would be slow here, or null. Without HotSpot's C2 compiler every one of them is a call on
     * boxed values, and without fused multiply-add in the processor each lane goes through BigDecimal: slower than
     * plain loops by a factor of a hundred and more (apache/lucene issues 12765 and 12311).
     */
    private static @Nullable String slowness() {
        String machine = System.getProperty("java.vm.name", "unknown");
        String mode = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
        if (!machine.contains("Server VM")) {
            return "the JVM is " + machine + ", and only HotSpot's C2 compiler makes them fast";
        }
        if (mode.contains("interpreted") || mode.contains("emulated-client")) {
            return "the JVM runs in the mode '" + mode + "', without the C2 compiler";
        }
        if (HotSpot.isSet("UseJVMCICompiler")) {
            return "the JVM compiles with JVMCI, and only HotSpot's C2 compiler makes them fast";
        }
        if (HotSpot.option("UseFMA", "true").equals("false")) {
            return "the processor or the JVM has no fused multiply-add";
        }
        if (Integer.parseInt(HotSpot.option("MaxVectorSize", "16")) < 16) {
            return "this JVM has no vectors of 128 bits or more";
        }
        return null;
    }
}
