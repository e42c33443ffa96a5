package dev.longtail.config;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the setting that a user means. */
final class SettingNames {

    private static final int SUGGESTIONS = 3;

    private SettingNames() {}

    /** The same values by full path. */
    static Map<String, String> byPath(List<Settings.Leaf> leaves, Map<String, String> values) {
        Map<String, String> texts = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        values.forEach((name, text) -> {
            String path = path(leaves, name);
            String earlier = names.put(path, name);
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "setting " + path + " is given twice, as " + earlier + " and as " + name);
            }
            texts.put(path, text);
        });
        return texts;
    }

    /** The full path of a name. */
    static String path(List<Settings.Leaf> leaves, String name) {
        if (leaves.stream().anyMatch(leaf -> leaf.path().equals(name))) {
            return name;
        }
        List<String> paths = leaves.stream()
                .filter(leaf -> leaf.path().endsWith("." + name))
                .map(Settings.Leaf::path)
                .toList();
        if (paths.size() == 1) {
            return paths.get(0);
        }
        throw new IllegalArgumentException(
                paths.isEmpty()
                        ? "unknown setting " + name + suggestions(leaves, name)
                        : "setting " + name + " is ambiguous, write one of " + String.join(", ", paths));
    }

    private static String suggestions(List<Settings.Leaf> leaves, String name) {
        List<String> members = leaves.stream()
                .map(Settings.Leaf::path)
                .filter(path -> path.startsWith(name + "."))
                .toList();
        if (!members.isEmpty()) {
            return ", it is a group of " + String.join(", ", members);
        }
        return leaves.stream()
                .sorted(Comparator.comparingInt(leaf -> distance(leaf, name)))
                .limit(SUGGESTIONS)
                .map(Settings.Leaf::path)
                .collect(Collectors.joining(", ", ", the closest are ", ""));
    }

    private static int distance(Settings.Leaf leaf, String name) {
        String plain = plain(name);
        return Math.min(distance(plain(leaf.path()), plain), distance(plain(leaf.name()), plain));
    }

    // fan-in, fan_in and FANIN are all the same distance from fanIn: none.
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Least number of insertions, deletions and replacements that turn one text into the other (Levenshtein 1966). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
