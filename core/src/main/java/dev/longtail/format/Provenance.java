package dev.longtail.format;

import dev.longtail.data.SourceFile;
import java.util.List;
import java.util.Map;

/**
 * Where a model comes from: all that is needed to make it again. Nothing in here differs between two runs with the same
 * seed, whatever their number of threads.
 *
 * @param files data that was read, with checksums
 * @param kernels kernel variant, on which the last bits of all numbers depend
 * @param epochs passes over the data that were made
 * @param bestEpoch the one whose parameters were kept, from 1
 * @param validation measures on the validation part after that epoch, empty without one
 */
public record Provenance(
        List<SourceFile> files, String kernels, int epochs, int bestEpoch, Map<String, Number> validation) {}
