package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.ConversionReport.Loss;
import dev.longtail.data.ConversionReport.Lost;
import dev.longtail.text.TextConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatConversionTest {

    private static final String ANNIF = "a text\t<http://x/1> <http://x/2>\nno label\t\nB & \"c\" \\ é\t<http://x/3>\n";
    private static final String FASTTEXT =
            "__label__http://x/1 __label__http://x/2 a text\nno label\n__label__http://x/3 B & \"c\" \\ é\n";
    private static final String JSONL = """
            {"text":"a text","labels":["http://x/1","http://x/2"]}
            {"text":"no label","labels":[]}
            {"text":"B & \\"c\\" \\\\ é","labels":["http://x/3"]}
            """;

    @TempDir
    Path folder;

    private record Converted(String content, ConversionReport report) {}

    private Converted convert(DataFormat from, String content, DataFormat to) throws IOException {
        StringWriter out = new StringWriter();
        Path file = TestFiles.write(folder, "in", content);
        ConversionReport report =
                FormatConversion.of(file, from, ReadListener.NONE).write(to, out);
        return new Converted(out.toString(), report);
    }

    private static String content(DataFormat format) {
        return switch (format) {
            case ANNIF -> ANNIF;
            case FASTTEXT -> FASTTEXT;
            default -> JSONL;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "ANNIF,ANNIF",
        "ANNIF,FASTTEXT",
        "ANNIF,JSONL",
        "FASTTEXT,ANNIF",
        "FASTTEXT,FASTTEXT",
        "FASTTEXT,JSONL",
        "JSONL,ANNIF",
        "JSONL,FASTTEXT",
        "JSONL,JSONL"
    })
    void formatsOfTextsSayTheSame(DataFormat from, DataFormat to) throws IOException {
        Converted converted = convert(from, content(from), to);
        assertThat(converted.content).isEqualTo(content(to));
        assertThat(converted.report.examples()).isEqualTo(3);
        assertThat(converted.report.lost()).isEmpty();
        assertThat(converted.report.from()).isEqualTo(from);
        assertThat(converted.report.to()).isEqualTo(to);
    }

    @Test
    void plainTextLosesTheLabelsAndNothingElse() throws IOException {
        Converted converted = convert(DataFormat.ANNIF, ANNIF, DataFormat.TEXT);
        assertThat(converted.content).isEqualTo("a text\nno label\nB & \"c\" \\ é\n");
        assertThat(converted.report.lost()).containsExactly(new Lost(Loss.LABELS, 2, List.of(1L, 3L)));
        Converted back = convert(DataFormat.TEXT, converted.content, DataFormat.ANNIF);
        assertThat(back.content).isEqualTo("a text\t\nno label\t\nB & \"c\" \\ é\t\n");
    }

    @Test
    void jsonlKeepsIdentifiersOfAnyKindAndTellsOfOtherMembers() throws IOException {
        String objects = "{\"id\":\"a\\\"1\",\"text\":\"x\",\"labels\":[]}\n{\"id\":17,\"text\":\"y\",\"labels\":[]}\n"
                + "{\"title\":\"t\",\"text\":\"z\",\"labels\":[],\"id\":null}\n";
        Converted same = convert(DataFormat.JSONL, objects, DataFormat.JSONL);
        assertThat(same.content.lines())
                .containsExactly(
                        "{\"id\":\"a\\\"1\",\"text\":\"x\",\"labels\":[]}",
                        "{\"id\":17,\"text\":\"y\",\"labels\":[]}",
                        "{\"text\":\"z\",\"labels\":[]}");
        assertThat(same.report.lost()).containsExactly(new Lost(Loss.OTHER_MEMBERS, 1, List.of(3L)));
        assertThat(convert(DataFormat.JSONL, objects, DataFormat.ANNIF).report.lost())
                .containsExactly(
                        new Lost(Loss.IDENTIFIER, 2, List.of(1L, 2L)), new Lost(Loss.OTHER_MEMBERS, 1, List.of(3L)));
    }

    @Test
    void whatALineCannotHoldIsWrittenOtherwiseAndTold() throws IOException {
        String objects = "{\"text\":\"one\\r\\ntwo\\tthree\",\"labels\":[\"a\"]}\n"
                + "{\"text\":\" x  __label__y __label \",\"labels\":[\"a\"]}\n";
        Converted annif = convert(DataFormat.JSONL, objects, DataFormat.ANNIF);
        assertThat(annif.content).isEqualTo("one two three\t<a>\n x  __label__y __label \t<a>\n");
        assertThat(annif.report.lost()).containsExactly(new Lost(Loss.LINE_BREAK, 1, List.of(1L)));

        Converted fastText = convert(DataFormat.JSONL, objects, DataFormat.FASTTEXT);
        assertThat(fastText.report.lost())
                .containsExactly(
                        new Lost(Loss.LINE_BREAK, 1, List.of(1L)),
                        new Lost(Loss.SPACING, 1, List.of(2L)),
                        new Lost(Loss.LABEL_WORD, 1, List.of(2L)));
        Converted back = convert(DataFormat.FASTTEXT, fastText.content, DataFormat.JSONL);
        assertThat(back.content)
                .isEqualTo("{\"text\":\"one two three\",\"labels\":[\"a\"]}\n"
                        + "{\"text\":\"x label__y __label\",\"labels\":[\"a\"]}\n");
    }

    @Test
    void aLabelThatTheFormatCannotHoldIsAnErrorWithItsLine() {
        String blank = "{\"text\":\"x\",\"labels\":[\"a\"]}\n{\"text\":\"x\",\"labels\":[\"two words\"]}\n";
        for (DataFormat to : new DataFormat[] {DataFormat.ANNIF, DataFormat.FASTTEXT}) {
            assertThatThrownBy(() -> convert(DataFormat.JSONL, blank, to))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(folder.resolve("in") + ":2: label 'two words' cannot stand in " + to);
        }
        assertThatThrownBy(() -> convert(DataFormat.FASTTEXT, "__label__a<b x\n", DataFormat.ANNIF))
                .hasMessageContaining("in:1: label 'a<b' cannot stand in annif");
    }

    @Test
    void bracketsAreAPartOfIdentifiersOutsideOfAnnif() throws IOException {
        String objects = "{\"text\":\"x\",\"labels\":[\"<a>\",\"a\"]}\n";
        assertThat(convert(DataFormat.JSONL, objects, DataFormat.JSONL).content).isEqualTo(objects);
        assertThat(convert(DataFormat.JSONL, objects, DataFormat.FASTTEXT).content)
                .isEqualTo("__label__<a> __label__a x\n");
    }

    @Test
    void numbersStayNumbers() throws IOException {
        String xc = "3 5 4\n0,3 1:0.5 4:2\n 0:1\n2\n";
        Converted converted = convert(DataFormat.XC, xc, DataFormat.XC);
        assertThat(converted.content).isEqualTo("3 5 4\n0,3 1:0.5 4:2.0\n 0:1.0\n2\n");
        assertThat(converted.report.lost()).isEmpty();
        assertThatThrownBy(() -> convert(DataFormat.XC, xc, DataFormat.JSONL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds numbered features and no texts, which jsonl needs");
        assertThatThrownBy(() -> convert(DataFormat.ANNIF, ANNIF, DataFormat.XC))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds texts, which become xc only by numbering");
    }

    @Test
    void textsBecomeNumbersThatMeanTheSame() throws IOException {
        String annif =
                "red bird\t<x:b> <x:a>\nred fish\t<x:a>\nbird fish red\t\nnothing known\t<x:b>\nfish bird\t<x:b>\n";
        Path file = TestFiles.write(folder, "in", annif);
        StringWriter out = new StringWriter();
        FormatConversion.Numbered numbered =
                FormatConversion.of(file, null, ReadListener.NONE).number(TextConfig.DEFAULT, folder, out);
        assertThat(numbered.labels().id(0)).isEqualTo("<x:a>");
        assertThat(numbered.labels().id(1)).isEqualTo("<x:b>");
        assertThat(numbered.features().size()).isEqualTo(3);
        assertThat(numbered.report().examples()).isEqualTo(5);
        assertThat(numbered.report().lost())
                .containsExactly(
                        new Lost(Loss.TEXT, 5, List.of()),
                        new Lost(Loss.LABEL_IDS, 2, List.of()),
                        new Lost(Loss.FEATURE_NAMES, 3, List.of()));

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("5 3 2");
        assertThat(lines.get(1)).startsWith("0,1 ");
        assertThat(lines.get(3)).startsWith(" ");
        assertThat(lines.get(4)).isEqualTo("1");
        Path xc = TestFiles.write(folder, "out.xc", out.toString());
        RawExample example = new RawExample();
        try (ExampleReader reader = ExampleReader.open(xc, null, ExampleReader.LabelColumn.REQUIRED)) {
            assertThat(reader.format()).isEqualTo(DataFormat.XC);
            assertThat(reader.next(example)).isTrue();
            double square = 0;
            for (int i = 0; i < example.featureCount; i++) {
                square += example.values[i] * example.values[i];
                assertThat(numbered.features().name(example.features[i])).isIn("red", "bird");
            }
            assertThat(example.featureCount).isEqualTo(2);
            assertThat(square).isBetween(0.99999, 1.00001);
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("in", "out.xc");
        }
    }

    @Test
    void plainTextHasNoLabelsToNumber() throws IOException {
        Path file = TestFiles.write(folder, "in", "one\ntwo\n");
        FormatConversion conversion = FormatConversion.of(file, DataFormat.TEXT, ReadListener.NONE);
        assertThatThrownBy(() -> conversion.number(TextConfig.DEFAULT, folder, new StringWriter()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("plain text has no labels");
    }

    @Test
    void brokenFilesAreErrors() throws IOException {
        byte[] whole = TestFiles.gzip(TestFiles.utf8(ANNIF.repeat(100)));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 9));
        FormatConversion conversion = FormatConversion.of(cut, DataFormat.ANNIF, ReadListener.NONE);
        assertThatThrownBy(() -> conversion.write(DataFormat.JSONL, new StringWriter()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the compressed file ends too early");
        assertThatThrownBy(() -> convert(DataFormat.ANNIF, "a\t<x:1>\nb\n", DataFormat.JSONL))
                .hasMessageContaining("in:2: no tab");
    }

    @Test
    void anInterruptedThreadConvertsNoFurther() throws IOException {
        Path file = TestFiles.write(folder, "in", ANNIF.repeat(1000));
        FormatConversion conversion = FormatConversion.of(file, null, ReadListener.NONE);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> conversion.write(DataFormat.JSONL, new StringWriter()))
                    .isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
