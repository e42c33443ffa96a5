package dev.longtail.figure;

import java.util.List;

/**
 * Colours that people with any colour vision tell apart (after Okabe and Ito 2008, darkened for white paper, lightened
 * for black); each series has a marker of its own as well.
 */
public final class Palette {

    /** By series, on white, as #rrggbb. */
    public static final List<String> LIGHT =
            List.of("#0072b2", "#d55e00", "#00805d", "#b8488a", "#6a4fb3", "#8a6a00", "#2b2b2b", "#5c8a99");
    /** By series, on black, as #rrggbb. */
    public static final List<String> DARK =
            List.of("#56b4e9", "#ff9a4d", "#35cfa0", "#f29ac9", "#b8a2f5", "#e5c34b", "#d8d8d8", "#9cc3cf");

    /** Series that can be told apart. */
    public static final int SIZE = LIGHT.size();

    private Palette() {}
}
