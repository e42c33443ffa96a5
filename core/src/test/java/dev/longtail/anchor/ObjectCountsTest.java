package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.data.ReadListener;
import dev.longtail.relation.TextCorpus;
import dev.longtail.text.TextConfig;
import dev.longtail.text.Vocabulary;
import dev.longtail.text.VocabularyBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCountsTest {

    @Test
    void wordsOfTextsAreCounted(@TempDir Path folder) throws IOException {
        String texts = "the bird and the canary\t<u:1>\nThe bank\t<u:2>\nbird the bird, bird\t<u:1>\n";
        VocabularyBuilder builder =
                new VocabularyBuilder(TextConfig.DEFAULT.withVocabulary(1, 0).withWordNgrams(2), 100);
        texts.lines().map(line -> line.substring(0, line.indexOf('\t'))).forEach(builder::add);
        Vocabulary words = builder.build();
        Path file = Files.writeString(folder.resolve("texts.tsv"), texts);
        ObjectCounts counts = ObjectCounts.of(new TextCorpus(List.of(file), null, true, words), ReadListener.NONE);
        assertThat(counts.documents()).isEqualTo(3);
        int the = words.indexOf("the");
        int bird = words.indexOf("bird");
        assertThat(counts.occurrences()[the]).isEqualTo(4);
        assertThat(counts.documentFrequencies()[the]).isEqualTo(3);
        assertThat(counts.tfIdf()[the]).isZero();
        assertThat(counts.occurrences()[bird]).isEqualTo(4);
        assertThat(counts.documentFrequencies()[bird]).isEqualTo(2);
        assertThat(counts.tfIdf()[bird]).isEqualTo(4 * StrictMath.log(1.5));
        assertThat(counts.occurrences()[words.indexOf("the bird")]).isZero();
        for (int word = 0; word < words.words(); word++) {
            assertThat(counts.documentFrequencies()[word]).isEqualTo(words.documentFrequency(word));
        }
        assertThat(ObjectCounts.of(words).occurrences()[bird]).isEqualTo(2);
    }

    @Test
    void countsBelongToTheSameObjects() {
        assertThatThrownBy(() -> new ObjectCounts(new long[3], new long[2], 1)).hasMessageContaining("as many");
        assertThatThrownBy(() -> new AnchorSources(4, ObjectCounts.of(new long[3]), null, null))
                .hasMessageContaining("counts must be of all 4 objects");
        assertThatThrownBy(() -> new AnchorSources(4, null, new ObjectVectors(5, 1), null))
                .hasMessageContaining("those of 5");
    }
}
