package dev.longtail.rating;

import dev.longtail.config.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the lines of a rating file are laid out, told by its first line.
 *
 * @param separator between fields
 * @param quoted    whether fields may stand in quotation marks
 * @param header    whether the first line names the columns
 * @param user      column of the user, from 0, {@link #NONE} where there is none
 * @param item      column of the item
 * @param rating    column of the rating, {@link #NONE} where there is none
 * @param time      column of the time, {@link #NONE} where there is none
 */
record RatingLayout(String separator, boolean quoted, boolean header, int user, int item, int rating, int time) {

    /** In place of a column that is not there. */
    static final int NONE = -1;

    private static final Set<String> USER = Set.of("user", "userid");
    private static final Set<String> ITEM = Set.of("item", "itemid", "movie", "movieid");
    private static final Set<String> RATING = Set.of("rating");
    private static final Set<String> TIME = Set.of("time", "timestamp");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]*\\.?[0-9]+");

    /** What the lines of a file are needed for. */
    enum Purpose {
        /** Users, items and ratings. */
        RATINGS,
        /** Users and items; ratings may be missing and are not read. */
        PAIRS,
        /** Items and ratings of one user, who need not be named. */
        ONE_USER
    }

    /**
     * Recognises the layout: {@code user::item::rating::time} and tabs without names as MovieLens has them, or a first
     * line that names the columns, with commas, semicolons or tabs between.
     *
     * @throws InputException when it is none of these
     */
    static RatingLayout recognise(String first, String source, Purpose purpose) {
        if (first.contains("::")) {
            return bare("::", first.split("::", -1), source, purpose);
        }
        for (String separator : List.of(",", ";", "\t")) {
            List<String> names = names(first, separator);
            int user = find(names, USER);
            int item = find(names, ITEM);
            if (user != NONE || item != NONE) {
                return named(separator, names, source, purpose);
            }
        }
        if (first.contains("\t")) {
            return bare("\t", first.split("\t", -1), source, purpose);
        }
        String[] fields = first.split(",", -1);
        if (purpose == Purpose.PAIRS && fields.length == 2) {
            return new RatingLayout(",", true, false, 0, 1, NONE, NONE);
        }
        if (isItemAndRating(fields, purpose)) {
            return new RatingLayout(",", true, false, NONE, 0, 1, NONE);
        }
        throw new InputException(
                source,
                1,
                "the first line must name the columns, as in user,item,rating,time, or the fields must stand between"
                        + " tabs or ::, as in user::item::rating::time; got '" + shortened(first) + "'");
    }

    private static boolean isItemAndRating(String[] fields, Purpose purpose) {
        return purpose == Purpose.ONE_USER
                && fields.length == 2
                && NUMBER.matcher(fields[1].strip()).matches();
    }

    private static RatingLayout bare(String separator, String[] fields, String source, Purpose purpose) {
        if (isItemAndRating(fields, purpose)) {
            return new RatingLayout(separator, false, false, NONE, 0, 1, NONE);
        }
        int least = purpose == Purpose.PAIRS ? 2 : 3;
        boolean numbers = fields.length < 3 || NUMBER.matcher(fields[2].strip()).matches();
        if (fields.length < least || fields.length > 4 || !numbers) {
            throw new InputException(
                    source,
                    1,
                    "expected user, item, rating and perhaps time, got " + fields.length + " fields: '"
                            + shortened(String.join(separator, fields)) + "'");
        }
        int rating = purpose == Purpose.PAIRS ? NONE : 2;
        return new RatingLayout(separator, false, false, 0, 1, rating, fields.length == 4 ? 3 : NONE);
    }

    private static RatingLayout named(String separator, List<String> names, String source, Purpose purpose) {
        int rating = purpose == Purpose.PAIRS ? NONE : find(names, RATING);
        int user = find(names, USER);
        int item = find(names, ITEM);
        boolean noUser = user == NONE && purpose != Purpose.ONE_USER;
        String missing = noUser ? "user" : item == NONE ? "item" : "rating";
        if (noUser || item == NONE || purpose != Purpose.PAIRS && rating == NONE) {
            throw new InputException(
                    source, 1, "no column is named " + missing + "; the columns are " + String.join(", ", names));
        }
        return new RatingLayout(separator, true, true, user, item, rating, find(names, TIME));
    }

    private static List<String> names(String line, String separator) {
        return Arrays.stream(line.split(separator, -1))
                .map(name -> name.strip().replaceAll("^\"|\"$", ""))
                .toList();
    }

    /** The column with one of these names, in upper or lower case, with underscores or without. */
    private static int find(List<String> names, Set<String> wanted) {
        for (int column = 0; column < names.size(); column++) {
            if (wanted.contains(names.get(column).toLowerCase(Locale.ROOT).replace("_", ""))) {
                return column;
            }
        }
        return NONE;
    }

    private static String shortened(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "...";
    }
}
