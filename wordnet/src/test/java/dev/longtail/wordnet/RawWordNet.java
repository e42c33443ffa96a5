package dev.longtail.wordnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** WordNet's own text files, read as the manual page wndb(5WN) describes them and without any library. */
final class RawWordNet {

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
    private static final String[] PARTS = {"noun", "verb", "adj", "adv"};

    /** Fields of a data line by part of speech and offset, say "n 01535980". */
    private final Map<String, String[]> synsets = new HashMap<>();

    private final Map<String, Set<String>> sensesOf = new HashMap<>();

    RawWordNet() throws IOException {
        for (String part : PARTS) {
            String letter = part.equals("adj") ? "a" : part.equals("adv") ? "r" : part.substring(0, 1);
            read("data." + part, line -> synsets.put(letter + " " + line[0], line));
            read("index." + part, line -> {
                int senses = Integer.parseInt(line[2]);
                for (int i = line.length - senses; i < line.length; i++) {
                    sensesOf.computeIfAbsent(line[0], word -> new TreeSet<>()).add(letter + " " + line[i]);
                }
            });
        }
    }

    private interface LineConsumer {
        void accept(String[] fields);
    }

    private static void read(String name, LineConsumer consumer) throws IOException {
        try (InputStream in = RawWordNet.class.getResourceAsStream(FOLDER + name);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (!line.startsWith(" ")) {
                    int gloss = line.indexOf('|');
                    consumer.accept((gloss < 0 ? line : line.substring(0, gloss))
                            .strip()
                            .split(" +"));
                }
            }
        }
    }

    Set<String> synonyms(String word) {
        Set<String> found = new TreeSet<>();
        for (String sense : senses(word)) {
            found.addAll(words(sense).values());
        }
        return without(word, found);
    }

    /** Words of the synsets behind pointers of a kind, "@" or "~". */
    Set<String> targets(String word, String kind) {
        Set<String> found = new TreeSet<>();
        for (String sense : senses(word)) {
            String[] fields = synsets.get(sense);
            for (int at = pointers(fields); at + 3 < fields.length; at += 4) {
                if (fields[at].equals(kind)) {
                    found.addAll(words(target(fields, at)).values());
                }
            }
        }
        return without(word, found);
    }

    Set<String> antonyms(String word) {
        Set<String> found = new TreeSet<>();
        for (String sense : senses(word)) {
            String[] fields = synsets.get(sense);
            for (int at = pointers(fields); at + 3 < fields.length; at += 4) {
                if (fields[at].equals("!")) {
                    String source = words(sense).get(Integer.parseInt(fields[at + 3].substring(0, 2), 16));
                    if (word.equalsIgnoreCase(source)) {
                        int number = Integer.parseInt(fields[at + 3].substring(2), 16);
                        found.add(words(target(fields, at)).get(number));
                    }
                }
            }
        }
        return without(word, found);
    }

    private Set<String> senses(String word) {
        return sensesOf.getOrDefault(word.replace(' ', '_'), Set.of());
    }

    private static String target(String[] fields, int at) {
        return (fields[at + 2].equals("s") ? "a" : fields[at + 2]) + " " + fields[at + 1];
    }

    /** Words of a synset by their number, from 1; without the syntactic markers of adjectives. */
    private Map<Integer, String> words(String synset) {
        String[] fields = synsets.get(synset);
        Map<Integer, String> words = new HashMap<>();
        for (int number = 1; number <= Integer.parseInt(fields[3], 16); number++) {
            String word = fields[2 + 2 * number].replace('_', ' ');
            words.put(number, word.replaceAll("\\((a|p|ip)\\)$", ""));
        }
        return words;
    }

    private static int pointers(String[] fields) {
        return 5 + 2 * Integer.parseInt(fields[3], 16);
    }

    private static Set<String> without(String word, Set<String> found) {
        found.removeIf(other -> other.toLowerCase(Locale.ROOT).equals(word));
        return found;
    }
}
