package dev.longtail.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatingReaderTest {

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("ratings"), content);
    }

    private static List<String> rows(RatingReader reader) throws IOException {
        List<String> rows = new ArrayList<>();
        try (reader) {
            while (reader.next()) {
                String time = reader.hasTimes() ? "@" + reader.time() : "";
                rows.add(reader.line() + " " + reader.user() + " " + reader.item() + " " + reader.rating() + time);
            }
        }
        return rows;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\t2\t3\t881250949\n4\t5\t2.5\t7\n",
                "1::2::3::881250949\n4::5::2.5::7\n",
                "1::2::3.0::881250949\r\n4::5::2.50::7",
            })
    void filesWithoutNamesHaveFixedColumns(String content) throws IOException {
        assertThat(rows(RatingReader.open(file(content)))).containsExactly("1 1 2 3.0@881250949", "2 4 5 2.5@7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userId,movieId,rating,timestamp\n1,2,3.0,881250949\n4,5,2.5,7\n",
                "time,rating,item,user\n881250949,3,2,1\n7,2.5e0,5,4\n",
                "User_ID;item;x;RATING;Time\n1;2;;+3;881250949\n4;5;\"a;b\";2.5;7\n",
                "\uFEFFuser\titem\trating\ttime\n1\t2\t3\t881250949\n\"4\"\t5\t2.5\t7\n",
                "\"user\",\"item\",\"rating\",\"time\"\n\"1\",\"2\",3,881250949\n4,5,2.5,7\n",
            })
    void namedColumnsStandInAnyOrder(String content) throws IOException {
        assertThat(rows(RatingReader.open(file(content)))).containsExactly("2 1 2 3.0@881250949", "3 4 5 2.5@7");
    }

    @Test
    void gzipIsRecognisedAndTimesMayBeMissing() throws IOException {
        Path file = Files.write(folder.resolve("r.gz"), gzip("user,item,rating\na b,\"x,\"\"y\"\"\",-0.25\n"));
        RatingReader reader = RatingReader.open(file);
        assertThat(reader.hasTimes()).isFalse();
        assertThat(rows(reader)).containsExactly("2 a b x,\"y\" -0.25");
    }

    @Test
    void decimalsAreTheNearestFloats() throws IOException {
        List<String> decimals =
                List.of("0.1", "4.999999", "123456789.123456789", "1e-3", "16777217", "0.30000001", "5.");
        StringBuilder text = new StringBuilder("user,item,rating\n");
        decimals.forEach(decimal -> text.append("u,i,").append(decimal).append('\n'));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < decimals.size(); i++) {
            expected.add((i + 2) + " u i " + Float.parseFloat(decimals.get(i)));
        }
        assertThat(rows(RatingReader.open(file(text.toString())))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user,item,rating~1,2     | :2: expected at least 3 fields, got 2",
                "user,item,rating~1,2,x   | :2: the rating must be a finite number, got 'x'",
                "user,item,rating~1,2,    | :2: the rating must be a finite number, got ''",
                "user,item,rating~1,2,NaN | :2: the rating must be a finite number, got 'NaN'",
                "user,item,rating~1,2,Infinity | :2: the rating must be a finite number",
                "user,item,rating~1,2,1e99 | :2: the rating must be a finite number",
                "user,item,rating~1,2,3~,2,3 | :3: the user is empty",
                "user,item,rating~1,,3    | :2: the item is empty",
                "user,item,rating,time~1,2,3,x | :2: the time must be a whole number, got 'x'",
                "user,item~1,2            | :1: no column is named rating; the columns are user, item",
                "user,rating~1,2          | :1: no column is named item; the columns are user, rating",
                "1,2,3,4~1,2,3,4          | :1: the first line must name the columns",
                "a line of text~another   | :1: the first line must name the columns",
                "1::2                     | :1: expected user, item, rating and perhaps time, got 2 fields",
                "1::2::3::4::5            | :1: expected user, item, rating and perhaps time, got 5 fields",
                "1::2::x                  | :1: expected user, item, rating and perhaps time",
                "''                       | : is empty",
            })
    void wrongFilesNameFileAndLine(String content, String message) throws IOException {
        Path file = file(content.replace('~', '\n'));
        assertThatThrownBy(() -> rows(RatingReader.open(file)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + message);
    }

    @Test
    void anIdentifierMayNotBeLongerThanItsByte() throws IOException {
        Path file = file("user,item,rating\n" + "u".repeat(255) + ",1,1\n" + "u".repeat(256) + ",1,1\n");
        assertThatThrownBy(() -> rows(RatingReader.open(file)))
                .hasMessage(file + ":3: the user has more than 255 bytes");
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        StringBuilder text = new StringBuilder("user,item,rating\n");
        for (int i = 0; i < 50_000; i++) {
            text.append(i * 7919 % 10_007).append(',').append(i).append(",3\n");
        }
        byte[] whole = gzip(text.toString());
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> rows(RatingReader.open(cut)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ends too early");
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 16;
        Path damaged = Files.write(folder.resolve("damaged.gz"), changed);
        assertThatThrownBy(() -> rows(RatingReader.open(damaged))).isInstanceOf(InputException.class);
        Path latin = Files.write(
                folder.resolve("latin"), "user,item,rating\nu,\u00fc,3\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> rows(RatingReader.open(latin)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> RatingReader.open(folder.resolve("none"))).hasMessageEndingWith("none: no such file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2,3\n5,1.5\n",
                "2\t3\n5\t1.5\n",
                "2::3\n5::1.5\n",
                "rating,item\n3,2\n1.5,5\n",
                "u::2::3\nu::5::1.5\n"
            })
    void ratingsOfOneUserNeedNoUser(String content) throws IOException {
        RatingReader reader = RatingReader.openOneUser(file(content));
        List<String> rows = new ArrayList<>();
        while (reader.next()) {
            rows.add(reader.item() + " " + reader.rating());
            assertThat(reader.user()).isEqualTo(content.startsWith("u") ? "u" : "");
        }
        assertThat(rows).containsExactly("2 3.0", "5 1.5");
        assertThatThrownBy(() -> RatingReader.openOneUser(file("a,b\n"))).hasMessageContaining("must name the columns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2\n4,5\n", "1\t2\n4\t5\n", "item,user\n2,1\n5,4\n", "1::2::3\n4::5::1\n"})
    void pairsNeedNoRatings(String content) throws IOException {
        RatingReader reader = RatingReader.ofPairs(
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), "standard input");
        List<String> pairs = new ArrayList<>();
        while (reader.next()) {
            pairs.add(reader.user() + " " + reader.item());
        }
        assertThat(pairs).containsExactly("1 2", "4 5");
    }
}
