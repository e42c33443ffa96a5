package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.RandomStream;

/**
 * How often the inputs were held by an index row at a rewire, approximately: a row has as many counters of one byte as
 * slots, an input is counted where its hash points, and inputs that fall together share their count, which is then too
 * large. Exact counts would take a number for every input of every label, the dense matrix that is to be avoided.
 * Counters stop at 255.
 */
final class HeldCounts implements Stateful {

    private static final int LAST = 255;

    private final FixedFanIn rows;
    private final byte[] counters;

    HeldCounts(FixedFanIn rows) {
        this.rows = rows;
        this.counters = new byte[Math.multiplyExact(rows.indexRows(), rows.width())];
    }

    /** Counts what an index row holds. */
    void add(int row) {
        for (int slot = 0; slot < rows.width(); slot++) {
            int place = place(row, rows.inputOf(row, slot));
            if ((counters[place] & 0xff) < LAST) {
                counters[place]++;
            }
        }
    }

    /** N, how often a row held an input, or more. */
    int of(int row, int input) {
        return counters[place(row, input)] & 0xff;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.bytes(name, counters);
    }

    private int place(int row, int input) {
        return row * rows.width() + (int) Long.remainderUnsigned(RandomStream.mix(input + 1L), rows.width());
    }
}
