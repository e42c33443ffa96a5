package dev.longtail.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * An amount of memory or disk.
 *
 * @param bytes above 0
 */
record ByteSize(long bytes) {

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,5})([kmgt])");
    private static final String UNITS = "kmgt";

    /** The size of a text such as 600m, in decimal units as all sizes that are printed. */
    static ByteSize of(String text) {
        Matcher parts = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new TypeConversionException("must be a size above 0 such as 600m or 2g, got '" + text + "'");
        }
        long bytes = Long.parseLong(parts.group(1));
        for (int unit = 0; unit <= UNITS.indexOf(parts.group(2)); unit++) {
            bytes *= 1000;
        }
        return new ByteSize(bytes);
    }
}
