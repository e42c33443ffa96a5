package dev.longtail.living;

import java.util.ArrayList;
import java.util.List;

/**
 * What a journal holds.
 *
 * @param base SHA-256 of the model.json of the model that the entries are about
 * @param after number of the last entry that is in that model already, 0 for none
 * @param chain digits of the last line
 * @param bytes length of all whole lines
 */
record Journal(String base, long after, List<JournalEntry> entries, String chain, long bytes) {

    Journal {
        entries = List.copyOf(entries);
    }

    /** Number of the last entry. */
    long sequence() {
        return after + entries.size();
    }

    /** The same with entries behind the others. @param added bytes of their lines */
    Journal with(List<JournalEntry> more, String last, long added) {
        List<JournalEntry> all = new ArrayList<>(entries);
        all.addAll(more);
        return new Journal(base, after, all, last, bytes + added);
    }

    /** Feedback that counts, in its order: what was undone is left out. */
    List<JournalEntry.Given> counting() {
        List<JournalEntry.Given> counting = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (entry instanceof JournalEntry.Given given) {
                counting.add(given);
            } else if (entry instanceof JournalEntry.Undone undone) {
                counting.removeIf(given -> undone.numbers().contains(given.sequence()));
            }
        }
        return counting;
    }
}
