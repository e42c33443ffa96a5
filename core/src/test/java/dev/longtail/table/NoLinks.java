package dev.longtail.table;

import dev.longtail.anchor.FirstLinks;

/** Rows that start without a link. */
record NoLinks() implements FirstLinks {

    @Override
    public int most() {
        return 1;
    }

    @Override
    public int read(int object, int[] anchors, float[] weights) {
        return 0;
    }
}
