package dev.longtail.rating;

import dev.longtail.config.InputException;
import dev.longtail.text.Tsv;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Items by number: identifier, number of training ratings, and where they are known name and genres. Frozen. */
public final class Items {

    private static final String BETWEEN_GENRES = "|";

    private final Ids ids;
    private final String[] names; // empty where no item has one
    private final String[] genres; // joined by |, the same text for the same genres; empty where no item has any

    /** Items of which nothing else is known. */
    public Items(Ids ids) {
        this.ids = ids;
        this.names = new String[0];
        this.genres = new String[0];
    }

    /**
     * Items in the order of their numbers.
     *
     * @param names  one for each, empty where an item has none
     * @param genres a list for each, of texts that are not empty and hold no |
     */
    public Items(Ids ids, List<String> names, List<List<String>> genres) {
        if (names.size() != ids.size() || genres.size() != ids.size()) {
            throw new IllegalArgumentException(
                    ids.size() + " items, " + names.size() + " names, " + genres.size() + " lists of genres");
        }
        this.ids = ids;
        this.names = names.toArray(new String[0]);
        Map<String, String> shared = new HashMap<>();
        this.genres = genres.stream()
                .map(list -> String.join(BETWEEN_GENRES, list))
                .map(text -> shared.computeIfAbsent(text, same -> same))
                .toArray(String[]::new);
    }

    private Items(Ids ids, String[] names, String[] genres) {
        this.ids = ids;
        this.names = names;
        this.genres = genres;
    }

    public Ids ids() {
        return ids;
    }

    public int size() {
        return ids.size();
    }

    public String id(int item) {
        return ids.id(item);
    }

    /** Name of the item, empty when it has none. */
    public String name(int item) {
        Objects.checkIndex(item, size());
        return names.length == 0 ? "" : names[item];
    }

    /** Genres of the item, none where they are not known. */
    public List<String> genres(int item) {
        Objects.checkIndex(item, size());
        return genres.length == 0 ? List.of() : list(genres[item]);
    }

    /** Whether any item has genres. */
    public boolean hasGenres() {
        for (String text : genres) {
            if (!text.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The genres of a text that joins them by |. */
    static List<String> list(String joined) {
        List<String> genres = new ArrayList<>();
        for (String genre : joined.split("\\|", -1)) {
            if (!genre.isBlank()) {
                genres.add(genre.strip());
            }
        }
        return genres;
    }

    /**
     * Writes one line an item in order: identifier, name, genres joined by |, number of training ratings, with tabs
     * between. Fields as in {@link Tsv}.
     */
    public void write(Writer out) throws IOException {
        for (int item = 0; item < size(); item++) {
            out.write(Tsv.escape(id(item)));
            out.write('\t');
            out.write(Tsv.escape(name(item)));
            out.write('\t');
            out.write(genres.length == 0 ? "" : Tsv.escape(genres[item]));
            out.write('\t');
            out.write(Integer.toString(ids.count(item)));
            out.write('\n');
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param source name of the file for messages
     * @throws InputException at the first line that is no item or repeats one
     */
    public static Items read(BufferedReader in, String source) throws IOException {
        Ids.Reading reading = new Ids.Reading(source);
        List<String> names = new ArrayList<>();
        List<String> genres = new ArrayList<>();
        Map<String, String> shared = new HashMap<>();
        @Nullable String line;
        while ((line = in.readLine()) != null) {
            String[] fields = line.split("\t", -1);
            reading.next(fields.length == 4, "expected identifier, name, genres and number of training ratings");
            reading.add(fields[0], fields[3]);
            names.add(fields[1].isEmpty() ? "" : reading.unescaped(fields[1]));
            genres.add(shared.computeIfAbsent(reading.unescaped(fields[2]), same -> same));
        }
        boolean bare =
                names.stream().allMatch(String::isEmpty) && genres.stream().allMatch(String::isEmpty);
        return bare
                ? new Items(reading.ids())
                : new Items(reading.ids(), names.toArray(new String[0]), genres.toArray(new String[0]));
    }
}
