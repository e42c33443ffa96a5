package dev.longtail.relation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.CooccurrenceConfig.Strength;
import dev.longtail.text.TextConfig;
import dev.longtail.text.Vocabulary;
import dev.longtail.text.VocabularyBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CooccurrenceCacheTest {

    private static final String TEXTS = "A bird is an animal.\t<u:1>\nThe canary is a bird\t<u:2> <u:1>\nrare\t<u:3>\n";
    private static final CooccurrenceConfig CONFIG = new CooccurrenceConfig(2, 1000, 1, 0, Strength.COUNT);

    @TempDir
    Path folder;

    private int passes;

    private static Vocabulary vocabulary(int minFrequency) {
        VocabularyBuilder builder =
                new VocabularyBuilder(TextConfig.DEFAULT.withWordNgrams(2).withVocabulary(minFrequency, 0), 1000);
        TEXTS.lines().map(line -> line.substring(0, line.indexOf('\t'))).forEach(builder::add);
        return builder.build();
    }

    private TextCorpus corpus(String texts, Vocabulary vocabulary) throws IOException {
        return new TextCorpus(List.of(Files.writeString(folder.resolve("texts.tsv"), texts)), null, true, vocabulary);
    }

    private Cooccurrences get(TextCorpus corpus, CooccurrenceConfig config) throws IOException {
        ReadListener listener = progress -> passes++;
        try (Workers workers = new Workers(2)) {
            return new CooccurrenceCache(folder.resolve("cache"))
                    .find(corpus, config, workers, listener)
                    .counts();
        }
    }

    @Test
    void textsAreCountedByWords() throws IOException {
        Vocabulary words = vocabulary(1);
        Cooccurrences counted = get(corpus(TEXTS, words), CONFIG);
        assertThat(counted.objects()).isEqualTo(words.size());
        assertThat(count(counted, words, "is", "a")).isEqualTo(2);
        assertThat(count(counted, words, "a", "bird")).isEqualTo(2);
        assertThat(count(counted, words, "canary", "bird"))
                .as("three words apart")
                .isZero();
        assertThat(count(counted, words, "bird", "an")).isEqualTo(1);
        assertThat(counted.total(words.indexOf("rare"))).isZero();
        assertThat(counted.total(words.indexOf("a bird")))
                .as("terms of several words")
                .isZero();
    }

    private static int count(Cooccurrences counted, Vocabulary words, String a, String b) {
        assertThat(words.indexOf(a)).isNotNegative();
        assertThat(words.indexOf(b)).isNotNegative();
        return counted.count(words.indexOf(a), words.indexOf(b));
    }

    @Test
    void aSecondRunReadsTheFile() throws IOException {
        TextCorpus corpus = corpus(TEXTS, vocabulary(1));
        Cooccurrences first = get(corpus, CONFIG);
        assertThat(passes).isPositive();
        passes = 0;
        // Which pairs are related is decided after counting.
        Cooccurrences second = get(corpus, new CooccurrenceConfig(2, 1000, 7, 3, Strength.PPMI));
        assertThat(passes).isZero();
        assertThat(second.pairNumbers()).isEqualTo(first.pairNumbers());
        assertThat(second.counts()).isEqualTo(first.counts());
        assertThat(second.totals()).isEqualTo(first.totals());
        assertThat(second.pruned()).isEqualTo(first.pruned());
    }

    @Test
    void otherTextsWordsOrSettingsAreCountedAnew() throws IOException {
        get(corpus(TEXTS, vocabulary(1)), CONFIG);
        passes = 0;
        get(corpus(TEXTS + "one more\t<u:1>\n", vocabulary(1)), CONFIG);
        assertThat(passes).isPositive();
        passes = 0;
        get(corpus(TEXTS, vocabulary(2)), CONFIG);
        assertThat(passes).isPositive();
        passes = 0;
        get(corpus(TEXTS, vocabulary(1)), new CooccurrenceConfig(3, 1000, 1, 0, Strength.COUNT));
        assertThat(passes).isPositive();
        try (var files = Files.list(folder.resolve("cache"))) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    void everyDamagedByteIsNoticed() throws IOException {
        TextCorpus corpus = corpus(TEXTS, vocabulary(1));
        get(corpus, CONFIG);
        Path file = new CooccurrenceCache(folder.resolve("cache")).file(corpus, CONFIG);
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            Files.write(file, bad);
            assertThatThrownBy(() -> get(corpus, CONFIG))
                    .as("byte " + i)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(file + ": ")
                    .hasMessageEndingWith("delete it");
        }
        Files.write(file, Arrays.copyOf(good, good.length - 1));
        assertThatThrownBy(() -> get(corpus, CONFIG)).isInstanceOf(InputException.class);
        Files.write(file, new byte[3]);
        assertThatThrownBy(() -> get(corpus, CONFIG)).isInstanceOf(InputException.class);
    }

    @Test
    void numberedFeaturesHaveNoOrder() throws IOException {
        TextCorpus corpus = corpus("1 5 2\n0 1:1 3:2\n", vocabulary(1));
        assertThatThrownBy(() -> get(corpus, CONFIG))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("texts.tsv:2")
                .hasMessageContaining("numbered features");
    }
}
