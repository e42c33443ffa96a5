package dev.longtail.living;

import dev.longtail.config.InputException;
import dev.longtail.format.LabelChanges;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.format.LabelModelFolder.Stored;
import dev.longtail.format.LivingProvenance;
import dev.longtail.format.ModelFormatException;
import dev.longtail.format.RetiredLabel;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model folder whose labels can be changed and that learns from feedback. The model is that of the folder, with the
 * feedback in the journal beside it: the same two files give the same bits, at any number of threads on one kernel
 * width.
 *
 * <p>Feedback goes to the journal alone, so it can be undone to the bit. A change of labels writes a new folder that
 * replaces the old one and has the feedback in it, which can then no longer be undone. Killed at any moment, folder and
 * journal together hold everything that was acknowledged: a journal that is about the model before the last change is
 * known by its first line and does not count again.
 *
 * <p>Each model that {@link #model} gives is complete and never changes. Several threads may use an instance, and
 * several processes a folder; changes come one after the other.
 */
public final class LivingModel {

    /** Reads of a folder that others replace meanwhile. */
    private static final int ATTEMPTS = 20;

    private final Place place;
    private final Workers workers;
    private volatile State state;

    /** A model, what it was made of, and where its journal ends. */
    private record State(Folder base, @Nullable Journal journal, FeedbackReplay replay, Stored current) {

        long sequence() {
            return journal == null ? LivingProvenance.sequence(base.stored.manifest()) : journal.sequence();
        }

        List<JournalEntry.Given> counting() {
            return journal == null ? List.of() : journal.counting();
        }
    }

    /** What is in a folder. @param identity SHA-256 of its model.json */
    private record Folder(Stored stored, String identity) {}

    private LivingModel(Place place, Workers workers, State state) {
        this.place = place;
        this.workers = workers;
        this.state = state;
    }

    /**
     * Reads a folder and its journal.
     *
     * @param workers used whenever something changes
     * @throws ModelFormatException when the folder is no label model, or one of the two is damaged
     */
    public static LivingModel open(Path folder, Workers workers) throws IOException {
        Place place = Place.of(folder);
        return new LivingModel(place, workers, read(place, workers));
    }

    /** Reads a folder with the feedback beside it, for use without any change; otherwise as {@link #open}. */
    public static Stored read(Path folder) throws IOException {
        try (Workers one = new Workers(1)) {
            return read(Place.of(folder), one).current;
        }
    }

    private static State read(Place place, Workers workers) throws IOException {
        for (int attempt = 1; ; attempt++) {
            String identity = LabelModelFolder.identity(place.folder());
            Stored stored = LabelModelFolder.read(place.folder());
            Optional<Journal> journal = JournalFile.read(place.journal());
            if (identity.equals(LabelModelFolder.identity(place.folder()))) {
                return state(new Folder(stored, identity), belonging(place, stored, identity, journal), workers);
            }
            if (attempt == ATTEMPTS) {
                throw new IOException(place.folder() + " is being replaced again and again; try again later");
            }
        }
    }

    private static @Nullable Journal belonging(Place place, Stored stored, String identity, Optional<Journal> found)
            throws ModelFormatException {
        if (found.isEmpty() || found.get().base().equals(identity)) {
            return found.orElse(null);
        }
        if (LivingProvenance.earlier(stored.manifest()).contains(found.get().base())) {
            return null; // its feedback is in the folder already
        }
        throw new ModelFormatException(
                place.journal(),
                -1,
                "holds feedback on another model than the one beside it; move it away, or put the model back that it"
                        + " belongs to");
    }

    private static State state(Folder base, @Nullable Journal journal, Workers workers) {
        FeedbackReplay replay = new FeedbackReplay(base.stored, workers);
        if (journal != null) {
            journal.counting().forEach(given -> replay.add(given.feedback()));
        }
        return new State(base, journal, replay, replay.stored());
    }

    /** The model as it is now; it never changes. */
    public LabelModel model() {
        return state.current.model();
    }

    /** The model as it is now, with its settings and the manifest of its folder. */
    public Stored stored() {
        return state.current;
    }

    /** Number of the last feedback or undoing, 0 before the first. */
    public long sequence() {
        return state.sequence();
    }

    /** Feedback that counts and can be undone, by its number, the oldest first. */
    public List<Numbered> feedback() {
        return state.counting().stream()
                .map(given -> new Numbered(given.sequence(), given.feedback()))
                .toList();
    }

    /** Feedback and its number. */
    public record Numbered(long sequence, Feedback feedback) {}

    /** Labels that the model had once and has no more, by id. */
    public Map<String, RetiredLabel> retired() {
        return LivingProvenance.retired(state.base.stored.manifest());
    }

    /**
     * Learns from feedback; when this returns, all of it is on the disk and in {@link #model}.
     *
     * @return number of the last one
     * @throws IllegalArgumentException when the model has no such label, before anything is written
     */
    public synchronized long give(List<Feedback> feedback) throws IOException {
        return place.alone(() -> {
            refresh();
            feedback.forEach(state.replay::check);
            List<JournalEntry> entries = new ArrayList<>();
            for (Feedback given : feedback) {
                entries.add(new JournalEntry.Given(state.sequence() + entries.size() + 1, given));
            }
            if (!entries.isEmpty()) {
                Journal journal = append(entries);
                feedback.forEach(state.replay::add);
                state = new State(state.base, journal, state.replay, state.replay.stored());
            }
            return state.sequence();
        });
    }

    /**
     * Takes back feedback: the model has the bits that it would have if that had never been given.
     *
     * @param numbers of feedback that counts
     * @return number of the undoing
     * @throws IllegalArgumentException when a number is not one of those
     */
    public synchronized long undo(List<Long> numbers) throws IOException {
        return place.alone(() -> {
            refresh();
            List<Long> counting =
                    state.counting().stream().map(JournalEntry.Given::sequence).toList();
            for (long number : numbers) {
                if (!counting.contains(number)) {
                    throw new IllegalArgumentException("there is no feedback of number " + number
                            + " that counts and can be undone; longtail feedback --list shows what can");
                }
            }
            Journal journal = append(List.of(new JournalEntry.Undone(state.sequence() + 1, numbers)));
            state = state(state.base, journal, workers);
            return state.sequence();
        });
    }

    /**
     * Takes back the last feedback.
     *
     * @param count how many
     * @throws IllegalArgumentException when fewer count and can be undone
     */
    public synchronized long undoLast(int count) throws IOException {
        List<Numbered> counting = feedback();
        if (count < 1 || count > counting.size()) {
            throw new IllegalArgumentException(
                    "from 1 to " + counting.size() + " of the last feedback can be undone, not " + count);
        }
        return undo(counting.subList(counting.size() - count, counting.size()).stream()
                .map(Numbered::sequence)
                .toList());
    }

    /**
     * Changes labels, all or nothing, and writes the folder anew, with the feedback there is. Scores of all labels that
     * no change is about keep their bits.
     *
     * @throws InputException at the first change that is not possible, before anything is written
     * @throws IllegalArgumentException when labels of such a model cannot be changed
     */
    public synchronized LabelEditor.EditedModel edit(EditList edits) throws IOException {
        return place.alone(() -> {
            refresh();
            Stored now = state.current;
            LabelEditor.EditedModel edited =
                    new LabelEditor(now.model(), now.config(), retired(), workers).apply(edits);
            replace(new Stored(edited.model(), edited.config(), now.manifest(), 0), edited.changes(), edited.retired());
            return edited;
        });
    }

    /**
     * Writes the folder anew with the feedback in it, which can then no longer be undone; the bits of the model stay.
     *
     * @return how much feedback that was
     */
    public synchronized int fold() throws IOException {
        return place.alone(() -> {
            refresh();
            int count = state.counting().size();
            if (state.journal != null) {
                replace(state.current, LabelChanges.NONE, retired());
            }
            return count;
        });
    }

    private void replace(Stored fresh, LabelChanges changes, Map<String, RetiredLabel> retired) throws IOException {
        if (state.journal == null) {
            Files.deleteIfExists(place.journal()); // one that is in the folder already, if there is one
        }
        LivingProvenance provenance = new LivingProvenance(
                fresh.manifest(),
                state.base.identity,
                changes.withFeedback(state.counting().size()),
                retired,
                state.sequence());
        LabelModelFolder.write(place.folder(), fresh.model(), fresh.config(), provenance);
        Files.deleteIfExists(place.journal());
        state = read(place, workers);
    }

    private Journal append(List<JournalEntry> entries) throws IOException {
        Journal journal = state.journal != null
                ? state.journal
                : JournalFile.create(place.journal(), state.base.identity, state.sequence());
        return JournalFile.append(place.journal(), journal, entries);
    }

    /** Takes in what other processes have changed. */
    private void refresh() throws IOException {
        boolean same = LabelModelFolder.identity(place.folder()).equals(state.base.identity);
        Journal known = state.journal;
        if (!same || !(known == null ? isUnbegun() : place.journal().toFile().length() == known.bytes())) {
            state = read(place, workers);
        }
    }

    /** Whether there is no journal of this model, as there was none before. */
    private boolean isUnbegun() throws IOException {
        Optional<Journal> journal = JournalFile.read(place.journal());
        return journal.isEmpty() || !journal.get().base().equals(state.base.identity);
    }
}
