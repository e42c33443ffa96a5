package dev.longtail.relation;

import dev.longtail.config.Require;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import it.unimi.dsi.fastutil.ints.IntIterator;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;

/**
 * Counts in a stream of sequences how often two objects stand at most {@code window} positions apart. Pairs are shared
 * out over {@value #PARTS} tables by their larger object; each table has its share of the bound, and when it is full
 * its rarest pairs are removed until three quarters are left, as {@link dev.longtail.text.VocabularyBuilder} does with
 * terms (the bounded counting of Manku and Motwani 2002, with a threshold that adapts). A table sees its pairs in the
 * order of the stream, so the result does not depend on the number of threads. How often each object is in a pair is
 * counted apart and always exact. Fed by one thread.
 */
public final class CooccurrenceCounter {

    /** Distinct pairs that are counted at once by default: 200 MB when they are all there. */
    public static final int DEFAULT_PAIRS = 12_000_000;

    private static final int PARTS = 16;
    private static final int BUFFER = 1 << 16;
    private static final int UNKNOWN = -1;
    private static final int END = -2;

    private final int objects;
    private final int window;
    private final Workers workers;
    private final long[] totals;
    private final Part[] parts = new Part[PARTS];
    private final int[] buffer;
    private final byte[] partOf;
    private int context; // positions at the start of the buffer whose pairs among themselves have been counted
    private int filled;

    /**
     * @param objects how many there are
     * @param config window and bound; what is related is decided later, by {@link Cooccurrences#graph}
     */
    public CooccurrenceCounter(int objects, CooccurrenceConfig config, Workers workers) {
        this.objects = objects;
        this.window = config.window();
        this.workers = workers;
        this.totals = new long[objects];
        this.buffer = new int[Math.addExact(BUFFER, 2 * window)];
        this.partOf = new byte[buffer.length];
        Arrays.setAll(parts, part -> new Part(Math.max(1, config.maxPairs() / PARTS)));
    }

    /**
     * Counts the pairs of a sequence.
     *
     * @param ids objects in their order, the first {@code count} entries; one below 0 is unknown, which is in no pair
     *            but takes its place
     * @throws IllegalArgumentException when an id is too large
     */
    public void add(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            Require.that(ids[i] < objects, "object of a sequence", "below " + objects, ids[i]);
            append(Math.max(ids[i], UNKNOWN));
        }
        append(END);
    }

    private void append(int token) {
        if (filled == buffer.length) {
            flush();
        }
        buffer[filled] = token;
        partOf[filled++] = (byte) (RandomStream.mix(token) >>> 60);
    }

    /** Counts the pairs that end in the new part of the buffer, and keeps the last positions as their successors'. */
    private void flush() {
        countTotals();
        workers.run(PARTS, (part, worker) -> count(part));
        context = Math.min(filled, window);
        System.arraycopy(buffer, filled - context, buffer, 0, context);
        System.arraycopy(partOf, filled - context, partOf, 0, context);
        filled = context;
    }

    private void countTotals() {
        for (int i = context; i < filled; i++) {
            int last = Math.max(0, i - window);
            int known = 0;
            for (int j = i - 1; buffer[i] >= 0 && j >= last && buffer[j] != END; j--) {
                if (buffer[j] >= 0) {
                    totals[buffer[j]]++;
                    known++;
                }
            }
            if (known > 0) {
                totals[buffer[i]] += known;
            }
        }
    }

    private void count(int number) {
        Part part = parts[number];
        for (int i = context; i < filled; i++) {
            int later = buffer[i];
            if (later < 0) {
                continue;
            }
            int last = Math.max(0, i - window);
            for (int j = i - 1; j >= last && buffer[j] != END; j--) {
                int earlier = buffer[j];
                if (earlier >= 0 && (earlier > later ? partOf[j] : partOf[i]) == number) {
                    part.add(Neighbours.pair(later, earlier));
                }
            }
        }
    }

    /** All that was counted. The counter must not be used any more. */
    public Cooccurrences finish() {
        flush();
        int size = 0;
        Pruned pruned = Pruned.NONE;
        for (Part part : parts) {
            size = Math.addExact(size, part.counts.size());
            pruned = pruned.and(part.pruned);
        }
        long[] pairs = new long[size];
        int at = 0;
        for (Part part : parts) {
            for (long pair : part.counts.keySet().toLongArray()) {
                pairs[at++] = pair;
            }
        }
        Arrays.sort(pairs);
        int[] counts = new int[size];
        for (int i = 0; i < size; i++) {
            int part = (int) (RandomStream.mix(Neighbours.second(pairs[i])) >>> 60);
            counts[i] = parts[part].counts.get(pairs[i]);
        }
        return new Cooccurrences(totals, pairs, counts, pruned);
    }

    /**
     * What the bound on the number of pairs cost.
     *
     * @param times how often rare pairs were removed from a table
     * @param removed pairs removed in all; one that came back and was removed again counts twice
     * @param undercount no pair's count is too low by more than this; a pair that is missing did not occur more often
     */
    public record Pruned(int times, long removed, int undercount) {

        /** Nothing was removed, all counts are exact. */
        public static final Pruned NONE = new Pruned(0, 0, 0);

        /** Of this table and another one. */
        Pruned and(Pruned other) {
            return new Pruned(times + other.times, removed + other.removed, Math.max(undercount, other.undercount));
        }
    }

    /** The pairs of some objects. */
    private static final class Part {
        private final int limit;
        private Long2IntOpenHashMap counts = new Long2IntOpenHashMap();
        private Pruned pruned = Pruned.NONE;

        Part(int limit) {
            this.limit = limit;
        }

        void add(long pair) {
            if (counts.addTo(pair, 1) == Integer.MAX_VALUE) {
                throw new ArithmeticException("two objects co-occur more than 2^31 - 1 times");
            }
            if (counts.size() > limit) {
                prune();
            }
        }

        private void prune() {
            int minimum = 1;
            do {
                minimum++;
            } while (atLeast(minimum) > limit / 4 * 3);
            int least = minimum;
            Long2IntOpenHashMap kept = new Long2IntOpenHashMap(limit);
            counts.long2IntEntrySet().fastForEach(entry -> {
                if (entry.getIntValue() >= least) {
                    kept.put(entry.getLongKey(), entry.getIntValue());
                }
            });
            pruned = new Pruned(
                    pruned.times + 1, pruned.removed + counts.size() - kept.size(), pruned.undercount + least - 1);
            counts = kept;
        }

        private int atLeast(int minimum) {
            int found = 0;
            for (IntIterator each = counts.values().iterator(); each.hasNext(); ) {
                found += each.nextInt() >= minimum ? 1 : 0;
            }
            return found;
        }
    }
}
