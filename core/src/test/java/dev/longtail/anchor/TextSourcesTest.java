package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.data.ReadListener;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.CooccurrenceCache;
import dev.longtail.relation.CooccurrenceConfig;
import dev.longtail.relation.TextCorpus;
import dev.longtail.text.TextConfig;
import dev.longtail.text.Vocabulary;
import dev.longtail.text.VocabularyBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourcesTest {

    @TempDir
    Path folder;

    /** Texts about birds or about banks; "the" is in all of them. */
    private TextCorpus corpus() throws IOException {
        List<List<String>> topics =
                List.of(List.of("canary", "finch", "nest", "wing"), List.of("dollar", "loan", "stock", "bond"));
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder texts = new StringBuilder();
        VocabularyBuilder builder = new VocabularyBuilder(TextConfig.DEFAULT, 1000);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder("the");
            for (int word = 0; word < 5; word++) {
                text.append(' ').append(topics.get(i % 2).get(random.nextInt(4)));
            }
            builder.add(text);
            texts.append(text).append("\t<u:1>\n");
        }
        Path file = Files.writeString(folder.resolve("texts.tsv"), texts.toString());
        return new TextCorpus(List.of(file), null, true, builder.build());
    }

    private AnchorStart start(int anchors, int links, Map<String, String> settings) throws IOException {
        return start(anchors, links, settings, AnchorFiles.NONE);
    }

    private AnchorStart start(int anchors, int links, Map<String, String> settings, AnchorFiles files)
            throws IOException {
        AnchorStartConfig config = Settings.override(AnchorStartConfig.DEFAULT, settings);
        assertThat(Settings.fromJson(AnchorStartConfig.class, Settings.toJson(config)))
                .isEqualTo(config);
        try (Workers workers = new Workers(2)) {
            return new AnchorFinder(sources(9), files, workers).find(config, new AnchorShape(anchors, links), 3);
        }
    }

    private TextSources sources(int objects) throws IOException {
        return new TextSources(corpus(), objects, CooccurrenceConfig.DEFAULT, ReadListener.NONE)
                .keeping(new CooccurrenceCache(folder.resolve("cache")));
    }

    private List<String> words(AnchorStart start) throws IOException {
        Vocabulary words = corpus().vocabulary();
        return Arrays.stream(start.objects()).mapToObj(words::term).toList();
    }

    @Test
    void everythingIsMadeFromTextsAndSettings() throws IOException {
        assertThat(start(100, 4, Map.of()).anchors()).isEqualTo(100);
        assertThat(words(start(1, 4, Map.of("strategy", "frequency")))).containsExactly("the");
        assertThat(words(start(8, 4, Map.of("strategy", "tf-idf")))).doesNotContain("the");
        Path names = Files.writeString(folder.resolve("names"), "loan\nwing\n");
        AnchorFiles files = new AnchorFiles(names, null, ReadListener.NONE);
        Map<String, String> imported = Map.of("strategy", "imported");
        assertThat(words(start(2, 4, imported, files))).containsExactly("loan", "wing");
        assertThatThrownBy(() -> start(2, 4, imported)).hasMessageContaining("file of anchors must be given");
        assertThatThrownBy(() -> start(2, 4, Map.of(), files)).hasMessageContaining("file of anchors must be none");
    }

    @Test
    void featuresBehindTheVocabularyOccurNever() throws IOException {
        assertThat(sources(12).counts().occurrences()).hasSize(12).endsWith(0, 0, 0);
        assertThat(sources(3).counts().occurrences()).hasSize(3);
        assertThat(sources(3).indexOf(corpus().vocabulary().term(3))).isNegative();
        assertThat(sources(4).indexOf(corpus().vocabulary().term(3))).isEqualTo(3);
    }

    @Test
    void whatWasCountedIsSharedAndKept() throws IOException {
        try (Workers workers = new Workers(2)) {
            TextSources first = sources(9);
            assertThat(first.cooccurrences(workers)).isSameAs(first.cooccurrences(workers));
            assertThat(first.takenFrom()).isEmpty();
            TextSources second = sources(9);
            assertThat(second.cooccurrences(workers).pairs())
                    .isEqualTo(first.cooccurrences(workers).pairs());
            assertThat(second.takenFrom()).isPresent();
        }
    }

    @Test
    void wordsAreClusteredByWhatTheyStandNear() throws IOException {
        AnchorStart start =
                start(2, 1, Map.of("strategy", "clustering", "space", "cooccurrence", "spaceDimension", "2"));
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files).hasSize(1);
        }
        Vocabulary words = corpus().vocabulary();
        int[] anchors = new int[start.links().most()];
        float[] weights = new float[anchors.length];
        int[] anchorOf = new int[words.size()];
        for (int word = 0; word < words.size(); word++) {
            if (start.links().read(word, anchors, weights) > 0) {
                anchorOf[word] = anchors[0];
            }
        }
        for (String other : List.of("finch", "nest", "wing")) {
            assertThat(anchorOf[words.indexOf(other)]).isEqualTo(anchorOf[words.indexOf("canary")]);
        }
        for (String other : List.of("dollar", "loan", "stock", "bond")) {
            assertThat(anchorOf[words.indexOf(other)]).isNotEqualTo(anchorOf[words.indexOf("canary")]);
        }
    }

    @Test
    void vectorsOfAFileAreASpace() throws IOException {
        Path file =
                Files.writeString(folder.resolve("vectors"), "canary 0 1\nfinch 0 2\nloan 5 0\nbond 5 1\nroc 9 9\n");
        AnchorFiles files = new AnchorFiles(null, file, ReadListener.NONE);
        AnchorStart start = start(2, 4, Map.of("strategy", "clustering", "space", "file", "rounds", "0"), files);
        assertThat(start.dimension()).isEqualTo(2);
        assertThat(words(start)).isSubsetOf("canary", "finch", "loan", "bond");
    }
}
