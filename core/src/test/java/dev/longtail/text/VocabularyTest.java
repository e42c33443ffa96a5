package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {

    private static Vocabulary count(TextConfig config, String... texts) {
        VocabularyBuilder builder = new VocabularyBuilder(config, 1000);
        for (String text : texts) {
            builder.add(text);
        }
        return builder.build();
    }

    private static String written(Vocabulary vocabulary) {
        StringWriter out = new StringWriter();
        try {
            vocabulary.write(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    private static Vocabulary read(String text, int documents) throws IOException {
        return Vocabulary.read(new BufferedReader(new StringReader(text)), documents, "m/vocabulary.tsv");
    }

    @Test
    void ordersByFrequencyThenTerm() {
        Vocabulary vocabulary = count(TextConfig.DEFAULT, "b a a", "c b a", "c b d", "é a");
        // a: 3 documents, b: 3, c: 2; d and é: 1
        assertThat(written(vocabulary)).isEqualTo("a\t3\nb\t3\nc\t2\n");
        assertThat(vocabulary.documents()).isEqualTo(4);
        assertThat(vocabulary.indexOf("c")).isEqualTo(2);
        assertThat(vocabulary.indexOf("d")).isEqualTo(-1);
    }

    @Test
    void keepsTheMostFrequent() {
        Vocabulary vocabulary = count(TextConfig.DEFAULT.withVocabulary(1, 3), "b a", "c b a", "c b d", "é a");
        assertThat(written(vocabulary)).isEqualTo("a\t3\nb\t3\nc\t2\n");
    }

    @Test
    void countsWordNgramsOncePerDocument() {
        TextConfig config = TextConfig.DEFAULT.withVocabulary(1, 0).withWordNgrams(2);
        assertThat(written(count(config, "x y x y"))).isEqualTo("x\t1\ny\t1\nx y\t1\ny x\t1\n");
    }

    @Test
    void wordsComeFirstAndRunsOfWordsHaveABoundOfTheirOwn() {
        TextConfig config = TextConfig.DEFAULT.withVocabulary(1, 0).withWordNgrams(2, 2);
        Vocabulary vocabulary = count(config, "x y", "x y", "x y z");
        assertThat(written(vocabulary)).isEqualTo("x\t3\ny\t3\nz\t1\nx y\t3\n");
        assertThat(vocabulary.words()).isEqualTo(3);
    }

    @Test
    void doesNotDependOnTheOrderOfDocuments() {
        Random random = new Random(3);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            texts.add("w" + random.nextInt(50) + " w" + random.nextInt(400) + " w" + random.nextInt(5));
        }
        String first = written(count(TextConfig.DEFAULT, texts.toArray(new String[0])));
        Collections.shuffle(texts, random);
        assertThat(written(count(TextConfig.DEFAULT, texts.toArray(new String[0]))))
                .isEqualTo(first);
    }

    @Test
    void saysWhenRareTermsWereDroppedAndHowFarCountsAreOff() {
        Random random = new Random(5);
        VocabularyBuilder builder = new VocabularyBuilder(TextConfig.DEFAULT.withVocabulary(1, 0), 100);
        Map<String, Integer> exact = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            String common = "c" + random.nextInt(10);
            String rare = "r" + random.nextInt(100_000);
            builder.add(common + " " + rare);
            exact.merge(common, 1, Integer::sum);
            exact.merge(rare, 1, Integer::sum);
        }
        Vocabulary vocabulary = builder.build();
        VocabularyBuilder.Pruning pruning = builder.pruning();
        assertThat(pruning.times()).isPositive();
        assertThat(pruning.removed()).isGreaterThan(4000);
        assertThat(vocabulary.size()).isLessThanOrEqualTo(100);
        for (int id = 0; id < vocabulary.size(); id++) {
            int count = exact.get(vocabulary.term(id));
            assertThat(vocabulary.documentFrequency(id)).isBetween(count - pruning.undercount(), count);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(vocabulary.documentFrequency(vocabulary.indexOf("c" + i)))
                    .isEqualTo(exact.get("c" + i));
        }
    }

    @Test
    void isExactBelowTheBound() {
        VocabularyBuilder builder = new VocabularyBuilder(TextConfig.DEFAULT, 16);
        builder.add("a b c d e f g h");
        assertThat(builder.pruning()).isEqualTo(VocabularyBuilder.Pruning.NONE);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        Vocabulary vocabulary = count(TextConfig.DEFAULT.withWordNgrams(3), "北京 e\u0301té 😀 b", "北京 e\u0301té b");
        Vocabulary again = read(written(vocabulary), 2);
        assertThat(written(again)).isEqualTo(written(vocabulary));
        assertThat(again.indexOf("北 京 e\u0301té"))
                .isEqualTo(vocabulary.indexOf("北 京 e\u0301té"))
                .isNotNegative();
        assertThat(again.documents()).isEqualTo(2);
    }

    @Test
    void escapesWhatWouldEndAField() throws IOException {
        Vocabulary vocabulary = read("a\\tb\\n\\\\\\r\t1\n", 1);
        assertThat(vocabulary.term(0)).isEqualTo("a\tb\n\\\r");
        assertThat(written(vocabulary)).isEqualTo("a\\tb\\n\\\\\\r\t1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a~9;b           | 2 | expected a term, a tab",
                "a~9;b~3;a~2     | 3 | term 'a' stands on line 1 too",
                "a~0             | 1 | from 1 to 9, got '0'",
                "a~10            | 1 | from 1 to 9, got '10'",
                "a~99999999999   | 1 | from 1 to 9",
                "a~-1            | 1 | from 1 to 9",
                "a~1~2           | 1 | from 1 to 9",
                "a\\x~1          | 1 | a backslash must be followed by",
                "a\\~1           | 1 | a backslash must be followed by",
                "~1              | 1 | a term has 1 to 4096 characters, got 0",
            })
    void namesFileLineAndReason(String text, int line, String reason) {
        String content = text.replace('~', '\t').replace(';', '\n') + "\n";
        assertThatThrownBy(() -> read(content, 9))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("m/vocabulary.tsv:" + line + ": ")
                .hasMessageContaining(reason);
    }
}
