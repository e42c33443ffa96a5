package dev.longtail.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The bytes of a model by the names of its files, the manifest without its time. */
final class ModelSums {

    private static final String MANIFEST = "model.json";

    private ModelSums() {}

    static Map<String, String> of(Path model) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                byte[] bytes = Files.readAllBytes(file);
                if (name.equals(MANIFEST)) {
                    String text = new String(bytes, StandardCharsets.UTF_8);
                    sums.put(name, text.replaceFirst("\"created\" : \"[^\"]*\"", ""));
                } else if (!name.startsWith(MANIFEST)) {
                    sums.put(name, HexFormat.of().formatHex(bytes));
                }
            }
        }
        return sums;
    }
}
