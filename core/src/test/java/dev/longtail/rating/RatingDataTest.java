package dev.longtail.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longtail.config.InputException;
import dev.longtail.data.ReadListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatingDataTest {

    private static final Path MOVIES = Path.of(System.getProperty("longtail.data", "../../shared/data"), "ml-100k");

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static RatingDataConfig config(RatingDataConfig.Split split, double fraction, int last) {
        return new RatingDataConfig(split, fraction, last, true);
    }

    private static RatingData read(RatingDataConfig config, Path... train) throws IOException {
        return RatingData.read(new RatingFiles(List.of(train), List.of(), null), config, 1, ReadListener.NONE);
    }

    /** Ratings as texts, whatever their order. */
    private static TreeSet<String> texts(RatingData data, RatingSet set) {
        TreeSet<String> texts = new TreeSet<>();
        for (int i = 0; i < set.size(); i++) {
            String user = set.user(i) < 0 ? "?" : data.users().id(set.user(i));
            String item = set.item(i) < 0 ? "?" : data.items().id(set.item(i));
            texts.add(user + " " + item + " " + set.rating(i));
        }
        return texts;
    }

    @Test
    void numbersFallWithTheNumberOfTrainingRatings() throws IOException {
        Path one = file("one", "a::x::1\nb::y::2\nb::x::3\nc::z::4\n");
        Path two = file("two", "user,item,rating\nd,z,5\nd,x,1\nd,y,2\n");
        RatingData data = read(config(RatingDataConfig.Split.RANDOM, 0, 1), one, two);
        assertThat(List.of(0, 1, 2, 3)).map(data.users()::id).containsExactly("d", "b", "a", "c");
        assertThat(data.users().counts()).containsExactly(3, 2, 1, 1);
        assertThat(List.of(0, 1, 2)).map(data.items()::id).containsExactly("x", "y", "z");
        assertThat(data.items().ids().counts()).containsExactly(3, 2, 2);
        assertThat(data.validation()).isEmpty();
        assertThat(texts(data, data.train()))
                .containsExactly("a x 1.0", "b x 3.0", "b y 2.0", "c z 4.0", "d x 1.0", "d y 2.0", "d z 5.0");
        assertThat(data.files()).hasSize(2);
        assertThat(data.files().get(0).bytes()).isEqualTo(Files.size(one));
    }

    @Test
    void whatIsHeldOutAloneIsUnknown() throws IOException {
        Path train = file("train", "a::x::1\nb::y::2\n");
        Path validate = file("validate", "a::y::3\na::new::4\nnew::x::5\n");
        RatingData data = RatingData.read(
                new RatingFiles(List.of(train), List.of(validate), null),
                config(RatingDataConfig.Split.RANDOM, 0.5, 1),
                1,
                ReadListener.NONE);
        assertThat(data.train().size())
                .as("nothing is held out beside a validation file")
                .isEqualTo(2);
        assertThat(texts(data, data.validation().orElseThrow())).containsExactly("? x 5.0", "a ? 4.0", "a y 3.0");
        assertThat(data.files()).hasSize(2);
    }

    @Test
    void theLastRatingsInTimeAreHeldOut() throws IOException {
        Path file = file("r", "a::x::1::10\nb::x::2::30\na::y::3::30\nb::y::4::20\na::z::5::5\n");
        RatingData global = read(config(RatingDataConfig.Split.TIME, 0.4, 1), file);
        assertThat(texts(global, global.validation().orElseThrow())).containsExactly("a y 3.0", "b x 2.0");
        RatingData one = read(config(RatingDataConfig.Split.TIME, 0.2, 1), file);
        assertThat(texts(one, one.validation().orElseThrow()))
                .as("of two of the same time the one that stands last")
                .containsExactly("a y 3.0");
        RatingData each = read(config(RatingDataConfig.Split.USER_TIME, 0, 1), file);
        assertThat(texts(each, each.validation().orElseThrow())).containsExactly("a y 3.0", "b x 2.0");
        RatingData most = read(config(RatingDataConfig.Split.USER_TIME, 0, 5), file);
        // z alone is left of user a, y of b; so x is unknown
        assertThat(texts(most, most.validation().orElseThrow())).containsExactly("a ? 1.0", "a y 3.0", "b ? 2.0");
        Path without = file("w", "a::x::1\n");
        assertThatThrownBy(() -> read(config(RatingDataConfig.Split.TIME, 0.4, 1), without))
                .isInstanceOf(InputException.class)
                .hasMessage(without + ":1: has no column of times, by which ratings are to be held out");
    }

    @Test
    void aRandomSplitRepeatsAndHasItsShare() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(i % 97)
                    .append("::")
                    .append(i / 97)
                    .append("::")
                    .append(i % 5)
                    .append('\n');
        }
        Path file = file("r", text.toString());
        RatingData first = read(config(RatingDataConfig.Split.RANDOM, 0.1, 1), file);
        RatingData again = read(config(RatingDataConfig.Split.RANDOM, 0.1, 1), file);
        RatingSet held = first.validation().orElseThrow();
        // binomial with mean 2,000 and deviation 42
        assertThat(held.size()).isBetween(1800, 2200);
        assertThat(first.train().size() + held.size()).isEqualTo(20_000);
        assertThat(texts(again, again.validation().orElseThrow())).isEqualTo(texts(first, held));
        for (int i = 0; i < first.train().size(); i++) {
            assertThat(again.train().user(i)).isEqualTo(first.train().user(i));
        }
        RatingData other = RatingData.read(
                new RatingFiles(List.of(file), List.of(), null),
                config(RatingDataConfig.Split.RANDOM, 0.1, 1),
                2,
                ReadListener.NONE);
        assertThat(texts(other, other.validation().orElseThrow())).isNotEqualTo(texts(first, held));
    }

    @Test
    void repeatedRatingsCountEachTime() throws IOException {
        RatingData data = read(config(RatingDataConfig.Split.RANDOM, 0, 1), file("r", "a::x::1\na::x::5\na::y::3\n"));
        assertThat(data.train().size()).isEqualTo(3);
        assertThat(data.train().mean()).isEqualTo(3);
        assertThat(data.items().ids().count(0)).isEqualTo(2);
        SeenItems seen = SeenItems.of(data.train(), 1);
        assertThat(seen.of(0)).containsExactly(0, 1);
    }

    @Test
    void aFileOfNothingIsRefused() throws IOException {
        Path file = file("r", "user,item,rating\n");
        assertThatThrownBy(() -> read(config(RatingDataConfig.Split.RANDOM, 0, 1), file))
                .hasMessage(file + ": holds no rating to learn from");
    }

    @Test
    void readingStopsWhenItIsInterrupted() throws IOException {
        Path file = file("r", "a::x::1\n");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> read(RatingDataConfig.DEFAULT, file)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x::Caf\u00e9 (1999)::Drama|War\nq::Q::\ny::Y::Comedy\n",
                "movieId,title,genres\nx,Caf\u00e9 (1999),Drama|War\ny,\"Y\",Comedy\nq,Q,(no genres listed)\n",
                "item\tname\tgenres\nx\tCaf\u00e9 (1999)\tDrama|War\ny\tY\tComedy\n",
                "x\tCaf\u00e9 (1999)\tDrama|War\ny\tY\tComedy\n",
                "x|Caf\u00e9 (1999)|1999|||0|0|0|0|0|0|0|0|1|0|0|0|0|0|0|0|0|1|0\n"
                        + "y|Y||||0|0|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n",
            })
    void itemFilesGiveNamesAndGenres(String content) throws IOException {
        Path ratings = file("r", "a::x::1\nb::x::1\na::y::3\na::z::3\n");
        for (boolean latin : new boolean[] {false, true}) {
            Path items = Files.write(
                    folder.resolve("items" + latin),
                    content.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
            RatingData data = RatingData.read(
                    new RatingFiles(List.of(ratings), List.of(), items),
                    config(RatingDataConfig.Split.RANDOM, 0, 1),
                    1,
                    ReadListener.NONE);
            assertThat(data.items().name(0)).isEqualTo("Caf\u00e9 (1999)");
            assertThat(data.items().genres(0)).containsExactly("Drama", "War");
            assertThat(data.items().name(1)).isEqualTo("Y");
            assertThat(data.items().genres(1)).containsExactly("Comedy");
            assertThat(data.items().name(2)).isEmpty();
            assertThat(data.files()).hasSize(2);
        }
    }

    @Test
    void wrongItemFilesNameTheLine() throws IOException {
        Path ratings = file("r", "a::x::1\n");
        for (String content : List.of("x::X::Drama\ny::Y\n", "item,name\nx,X\ny\n", "x\tX\ny\n")) {
            Path items = file("items", content);
            assertThatThrownBy(() -> RatingData.read(
                            new RatingFiles(List.of(ratings), List.of(), items),
                            config(RatingDataConfig.Split.RANDOM, 0, 1),
                            1,
                            ReadListener.NONE))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(items + ":")
                    .hasMessageContaining("expected");
        }
        Path items = file("items", "what is this\n");
        assertThatThrownBy(() -> ItemFile.read(items, Ids.of(List.of("x"), new int[1]), new ArrayList<>()))
                .hasMessageStartingWith(items + ":1: form not recognised");
    }

    @Test
    void movieLensHasItsPublishedSize() throws IOException {
        assumeTrue(Files.isDirectory(MOVIES), "no data in " + MOVIES);
        RatingData data = RatingData.read(
                new RatingFiles(
                        List.of(MOVIES.resolve("u1.base.gz")),
                        List.of(MOVIES.resolve("u1.test.gz")),
                        MOVIES.resolve("u.item.gz")),
                RatingDataConfig.DEFAULT,
                1,
                ReadListener.NONE);
        assertThat(data.train().size()).isEqualTo(80_000);
        assertThat(data.validation().orElseThrow().size()).isEqualTo(20_000);
        assertThat(data.users().size()).isEqualTo(943);
        RatingData all = read(
                config(RatingDataConfig.Split.RANDOM, 0, 1),
                MOVIES.resolve("u1.base.gz"),
                MOVIES.resolve("u1.test.gz"));
        assertThat(all.train().size()).isEqualTo(100_000);
        assertThat(all.items().size()).isEqualTo(1682);
        assertThat(all.items().id(0)).as("Star Wars has most ratings").isEqualTo("50");
        assertThat(all.items().ids().count(0)).isEqualTo(583);
        assertThat(all.train().mean()).isEqualTo(3.52986);
        int star = data.items().ids().indexOf("50");
        assertThat(data.items().name(star)).isEqualTo("Star Wars (1977)");
        assertThat(data.items().genres(star)).containsExactly("Action", "Adventure", "Romance", "Sci-Fi", "War");
    }
}
