package dev.longtail.wordnet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.Exc;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * The entries that an inflected word belongs to, by the rules of WordNet's morphy (manual page morphy(7WN)) as NLTK
 * applies them: the word itself, and either what the list of exceptions gives for it or what is left when an ending is
 * taken off, as far as there are such entries. The library's own processor is not used: it also takes a part of a
 * compound for the whole (new for new york) and finds nothing for some plurals (canaries).
 */
final class Morphology {

    private record Ending(String inflected, String base) {}

    private static final Map<POS, List<Ending>> ENDINGS = Map.of(
            POS.NOUN,
            endings("s:", "ses:s", "ves:f", "xes:x", "zes:z", "ches:ch", "shes:sh", "men:man", "ies:y"),
            POS.VERB,
            endings("s:", "ies:y", "es:e", "es:", "ed:e", "ed:", "ing:e", "ing:"),
            POS.ADJECTIVE,
            endings("er:", "est:", "er:e", "est:e"),
            POS.ADVERB,
            endings());

    private final Dictionary dictionary;

    Morphology(Dictionary dictionary) {
        this.dictionary = dictionary;
    }

    private static List<Ending> endings(String... rules) {
        return List.of(rules).stream()
                .map(rule -> rule.split(":", 2))
                .map(rule -> new Ending(rule[0], rule[1]))
                .toList();
    }

    /** All entries of a word in lower case, in every part of speech. */
    Set<IndexWord> entries(String word) throws JWNLException {
        Set<IndexWord> entries = new LinkedHashSet<>();
        for (POS part : POS.getAllPOS()) {
            add(part, word, entries);
            Exc exception = dictionary.getException(part, word);
            if (exception != null) {
                for (String base : exception.getExceptions()) {
                    add(part, base, entries);
                }
                continue;
            }
            for (Ending ending : ENDINGS.getOrDefault(part, List.of())) {
                if (word.endsWith(ending.inflected) && word.length() > ending.inflected.length()) {
                    String stem = word.substring(0, word.length() - ending.inflected.length());
                    add(part, stem + ending.base, entries);
                }
            }
        }
        return entries;
    }

    private void add(POS part, String lemma, Set<IndexWord> entries) throws JWNLException {
        IndexWord entry = dictionary.getIndexWord(part, lemma);
        if (entry != null) {
            entries.add(entry);
        }
    }
}
