package dev.longtail.wordnet;

import dev.longtail.relation.RelationGraph;
import dev.longtail.relation.RelationGraphBuilder;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import net.sf.extjwnl.JWNLException;
import net.sf.extjwnl.data.IndexWord;
import net.sf.extjwnl.data.Pointer;
import net.sf.extjwnl.data.PointerType;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.data.Word;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * Which words are related by WordNet 3.1 (Miller 1995): immediate relations only, as in Anchor & Transform, appendices
 * H and J, where antonyms count as related, too. A word is looked up in every part of speech, and by its base forms:
 * canaries has the relations of canary, and canary is a synonym of it.
 *
 * <p>Relations are those between senses: all words of all synsets that an immediate pointer of a synset of the word
 * leads to. Antonyms belong to a word and not to its synset, so they are those of the word alone. Instances (Paris, of
 * city) are neither hypernyms nor hyponyms, as in NLTK, which the paper uses. The bundled dictionary is read into
 * memory, about 50 MB. Used by one thread.
 */
public final class WordNetRelations implements AutoCloseable {

    private final Dictionary dictionary;
    private final Morphology morphology;

    /** How a word is related to another. */
    public enum Relation {
        /** The other means something more general: finch for canary. */
        HYPERNYM,
        /** The other means something more special: canary for finch. */
        HYPONYM,
        /** The two have a sense in common: car and automobile. */
        SYNONYM,
        /** The other means the opposite: bad for good. */
        ANTONYM
    }

    /**
     * The relations of some words.
     *
     * @param graph of all objects
     * @param known objects that WordNet has an entry for, perhaps by their base form
     */
    public record WordNetGraph(RelationGraph graph, int known) {}

    private WordNetRelations(Dictionary dictionary) {
        this.dictionary = dictionary;
        this.morphology = new Morphology(dictionary);
    }

    /** @throws IOException when the dictionary cannot be read */
    public static WordNetRelations open() throws IOException {
        try {
            return new WordNetRelations(Dictionary.getDefaultResourceInstance());
        } catch (JWNLException e) {
            throw failure(e);
        }
    }

    private static IOException failure(JWNLException e) {
        return new IOException("WordNet cannot be read: " + e.getMessage(), e);
    }

    /**
     * The words related to a word, without itself, parts of compounds separated by spaces; none where the word is
     * unknown.
     */
    public Set<String> related(String word, Relation relation) throws IOException {
        Set<String> related = related(entries(word), EnumSet.of(relation));
        related.removeIf(word::equalsIgnoreCase);
        return related;
    }

    private Set<IndexWord> entries(String word) throws IOException {
        try {
            return morphology.entries(word.toLowerCase(Locale.ROOT));
        } catch (JWNLException e) {
            throw failure(e);
        }
    }

    private static Set<String> related(Set<IndexWord> entries, Set<Relation> relations) throws IOException {
        Set<String> related = new TreeSet<>();
        try {
            for (IndexWord entry : entries) {
                for (Synset sense : entry.getSenses()) {
                    for (Relation relation : relations) {
                        add(entry.getLemma(), sense, relation, related);
                    }
                }
            }
        } catch (JWNLException e) {
            throw failure(e);
        }
        return related;
    }

    private static void add(String lemma, Synset sense, Relation relation, Set<String> related) throws JWNLException {
        switch (relation) {
            case SYNONYM -> addWords(sense, related);
            case HYPERNYM -> addTargets(sense, PointerType.HYPERNYM, related);
            case HYPONYM -> addTargets(sense, PointerType.HYPONYM, related);
            case ANTONYM -> addAntonyms(lemma, sense, related);
        }
    }

    private static void addWords(Synset sense, Set<String> related) {
        for (Word word : sense.getWords()) {
            related.add(word.getLemma());
        }
    }

    private static void addTargets(Synset sense, PointerType type, Set<String> related) throws JWNLException {
        for (Pointer pointer : sense.getPointers()) {
            if (pointer.getType() == type) {
                addWords(pointer.getTargetSynset(), related);
            }
        }
    }

    private static void addAntonyms(String lemma, Synset sense, Set<String> related) throws JWNLException {
        for (Word word : sense.getWords()) {
            if (word.getLemma().equalsIgnoreCase(lemma)) {
                for (Pointer pointer : word.getPointers()) {
                    if (pointer.getType() == PointerType.ANTONYM && pointer.getTarget() instanceof Word antonym) {
                        related.add(antonym.getLemma());
                    }
                }
            }
        }
    }

    /**
     * The graph of all relations between objects whose names are words, or several joined by spaces. A related word is
     * looked for as WordNet writes it and in lower case.
     *
     * @param objects how many there are
     * @param names from the number of an object to its name
     * @param ids from a name to the number of the object, or to one below 0 where there is none
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    public WordNetGraph graph(int objects, IntFunction<String> names, ToIntFunction<String> ids) throws IOException {
        return graph(objects, names, ids, EnumSet.allOf(Relation.class));
    }

    /** The same with some of the relations. */
    public WordNetGraph graph(
            int objects, IntFunction<String> names, ToIntFunction<String> ids, Set<Relation> relations)
            throws IOException {
        RelationGraphBuilder builder = new RelationGraphBuilder(objects);
        int known = 0;
        for (int object = 0; object < objects; object++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("looking for relations of words was interrupted");
            }
            Set<IndexWord> entries = entries(names.apply(object));
            known += entries.isEmpty() ? 0 : 1;
            for (String other : related(entries, relations)) {
                relate(object, ids.applyAsInt(other), builder);
                relate(object, ids.applyAsInt(other.toLowerCase(Locale.ROOT)), builder);
            }
        }
        return new WordNetGraph(builder.build(), known);
    }

    private static void relate(int object, int other, RelationGraphBuilder builder) {
        if (other >= 0) {
            builder.relate(object, other);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            dictionary.close();
        } catch (JWNLException e) {
            throw failure(e);
        }
    }
}
