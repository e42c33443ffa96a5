package dev.longtail.bench;

import dev.longtail.bench.peer.Peer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What {@link Peers} is asked for.
 *
 * @param data      folder of the data sets
 * @param sets      names of their folders
 * @param documents training examples at most, 0 for all
 * @param ngrams    longest runs of words that are features, one row for each; 0 for the base preset's
 * @param peers     which
 * @param threads   of the systems that let us choose
 * @param longtail  whether Longtail runs too
 * @param output    file for the page
 */
record PeersOptions(
        Path data,
        List<String> sets,
        int documents,
        List<Integer> ngrams,
        List<Peer> peers,
        int threads,
        boolean longtail,
        Path output) {

    static final List<Integer> PRESET_NGRAMS = List.of(0);

    private static final String USAGE = "usage: Peers FOLDER-OF-DATA SET... [--documents N] [--ngrams N,...]"
            + " [--peers NAME,...] [--threads N] [--skip-longtail] [--output FILE], SET as in finna-yso-en, NAME as in"
            + " linear-tree";

    static PeersOptions parse(String[] arguments) {
        List<String> names = new ArrayList<>();
        int documents = 0;
        List<Integer> ngrams = PRESET_NGRAMS;
        List<Peer> peers = List.of(Peer.values());
        int threads = 2;
        boolean longtail = true;
        Path output = Path.of("bench/results/peers.md");
        Iterator<String> words = List.of(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--documents" -> documents = Integer.parseInt(value(words));
                case "--ngrams" ->
                    ngrams = list(value(words)).stream().map(Integer::valueOf).toList();
                case "--peers" ->
                    peers = list(value(words)).stream().map(Peer::named).toList();
                case "--threads" -> threads = Integer.parseInt(value(words));
                case "--skip-longtail" -> longtail = false;
                case "--output" -> output = Path.of(value(words));
                default -> names.add(word);
            }
        }
        if (names.size() < 2 || names.stream().anyMatch(name -> name.startsWith("--"))) {
            throw new IllegalArgumentException(USAGE);
        }
        return new PeersOptions(
                Path.of(names.get(0)),
                List.copyOf(names.subList(1, names.size())),
                documents,
                ngrams,
                peers,
                threads,
                longtail,
                output);
    }

    private static String value(Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(USAGE);
        }
        return words.next();
    }

    private static List<String> list(String value) {
        return Arrays.asList(value.split(","));
    }
}
