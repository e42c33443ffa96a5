package dev.longtail.explain;

import dev.longtail.data.LabelSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Labels by what people write for them. */
public final class LabelLookup {

    private static final int NAMED = 3;

    private LabelLookup() {}

    /**
     * The number of the label with this id.
     *
     * @throws IllegalArgumentException when there is none, naming labels whose ids or names are near
     */
    public static int number(LabelSet labels, String id) {
        int number = labels.indexOf(id);
        if (number >= 0) {
            return number;
        }
        List<String> near = new ArrayList<>();
        for (int label : near(labels, id)) {
            String name = labels.name(label);
            near.add(labels.id(label) + (name.isEmpty() ? "" : " (" + name + ")"));
        }
        throw new IllegalArgumentException("no label of the model has the id '" + id + "'"
                + (near.isEmpty() ? "" : ", did you mean " + String.join(" or ", near) + "?"));
    }

    /** A label and how far it is from what was asked for. */
    private record Near(int label, int distance) {}

    /** Labels whose ids or names are like a text, the nearest first. */
    private static List<Integer> near(LabelSet labels, String asked) {
        String plain = plain(asked);
        int most = Math.max(1, plain.length() / 4);
        List<Near> found = new ArrayList<>();
        for (int label = 0; label < labels.size(); label++) {
            int distance = Math.min(
                    distance(plain, plain(labels.id(label)), most), distance(plain, plain(labels.name(label)), most));
            if (distance <= most) {
                found.add(new Near(label, distance));
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Near::distance).thenComparingInt(Near::label))
                .limit(NAMED)
                .map(Near::label)
                .toList();
    }

    /** Without brackets and without regard to case. */
    private static String plain(String text) {
        return text.strip().replaceAll("^<|>$", "").toLowerCase(Locale.ROOT);
    }

    /** Characters to be put in, left out or changed (Levenshtein), or a number above {@code most}. */
    private static int distance(String a, String b, int most) {
        if (Math.abs(a.length() - b.length()) > most) {
            return most + 1;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
