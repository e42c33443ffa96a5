package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleReaderTest {

    @TempDir
    Path folder;

    private List<String> read(DataFormat format, String content) throws IOException {
        return TestFiles.examples(TestFiles.write(folder, "f", content), format);
    }

    private static List<String> stream(DataFormat format, String content) throws IOException {
        InputStream in = new ByteArrayInputStream(TestFiles.utf8(content));
        try (ExampleReader reader = ExampleReader.of(in, "-", format, ExampleReader.LabelColumn.OPTIONAL)) {
            return TestFiles.examples(reader);
        }
    }

    @Test
    void readsAnnif() throws IOException {
        assertThat(read(
                        DataFormat.ANNIF,
                        "\ufeffA b\t<http://x/1> <http://x/2>\r\nc\t\n\thttp://x/1\td:e\nz\t <a>  <a> "))
                .containsExactly("A b [<http://x/1>, <http://x/2>]", "c []", " [<http://x/1>, <d:e>]", "z [<a>, <a>]");
    }

    @Test
    void readsXc() throws IOException {
        assertThat(read(DataFormat.XC, "5 4 3\n2,0 3:1 0:-2.5e-1\n 1:0.5\n1\n\n0,0 2:1 \n"))
                .containsExactly("0:-0.25 3:1.0 [2, 0]", "1:0.5 []", " [1]", " []", "2:1.0 [0, 0]");
    }

    @Test
    void readsFastText() throws IOException {
        assertThat(read(DataFormat.FASTTEXT, "__label__a __label__b-c some  words\nmore __label__a words\nnone\n"))
                .containsExactly("some words [a, b-c]", "more words [a]", "none []");
    }

    @Test
    void readsJsonl() throws IOException {
        assertThat(read(
                        DataFormat.JSONL,
                        "{\"text\":\"a\\tb \\u00e9\",\"labels\":[\"x\",\"y z\"]}\n"
                                + " {\"id\":{\"text\":[1]},\"labels\":[],\"text\":\"\"}\n"))
                .containsExactly("a\tb é [x, y z]", " []");
    }

    /** Found by changed inputs: the parser does not say where such an object is wrong. */
    @Test
    void jsonThatIsNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> read(DataFormat.JSONL, "{\"text\":\"a\",\"x\":" + "[".repeat(1000)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("not a JSON object: Document nesting depth");
    }

    @Test
    void readsTheSameFromGzip() throws IOException {
        Path file = Files.write(folder.resolve("plain.tsv"), TestFiles.gzip(TestFiles.utf8("a\t<x:1>\nb\t<x:2>\n")));
        assertThat(TestFiles.examples(file, null)).containsExactly("a [<x:1>]", "b [<x:2>]");
    }

    @Test
    void reportsLineNumbersAndSource() throws IOException {
        Path file = TestFiles.write(folder, "f", "1 1 1\n0 0:1\n");
        try (ExampleReader reader = ExampleReader.open(file, null, ExampleReader.LabelColumn.REQUIRED)) {
            RawExample example = new RawExample();
            assertThat(reader.next(example)).isTrue();
            assertThat(example.line).isEqualTo(2);
            assertThat(example.source).isEqualTo(file.toString());
            assertThat(reader.next(example)).isFalse();
        }
    }

    @Test
    void needsNoLabelsForPrediction() throws IOException {
        assertThat(stream(null, "just a text\nwith\ttab\n\n")).containsExactly("just a text []", "with\ttab []", " []");
        assertThat(stream(DataFormat.ANNIF, "just a text\nb\t<x:1>\n")).containsExactly("just a text []", "b [<x:1>]");
        assertThat(stream(null, "{\"text\":\"a\"}")).containsExactly("a []");
        assertThat(stream(null, "a\t<x:1>\n")).containsExactly("a [<x:1>]");
        assertThat(stream(null, "")).isEmpty();
        assertThatThrownBy(() -> read(DataFormat.TEXT, "a")).hasMessageContaining("plain text has no labels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "annif    | a~<x:1>;b                      | 2 | no tab between text and labels",
                "annif    | a~<x:1>;;b~<x:1>               | 2 | no tab between text and labels",
                "annif    | a~b~<x:1>                      | 1 | label 'b' is no <uri>",
                "annif    | a~<x:1                         | 1 | label '<x:1' is no <uri>",
                "annif    | a~<>                           | 1 | label '<>' is no <uri>",
                "fasttext | a;__label__ b                  | 2 | '__label__' without a name",
                "jsonl    | {\"text\":\"a\",\"labels\":[]};; | 2 | not a JSON object",
                "jsonl    | [1]                            | 1 | not a JSON object",
                "jsonl    | {\"labels\":[]}                | 1 | no \"text\"",
                "jsonl    | {\"text\":\"a\"}               | 1 | no \"labels\"",
                "jsonl    | {\"text\":1,\"labels\":[]}     | 1 | \"text\" must be a string",
                "jsonl    | {\"text\":null,\"labels\":[]}  | 1 | \"text\" must be a string",
                "jsonl    | {\"text\":\"\",\"labels\":\"a\"} | 1 | \"labels\" must be an array of strings",
                "jsonl    | {\"text\":\"\",\"labels\":[1]} | 1 | \"labels\" must be an array of strings",
                "jsonl    | {\"text\":\"\",\"labels\":[\"\"]} | 1 | a label is empty",
                "jsonl    | {\"text\":\"\",\"text\":\"\",\"labels\":[]} | 1 | not a JSON object: Duplicate",
                "jsonl    | {\"text\":\"\",\"labels\":[]} {} | 1 | something follows",
                "jsonl    | {\"text\":\"\",\"labels\":[]   | 1 | not a JSON object: Unexpected end",
                "xc       | 1 4 3;0 0:1;1 1:1              | 3 | the header announces 1 examples",
                "xc       | 3 4 3;0 0:1;1 1:1              | 3 | announces 3 examples, the file ends after 2",
                "xc       | 1 4 3;0 4:1                    | 2 | feature 4 in column 3: the header allows 0 to 3",
                "xc       | 1 4 3;0 99999999999999:1       | 2 | feature 99999999999999 in column 3",
                "xc       | 1 4 3;3 0:1                    | 2 | label 3 in column 1: the header allows 0 to 2",
                "xc       | 1 4 3;0 2:1 1:1 2:3            | 2 | feature 2 stands twice",
                "xc       | 1 4 3;0 2:NaN                  | 2 | value of feature 2 must be a finite number, got 'NaN'",
                "xc       | 1 4 3;0 2:Infinity             | 2 | got 'Infinity' in column 5",
                "xc       | 1 4 3;0 2:1e39                 | 2 | got '1e39'",
                "xc       | 1 4 3;0 2:0x1p3                | 2 | got '0x1p3'",
                "xc       | 1 4 3;0 2:1f                   | 2 | got '1f'",
                "xc       | 1 4 3;0 2:                     | 2 | got ''",
                "xc       | 1 4 3;0 2:1:2                  | 2 | got '1:2'",
                "xc       | 1 4 3;0 2                      | 2 | expected a colon behind feature 2 in column 4",
                "xc       | 1 4 3;0, 2:1                   | 2 | expected the number of a label in column 3",
                "xc       | 1 4 3;0:1 2:1                  | 2 | without labels begins with a space",
                "xc       | 1 4 3;-1 2:1                   | 2 | a label in column 1, got '-1 2:1'",
                "xc       | 1 4;0 0:1                      | 1 | header must be 'examples features labels'",
                "xc       | 1 x 3;0 0:1                    | 1 | number of features must be from 0 to 2147483647",
                "xc       | 1 4 3000000000;0 0:1           | 1 | number of labels must be from 0 to 2147483647",
            })
    void namesFileLineAndReason(String format, String content, int line, String reason) throws IOException {
        Path file = TestFiles.write(folder, "bad", content.replace('~', '\t').replace(';', '\n'));
        DataFormat known = DataFormat.valueOf(format.toUpperCase(java.util.Locale.ROOT));
        assertThatThrownBy(() -> TestFiles.examples(file, known))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ":" + line + ": ")
                .hasMessageContaining(reason);
    }

    @Test
    void namesAnEmptyFile() throws IOException {
        Path file = TestFiles.write(folder, "empty", "");
        assertThatThrownBy(() -> TestFiles.examples(file, null)).hasMessage(file + ": is empty");
        assertThatThrownBy(() -> TestFiles.examples(file, DataFormat.XC))
                .hasMessageStartingWith(file + ": is empty, expected a header");
    }

    /** Whatever stands in a file, reading it ends with examples or with one error that names the file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ANNIF    | a b~<x:1> <x:2>;é€😀~",
                "XC       | 2 40 30;2,0 3:1 10:-2.5e-1; 1:0.5",
                "FASTTEXT | __label__a b __label__c;d",
                "JSONL    | {\"text\":\"a\\u00e9\",\"labels\":[\"b\"],\"x\":[1.5,null,{}]}",
            })
    void survivesDamage(DataFormat format, String content) throws IOException {
        byte[] whole = TestFiles.utf8(content.replace('~', '\t').replace(';', '\n'));
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length + 1) : whole.length);
            for (int hits = random.nextInt(3); hits >= 0 && damaged.length > 0; hits--) {
                int from = random.nextInt(damaged.length);
                damaged[from] = random.nextBoolean() ? (byte) random.nextInt(256) : whole[random.nextInt(whole.length)];
            }
            InputStream in = new ByteArrayInputStream(damaged);
            try (ExampleReader reader = ExampleReader.of(in, "in", format, ExampleReader.LabelColumn.REQUIRED)) {
                TestFiles.examples(reader);
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("in:");
            }
        }
        assertThat(refused).isBetween(1, 1999);
    }
}
