package dev.longtail.rating;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.longtail.config.InputException;
import dev.longtail.data.SourceFile;
import dev.longtail.data.SourceStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file of names and genres of items, plain or gzip, in one of the forms that MovieLens has, told by its first line:
 * {@code u.item} (| between fields, the last 19 of which are flags of genres), {@code movies.dat}
 * (id::name::genre|genre), or text whose first line names the columns item (or movieId), name (or title) and, where
 * there is one, genres; also lines of id, tab, name. The first two are often in Latin-1: lines that are not UTF-8 are
 * read as such.
 */
final class ItemFile {

    /** Of u.item, in the order of its flags. */
    private static final List<String> FLAGS = List.of(
            "unknown",
            "Action",
            "Adventure",
            "Animation",
            "Children's",
            "Comedy",
            "Crime",
            "Documentary",
            "Drama",
            "Fantasy",
            "Film-Noir",
            "Horror",
            "Musical",
            "Mystery",
            "Romance",
            "Sci-Fi",
            "Thriller",
            "War",
            "Western");

    private static final int BEFORE_FLAGS = 5;
    private static final Set<String> ITEM = Set.of("item", "itemid", "movie", "movieid", "id");
    private static final Set<String> NAME = Set.of("name", "title");
    private static final Set<String> GENRES = Set.of("genres", "genre", "categories");
    private static final String NO_GENRES = "(no genres listed)"; // what movies.csv writes for none

    private final String source;
    private final Ids ids;
    private final List<String> names;
    private final List<List<String>> genres;
    private long line;

    private ItemFile(String source, Ids ids) {
        this.source = source;
        this.ids = ids;
        this.names = new ArrayList<>(Collections.nCopies(ids.size(), ""));
        this.genres = new ArrayList<>(Collections.nCopies(ids.size(), List.of()));
    }

    /**
     * Reads what the file says of some items; others are left out.
     *
     * @param sources gets the file
     * @throws InputException at the first line that does not follow the form of the file
     */
    static Items read(Path file, Ids ids, List<SourceFile> sources) throws IOException {
        ItemFile items = new ItemFile(file.toString(), ids);
        try (SourceStream stream = SourceStream.open(file);
                BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.ISO_8859_1))) {
            items.readAll(in);
            sources.add(stream.sourceFile());
        } catch (ZipException | EOFException e) {
            throw new InputException(items.source, items.line + 1, String.valueOf(e.getMessage()), e);
        }
        return new Items(ids, items.names, items.genres);
    }

    private void readAll(BufferedReader in) throws IOException {
        @Nullable String first = in.readLine();
        if (first == null) {
            throw new InputException(source, 0, "is empty");
        }
        line = 1;
        Form form = form(decoded(first.startsWith("\u00ef\u00bb\u00bf") ? first.substring(3) : first));
        for (@Nullable String text = form.header() ? next(in) : decoded(first); text != null; text = next(in)) {
            if (!text.isEmpty()) {
                form.take().accept(text);
            }
        }
    }

    private @Nullable String next(BufferedReader in) throws IOException {
        String text = in.readLine();
        line++;
        return text == null ? null : decoded(text);
    }

    /** Takes a line. */
    private interface Line {
        void accept(String text);
    }

    private record Form(boolean header, Line take) {}

    private Form form(String first) {
        if (first.contains("::")) {
            return new Form(false, this::colons);
        }
        if (first.split("\\|", -1).length == BEFORE_FLAGS + FLAGS.size()) {
            return new Form(false, this::flags);
        }
        for (char separator : new char[] {',', ';', '\t'}) {
            List<String> columns = fields(first, separator);
            int item = find(columns, ITEM);
            int name = find(columns, NAME);
            if (item >= 0 && name >= 0) {
                int genre = find(columns, GENRES);
                return new Form(true, text -> columns(fields(text, separator), item, name, genre));
            }
        }
        if (first.contains("\t")) {
            return new Form(false, this::tabs);
        }
        throw new InputException(
                source,
                1,
                "form not recognised; expected MovieLens' u.item, movies.dat or movies.csv, a first line that names the"
                        + " columns item, name and perhaps genres, or lines of identifier, tab, name");
    }

    private void colons(String text) {
        String[] fields = text.split("::", -1);
        if (fields.length != 3) {
            throw wrong("expected id::name::genres, got " + fields.length + " fields");
        }
        put(fields[0], fields[1], Items.list(fields[2]));
    }

    private void flags(String text) {
        String[] fields = text.split("\\|", -1);
        if (fields.length != BEFORE_FLAGS + FLAGS.size()) {
            throw wrong("expected " + (BEFORE_FLAGS + FLAGS.size()) + " fields between |, got " + fields.length);
        }
        List<String> flagged = new ArrayList<>();
        for (int flag = 0; flag < FLAGS.size(); flag++) {
            if (fields[BEFORE_FLAGS + flag].equals("1")) {
                flagged.add(FLAGS.get(flag));
            }
        }
        put(fields[0], fields[1], flagged);
    }

    private void tabs(String text) {
        String[] fields = text.split("\t", -1);
        if (fields.length < 2 || fields.length > 3) {
            throw wrong("expected identifier, tab, name and perhaps tab, genres, got " + fields.length + " fields");
        }
        put(fields[0], fields[1], fields.length == 3 ? Items.list(fields[2]) : List.of());
    }

    private void columns(List<String> fields, int item, int name, int genre) {
        int needed = Math.max(Math.max(item, name), genre) + 1;
        if (fields.size() < needed) {
            throw wrong("expected at least " + needed + " fields, got " + fields.size());
        }
        put(fields.get(item), fields.get(name), genre < 0 ? List.of() : Items.list(fields.get(genre)));
    }

    private void put(String id, String name, List<String> listed) {
        if (id.isEmpty()) {
            throw wrong("the item is empty");
        }
        int item = ids.indexOf(id);
        if (item != Ids.UNKNOWN) {
            names.set(item, name.strip());
            genres.set(item, listed.equals(List.of(NO_GENRES)) ? List.of() : listed);
        }
    }

    private List<String> fields(String text, char separator) {
        try {
            CsvRecord record = CsvReader.builder().fieldSeparator(separator).ofSingleCsvRecord(text);
            return record.getFields();
        } catch (CsvParseException e) {
            throw wrong("is no line of separated fields: " + e.getMessage());
        }
    }

    private static int find(List<String> columns, Set<String> wanted) {
        List<String> plain = columns.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT).replace("_", ""))
                .toList();
        for (int column = 0; column < plain.size(); column++) {
            if (wanted.contains(plain.get(column))) {
                return column;
            }
        }
        return -1;
    }

    /** Characters that stand for a byte each, as UTF-8 if they are. */
    private static String decoded(String latin) {
        byte[] bytes = latin.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return latin;
        }
    }

    private InputException wrong(String reason) {
        return new InputException(source, line, reason);
    }
}
