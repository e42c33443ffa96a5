package dev.longtail.explain;

import java.util.Locale;

/** What scores labels on its own. */
public enum Arm {
    ASSOCIATION,
    EMBEDDING,
    DIRECT;

    /** Its name in texts and files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
