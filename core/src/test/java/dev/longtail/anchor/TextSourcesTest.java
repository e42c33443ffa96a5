package dev.longtail.anchor;

import static org.assertj.core.api.Assertions.assertThat;

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

    private AnchorStart start(Map<String, String> settings) throws IOException {
        AnchorStartConfig config = Settings.override(AnchorStartConfig.DEFAULT, settings);
        assertThat(Settings.fromJson(AnchorStartConfig.class, Settings.toJson(config)))
                .isEqualTo(config);
        CooccurrenceCache cache = new CooccurrenceCache(folder.resolve("cache"));
        TextSources sources = new TextSources(corpus(), CooccurrenceConfig.DEFAULT, cache, ReadListener.NONE);
        try (Workers workers = new Workers(2)) {
            return new AnchorStarter(config, sources.of(config, 3, workers), 3, workers).joined();
        }
    }

    private List<String> words(AnchorStart start) throws IOException {
        Vocabulary words = corpus().vocabulary();
        return Arrays.stream(start.objects()).mapToObj(words::term).toList();
    }

    @Test
    void everythingIsMadeFromTextsAndSettings() throws IOException {
        assertThat(start(Map.of()).anchors()).isEqualTo(100);
        assertThat(words(start(Map.of("strategy", "frequency", "anchors", "1"))))
                .containsExactly("the");
        assertThat(words(start(Map.of("strategy", "tf-idf", "anchors", "8")))).doesNotContain("the");
        Path names = Files.writeString(folder.resolve("names"), "loan\nwing\n");
        assertThat(words(start(Map.of("strategy", "imported", "anchors", "2", "anchorFile", names.toString()))))
                .containsExactly("loan", "wing");
    }

    @Test
    void wordsAreClusteredByWhatTheyStandNear() throws IOException {
        AnchorStart start = start(Map.of(
                "strategy",
                "clustering",
                "anchors",
                "2",
                "space",
                "cooccurrence",
                "spaceDimension",
                "2",
                "links",
                "1"));
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
        AnchorStart start = start(Map.of(
                "strategy",
                "clustering",
                "anchors",
                "2",
                "space",
                "file",
                "spaceFile",
                file.toString(),
                "rounds",
                "0"));
        assertThat(start.dimension()).isEqualTo(2);
        assertThat(words(start)).isSubsetOf("canary", "finch", "loan", "bond");
    }
}
