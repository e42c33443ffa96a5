package dev.longtail.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.data.EncodedExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class PeerRunTest {

    @TempDir
    Path folder;

    private PeerFiles files() throws IOException {
        String cats = "Cats and dogs\t<u:animals>\nA dog, two cats!\t<u:animals>\nDogs and a cat\t<u:animals>\n";
        String soups = "Soup and bread\t<u:food>\nBread with soup\t<u:food>\nSoup of the day\t<u:food> <u:days>\n";
        Files.writeString(folder.resolve("train.tsv"), (cats + soups).repeat(3));
        Files.writeString(folder.resolve("test.tsv"), "Dogs\t<u:animals>\nbread SOUP\t<u:food>\n???\t<u:days>\n");
        return new PeerFiles(folder.resolve("train.tsv"), folder.resolve("test.tsv"), null);
    }

    private ObjectNode measure(Peer peer) throws IOException, InterruptedException {
        return new PeerRun(peer, files(), 1, 1).measure(folder);
    }

    @Test
    void measuresALinearTree() throws Exception {
        ObjectNode outcome = measure(Peer.LINEAR_TREE);
        assertThat(outcome.path("trainExamples").asInt()).isEqualTo(18);
        assertThat(outcome.path("P@1").asDouble()).isBetween(0.66, 1.0); // a text without words gets a guess
        assertThat(outcome.path("trainCpuSeconds").asDouble()).isPositive();
        assertThat(outcome.path("modelBytes").asLong()).isPositive();
    }

    @Test
    void measuresTribuo() throws Exception {
        assertThat(measure(Peer.TRIBUO).path("P@1").asDouble()).isBetween(0.66, 0.67);
    }

    @Test
    void writesWhatFastTextReads() throws Exception {
        try (PeerData data = PeerData.open(files(), 1, folder);
                EncodedExamples test = data.encodeTest()) {
            FastTextFiles writer = new FastTextFiles(data);
            writer.writeTrain(folder.resolve("train"));
            writer.writeTest(test.examples(), folder.resolve("test"));
            int food = data.labels().indexOf("<u:food>");
            int days = data.labels().indexOf("<u:days>");
            assertThat(Files.readAllLines(folder.resolve("train")))
                    .hasSize(18)
                    .contains("__label__" + food + " __label__" + days + " soup of the day");
            assertThat(Files.readAllLines(folder.resolve("test"))).containsExactly("dogs", "bread soup", "");
        }
    }

    @Test
    void readsWhatFastTextAnswers() {
        assertThat(FastText.labels("__label__7 0.5 __label__12 0.25")).containsExactly(7, 12);
        assertThat(FastText.labels("")).isEmpty();
    }

    @Test
    void keepsTheBestOfWhatIsOffered() {
        Best best = new Best(2);
        best.offer(1, 0.5);
        best.offer(2, 0.7);
        best.offer(3, 0.5);
        best.offer(4, 0.6);
        assertThat(best.items()).containsExactly(2, 4);
        assertThat(best.score(1)).isEqualTo(0.6);
    }
}
