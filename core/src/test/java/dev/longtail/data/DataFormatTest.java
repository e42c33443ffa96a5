package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFormatTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "annif    | some text~<http://x/1> <http://x/2>",
                "annif    | some text~http://x/1",
                "annif    | no labels here~",
                "xc       | 3 5 2;0 1:1",
                "fasttext | __label__a some words",
                "fasttext | some words without;some __label__a words",
                "jsonl    | {\"text\":\"a~<x:1>\",\"labels\":[]}",
            })
    void isRecognised(String format, String content) throws IOException {
        String text = content.replace('~', '\t').replace(';', '\n');
        assertThat(DataFormat.recognise(TestFiles.write(folder, "a", text))).hasToString(format);
        Path compressed = Files.write(folder.resolve("b"), TestFiles.gzip(TestFiles.utf8("\ufeff" + text)));
        assertThat(DataFormat.recognise(compressed)).hasToString(format);
    }

    @ParameterizedTest
    @CsvSource({"a text alone", "'a text\tand another'", "'userId,movieId,rating'"})
    void isNotGuessed(String content) throws IOException {
        Path file = TestFiles.write(folder, "a", content);
        assertThatThrownBy(() -> DataFormat.recognise(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ":1: format not recognised");
    }

    @Test
    void emptyFilesHaveNone() throws IOException {
        Path file = TestFiles.write(folder, "a", "");
        assertThatThrownBy(() -> DataFormat.recognise(file)).hasMessage(file + ": is empty");
    }
}
