package dev.longtail.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Small files for tests. */
final class TestFiles {

    private TestFiles() {}

    static Path write(Path folder, String name, String content) throws IOException {
        return Files.write(folder.resolve(name), utf8(content));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** One line an example: text or features, then its labels. */
    static List<String> examples(ExampleReader reader) throws IOException {
        List<String> examples = new ArrayList<>();
        RawExample example = new RawExample();
        while (reader.next(example)) {
            StringBuilder features = new StringBuilder();
            for (int i = 0; i < example.featureCount; i++) {
                features.append(example.features[i])
                        .append(':')
                        .append(example.values[i])
                        .append(' ');
            }
            examples.add((example.text == null ? features.toString().strip() : example.text) + " " + example.labels);
        }
        return examples;
    }

    static List<String> examples(Path file, DataFormat format) throws IOException {
        try (ExampleReader reader = ExampleReader.open(file, format, ExampleReader.LabelColumn.REQUIRED)) {
            return examples(reader);
        }
    }
}
