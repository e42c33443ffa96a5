package dev.longtail.data;

import dev.longtail.config.InputException;
import dev.longtail.text.Tsv;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Labels by number, 0 to size - 1: id, name and number of training examples. Frozen: any thread may use it. */
public final class LabelSet {

    /** Whether the id of a label is its number; then no text is kept, which saves over 100 bytes a label. */
    private final boolean numbered;

    private final String[] ids;
    private final String[] names;
    private final int[] frequencies;
    private final Object2IntOpenHashMap<String> numbers;

    /**
     * @param ids         distinct, not empty
     * @param names       one for each id, empty where a label has none
     * @param frequencies training examples that carry the label, one for each id, at least 0
     */
    public LabelSet(List<String> ids, List<String> names, int[] frequencies) {
        if (names.size() != ids.size() || frequencies.length != ids.size()) {
            throw new IllegalArgumentException(
                    ids.size() + " ids, " + names.size() + " names, " + frequencies.length + " frequencies");
        }
        this.numbered = false;
        this.ids = ids.toArray(new String[0]);
        this.names = names.toArray(new String[0]);
        this.frequencies = frequencies.clone();
        this.numbers = new Object2IntOpenHashMap<>(ids.size());
        numbers.defaultReturnValue(-1);
        for (int label = 0; label < this.ids.length; label++) {
            if (numbers.putIfAbsent(this.ids[label], label) >= 0) {
                throw new IllegalArgumentException("label " + this.ids[label] + " stands twice");
            }
        }
    }

    /** @param numbers of the ids, which are distinct */
    private LabelSet(List<String> ids, List<String> names, int[] frequencies, Object2IntOpenHashMap<String> numbers) {
        this.numbered = false;
        this.ids = ids.toArray(new String[0]);
        this.names = names.toArray(new String[0]);
        this.frequencies = frequencies;
        this.numbers = numbers;
    }

    private LabelSet(int[] frequencies) {
        this.numbered = true;
        this.ids = new String[0];
        this.names = new String[0];
        this.frequencies = frequencies;
        this.numbers = new Object2IntOpenHashMap<>();
    }

    /**
     * Labels without names whose ids are their numbers, "0", "1" and so on: four bytes a label.
     *
     * @param frequencies training examples that carry each label, at least 0
     */
    public static LabelSet numbered(int[] frequencies) {
        return new LabelSet(frequencies.clone());
    }

    /** Number of labels. */
    public int size() {
        return frequencies.length;
    }

    public String id(int label) {
        return numbered ? Integer.toString(Objects.checkIndex(label, size())) : ids[label];
    }

    /** Name of the label, empty when it has none. */
    public String name(int label) {
        return numbered ? "" : names[label];
    }

    /** Number of training examples that carry the label. */
    public int frequency(int label) {
        return frequencies[label];
    }

    /** All frequencies, a copy. */
    public int[] frequencies() {
        return frequencies.clone();
    }

    /** Number of the label with this id, or -1. */
    public int indexOf(String id) {
        return numbered ? number(id) : numbers.getInt(id);
    }

    /** The number that a text is when written without sign and leading zeros, -1 for any other text. */
    private int number(String id) {
        boolean plain = id.matches("0|[1-9][0-9]{0,9}");
        long number = plain ? Long.parseLong(id) : -1;
        return number < size() ? (int) number : -1;
    }

    /** Writes one line a label in order: id, tab, name, tab, frequency. Fields as in {@link Tsv}. */
    public void write(Writer out) throws IOException {
        for (int label = 0; label < size(); label++) {
            out.write(Tsv.escape(id(label)));
            out.write('\t');
            out.write(Tsv.escape(name(label)));
            out.write('\t');
            out.write(Integer.toString(frequencies[label]));
            out.write('\n');
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param source name of the file for messages
     * @throws InputException at the first line that is no label or repeats one
     */
    public static LabelSet read(BufferedReader in, String source) throws IOException {
        List<String> ids = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int[] frequencies = new int[1024];
        Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();
        numbers.defaultReturnValue(-1);
        @Nullable String line;
        while ((line = in.readLine()) != null) {
            int number = ids.size() + 1;
            String[] fields = line.split("\t", -1);
            if (fields.length != 3 || fields[0].isEmpty()) {
                throw new InputException(source, number, "expected id, tab, name, tab and frequency of a label");
            }
            if (frequencies.length < number) {
                frequencies = Arrays.copyOf(frequencies, 2 * frequencies.length);
            }
            frequencies[number - 1] = frequency(fields[2], source, number);
            ids.add(unescape(fields[0], source, number));
            names.add(unescape(fields[1], source, number));
            int earlier = numbers.putIfAbsent(ids.get(number - 1), number - 1);
            if (earlier >= 0) {
                throw new InputException(
                        source, number, "label " + ids.get(number - 1) + " stands on line " + (earlier + 1) + " too");
            }
        }
        numbers.trim();
        return new LabelSet(ids, names, Arrays.copyOf(frequencies, ids.size()), numbers);
    }

    private static int frequency(String field, String source, int line) {
        int frequency = Tsv.count(field);
        if (frequency < 0) {
            throw new InputException(source, line, "frequency must be from 0 to 2147483647, got '" + field + "'");
        }
        return frequency;
    }

    private static String unescape(String field, String source, int line) {
        try {
            return Tsv.unescape(field);
        } catch (IllegalArgumentException e) {
            throw new InputException(source, line, String.valueOf(e.getMessage()), e);
        }
    }
}
