package dev.longtail.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdsTest {

    private static BufferedReader text(String text) {
        return new BufferedReader(new StringReader(text));
    }

    /** Many identifiers against a map of the JDK, through growth of the table and a selection in another order. */
    @Test
    void identifiersAreFoundAsInAMap() {
        Random random = new Random(1);
        IdTable table = new IdTable();
        IdKey key = new IdKey();
        Map<String, Integer> expected = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            String id = random.nextBoolean() ? String.valueOf(random.nextInt(20_000)) : "ü" + random.nextInt(20_000);
            key.set(id.toCharArray(), 0, id.length());
            int number = table.add(key);
            assertThat(number).isEqualTo(expected.computeIfAbsent(id, missing -> {
                ids.add(missing);
                return ids.size() - 1;
            }));
        }
        int[] order = random.ints(0, ids.size()).distinct().limit(5000).toArray();
        IdTable selected = table.select(order);
        assertThat(selected.size()).isEqualTo(5000);
        for (int number = 0; number < order.length; number++) {
            String id = ids.get(order[number]);
            assertThat(selected.id(number)).isEqualTo(id);
            key.set(id);
            assertThat(selected.find(key)).isEqualTo(number);
        }
        key.set("never");
        assertThat(selected.find(key)).isEqualTo(-1);
    }

    @Test
    void anyTextUpTo255BytesIsAnIdentifier() throws IOException {
        List<String> odd = List.of("a\tb", "c\nd", "e\\f", "\"", " ", "日本", "x".repeat(255), "0", "00");
        Ids ids = Ids.of(odd, new int[odd.size()]);
        StringWriter out = new StringWriter();
        ids.write(out);
        Ids read = Ids.read(text(out.toString()), "users.tsv");
        for (int number = 0; number < odd.size(); number++) {
            assertThat(read.id(number)).isEqualTo(odd.get(number));
            assertThat(read.indexOf(odd.get(number))).isEqualTo(number);
        }
        assertThat(read.indexOf("x".repeat(256))).isEqualTo(Ids.UNKNOWN);
        assertThatThrownBy(() -> Ids.of(List.of("日".repeat(86)), new int[1])).hasMessageContaining("1 to 255 bytes");
        assertThatThrownBy(() -> Ids.of(List.of("a", "a"), new int[2])).hasMessage("identifier a stands twice");
    }

    @Test
    void numbersMayBeTheirOwnIdentifiers() {
        Ids ids = Ids.numbered(new int[] {3, 2, 1});
        assertThat(ids.id(2)).isEqualTo("2");
        assertThat(ids.indexOf("2")).isEqualTo(2);
        assertThat(List.of("3", "02", "-1", "", "2.0", "99999999999"))
                .allMatch(text -> ids.indexOf(text) == Ids.UNKNOWN);
        assertThat(ids.count(0)).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a            | users.tsv:2: expected identifier, tab",
                "'\t5'        | users.tsv:2: an identifier must have",
                "'u\t5'       | users.tsv:2: identifier u stands in an earlier line",
                "'v\t-5'      | users.tsv:2: the number of training ratings must be",
                "'v\t9999999999' | users.tsv:2: the number of training ratings must be",
                "'\\v\t5'     | users.tsv:2: a backslash must be followed"
            })
    void wrongLinesOfAModelAreRefused(String line, String message) {
        assertThatThrownBy(() -> Ids.read(text("u\t1\n" + line + "\n"), "users.tsv"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void itemsComeBackAsTheyWereWritten() throws IOException {
        Ids ids = Ids.of(List.of("7", "8", "9"), new int[] {5, 4, 1});
        Items items = new Items(
                ids,
                List.of("A \t film", "", "C"),
                List.of(List.of("Drama", "War"), List.of(), List.of("Drama", "War")));
        StringWriter out = new StringWriter();
        items.write(out);
        assertThat(out.toString()).isEqualTo("7\tA \\t film\tDrama|War\t5\n8\t\t\t4\n9\tC\tDrama|War\t1\n");
        Items read = Items.read(text(out.toString()), "items.tsv");
        assertThat(read.size()).isEqualTo(3);
        assertThat(read.name(0)).isEqualTo("A \t film");
        assertThat(read.genres(2)).containsExactly("Drama", "War");
        assertThat(read.genres(1)).isEmpty();
        assertThat(read.ids().counts()).containsExactly(5, 4, 1);
        assertThat(read.hasGenres()).isTrue();
        Items bare = new Items(ids);
        out = new StringWriter();
        bare.write(out);
        assertThat(Items.read(text(out.toString()), "items.tsv").hasGenres()).isFalse();
    }
}
