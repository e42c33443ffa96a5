package dev.longtail.wordnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.relation.RelationGraph;
import dev.longtail.wordnet.WordNetRelations.Relation;
import dev.longtail.wordnet.WordNetRelations.WordNetGraph;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordNetRelationsTest {

    private static WordNetRelations wordnet;
    private static RawWordNet raw;

    @BeforeAll
    static void open() throws IOException {
        wordnet = WordNetRelations.open();
        raw = new RawWordNet();
    }

    @AfterAll
    static void close() throws IOException {
        wordnet.close();
    }

    /** N32, against the dictionary's own files: all words, so their counts too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "canary",
                "bird",
                "animal",
                "good",
                "hot",
                "quickly",
                "buy",
                "stock",
                "year",
                "bank",
                "car",
                "august",
                "paris",
                "television",
                "new york",
                "happy",
                "walk",
                "increase",
                "dark",
                "music"
            })
    void relationsOfTwentyWordsAreThoseOfTheFiles(String word) throws IOException {
        assertThat(wordnet.related(word, Relation.SYNONYM)).isEqualTo(raw.synonyms(word));
        assertThat(wordnet.related(word, Relation.HYPERNYM)).isEqualTo(raw.targets(word, "@"));
        assertThat(wordnet.related(word, Relation.HYPONYM)).isEqualTo(raw.targets(word, "~"));
        assertThat(wordnet.related(word, Relation.ANTONYM)).isEqualTo(raw.antonyms(word));
    }

    @Test
    void someThatEverybodyKnows() throws IOException {
        assertThat(wordnet.related("canary", Relation.HYPERNYM)).contains("finch", "singer");
        assertThat(wordnet.related("finch", Relation.HYPONYM)).contains("canary", "goldfinch");
        assertThat(wordnet.related("car", Relation.SYNONYM))
                .contains("automobile", "cable car")
                .doesNotContain("car");
        assertThat(wordnet.related("good", Relation.ANTONYM)).contains("bad", "evil");
        assertThat(wordnet.related("increase", Relation.ANTONYM)).contains("decrease");
        assertThat(wordnet.related("august", Relation.SYNONYM)).contains("Aug");
        assertThat(wordnet.related("august", Relation.HYPERNYM)).contains("Gregorian calendar month");
        assertThat(wordnet.related("canary", Relation.ANTONYM)).isEmpty();
        assertThat(wordnet.related("xyzzyx", Relation.SYNONYM)).isEmpty();
        assertThat(wordnet.related("paris", Relation.HYPERNYM))
                .as("an instance of a capital is no kind of capital")
                .doesNotContain("national capital");
    }

    @Test
    void inflectedWordsHaveTheRelationsOfTheirBaseForms() throws IOException {
        assertThat(wordnet.related("canaries", Relation.HYPERNYM)).contains("finch");
        assertThat(wordnet.related("canaries", Relation.SYNONYM)).contains("canary");
        assertThat(wordnet.related("geese", Relation.SYNONYM)).contains("goose");
        assertThat(wordnet.related("buying", Relation.ANTONYM)).contains("sell");
    }

    private static final List<String> WORDS = List.of(
            "bird", "canary", "finch", "bank", "bad", "good", "canaries", "Paris", "domestic goat", "qqq", "goat");

    private static boolean related(RelationGraph graph, String a, String b) {
        assertThat(graph.related(WORDS.indexOf(b), WORDS.indexOf(a)))
                .isEqualTo(graph.related(WORDS.indexOf(a), WORDS.indexOf(b)));
        return graph.related(WORDS.indexOf(a), WORDS.indexOf(b));
    }

    @Test
    void theGraphHasImmediateRelationsOnly() throws IOException {
        WordNetGraph found = wordnet.graph(WORDS.size(), WORDS::get, WORDS::indexOf);
        RelationGraph graph = found.graph();
        assertThat(found.known()).isEqualTo(WORDS.size() - 1);
        assertThat(related(graph, "canary", "finch")).isTrue();
        assertThat(related(graph, "good", "bad")).isTrue();
        assertThat(related(graph, "canaries", "canary")).isTrue();
        assertThat(related(graph, "canaries", "finch")).isTrue();
        assertThat(related(graph, "goat", "domestic goat")).isTrue();
        assertThat(related(graph, "canary", "bird")).as("by way of finch").isFalse();
        assertThat(related(graph, "bird", "bank")).isFalse();
        assertThat(graph.related().count(WORDS.indexOf("qqq"))).isZero();
        assertThat(graph.unrelated().pairs()).isZero();
    }

    @Test
    void relationsCanBeChosen() throws IOException {
        RelationGraph graph = wordnet.graph(
                        WORDS.size(), WORDS::get, WORDS::indexOf, EnumSet.of(Relation.SYNONYM, Relation.HYPERNYM))
                .graph();
        assertThat(related(graph, "good", "bad")).isFalse();
        assertThat(related(graph, "canary", "finch")).isTrue();
    }

    @Test
    void anInterruptedThreadStops() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> wordnet.graph(WORDS.size(), WORDS::get, WORDS::indexOf))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
