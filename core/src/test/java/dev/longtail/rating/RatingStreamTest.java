package dev.longtail.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatingStreamTest {

    @TempDir
    Path folder;

    private Path file(String name, int from, int to) throws IOException {
        List<String> lines = new ArrayList<>(List.of("user,item,rating"));
        for (int i = from; i < to; i++) {
            lines.add("u" + i / 3 + ",i" + i % 11 + "," + i);
        }
        return Files.write(folder.resolve(name), lines);
    }

    private RatingStream stream(List<Path> files, int chunk, double heldOut) {
        return new RatingStream(files, chunk, heldOut, 7, ReadListener.NONE);
    }

    /** Ratings as "user item rating" with identifiers of now. */
    private static void add(RatingSet set, Ids users, Items items, List<String> into) {
        for (int i = 0; i < set.size(); i++) {
            into.add((set.user(i) < 0 ? "?" : users.id(set.user(i))) + " "
                    + (set.item(i) < 0 ? "?" : items.id(set.item(i))) + " " + (int) set.rating(i));
        }
    }

    @Test
    void everyRatingComesOnceInTheOrderOfTheFiles() throws IOException {
        List<Path> files = List.of(file("a.csv", 0, 100), file("b.csv", 100, 250));
        try (RatingStream stream = stream(files, 40, 0)) {
            int first = 0;
            Optional<RatingChunk> chunk;
            List<Integer> sizes = new ArrayList<>();
            while ((chunk = stream.next()).isPresent()) {
                RatingChunk now = chunk.get();
                sizes.add(now.size());
                assertThat(now.heldOut().size()).isZero();
                assertThat(now.train().isShuffled()).isTrue();
                List<String> found = new ArrayList<>();
                add(now.train(), stream.users(), new Items(stream.items()), found);
                List<String> expected = new ArrayList<>();
                for (int i = first; i < first + now.size(); i++) {
                    expected.add("u" + i / 3 + " i" + i % 11 + " " + i);
                }
                assertThat(found).containsExactlyInAnyOrderElementsOf(expected).isNotEqualTo(expected);
                first += now.size();
                assertThat(stream.users().size()).isEqualTo((first + 2) / 3);
                assertThat(stream.items().size()).isEqualTo(11);
            }
            assertThat(sizes).containsExactly(40, 40, 40, 40, 40, 40, 10);
            assertThat(stream.users().id(83)).isEqualTo("u83");
            assertThat(stream.users().count(82)).isEqualTo(3);
            assertThat(stream.items().count(0)).isEqualTo(23);
            assertThat(stream.files()).hasSize(2);
            assertThat(stream.next()).isEmpty();
        }
    }

    @Test
    void ratingsThatAreHeldOutKnowWhatIsLearned() throws IOException {
        Set<Integer> ratings = new HashSet<>();
        int held = 0;
        try (RatingStream stream = stream(List.of(file("a.csv", 0, 900)), 300, 0.3)) {
            Set<String> learned = new HashSet<>();
            for (int number = 0; number < 3; number++) {
                RatingChunk chunk = stream.next().orElseThrow();
                List<String> train = new ArrayList<>();
                List<String> others = new ArrayList<>();
                Items items = new Items(stream.items());
                add(chunk.train(), stream.users(), items, train);
                add(chunk.heldOut(), stream.users(), items, others);
                train.forEach(rating -> learned.add(rating.split(" ")[0]));
                held += others.size();
                for (String rating : others) {
                    int value = Integer.parseInt(rating.split(" ")[2]);
                    boolean known = learned.contains("u" + value / 3);
                    assertThat(rating).isEqualTo((known ? "u" + value / 3 : "?") + " i" + value % 11 + " " + value);
                    assertThat(ratings.add(value)).isTrue();
                }
                for (String rating : train) {
                    assertThat(ratings.add(Integer.parseInt(rating.split(" ")[2])))
                            .isTrue();
                }
            }
            assertThat(learned).hasSize(stream.users().size()).hasSizeLessThan(300);
        }
        assertThat(ratings).hasSize(900);
        assertThat(held).isBetween(210, 330);
    }

    @Test
    void aChunkIsReadWhenItIsAskedFor() throws IOException {
        Path wrong = Files.writeString(folder.resolve("c.csv"), "user,item,rating\na,b,1\na,c,2\nd,b,x\n");
        try (RatingStream stream = stream(List.of(wrong, folder.resolve("missing")), 2, 0)) {
            assertThat(stream.next().orElseThrow().size()).isEqualTo(2);
            assertThatThrownBy(stream::next).isInstanceOf(InputException.class).hasMessageContaining("c.csv:4");
        }
        assertThatThrownBy(() -> stream(List.of(), 2, 0)).hasMessageContaining("files must be at least one");
        assertThatThrownBy(() -> stream(List.of(wrong), 0, 0)).hasMessage("chunk must be at least 1, got 0");
        assertThatThrownBy(() -> stream(List.of(wrong), 1, 1)).hasMessageContaining("heldOut must be");
    }
}
