package dev.longtail.format;

import dev.longtail.format.TensorComparison.TensorDifference;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where two models differ, the first being the one that is to be checked and the second one made anew by the same
 * recipe. Two runs of the same seed on the same data differ in nothing that is compared here.
 *
 * @param files files of which one model has none or another content, in the order of the alphabet
 * @param tensor the first tensor that differs, in the order of the files and of the tensors in them
 * @param line the first line of a text file that differs
 * @param fields fields of the manifests that differ, in the order of the first one
 */
public record ModelComparison(
        List<FileDifference> files,
        Optional<TensorDifference> tensor,
        Optional<LineDifference> line,
        List<FieldDifference> fields) {

    /** Paths in a manifest whose values two equal runs may have of their own: time, place and machine. */
    private static final Set<String> OWN = Set.of(
            "created",
            "files",
            "provenance.files",
            "provenance.options",
            "provenance.tune",
            "provenance.kernels",
            "provenance.libraryVersion");

    private static final int SHOWN = 200;

    public ModelComparison {
        files = List.copyOf(files);
        fields = List.copyOf(fields);
    }

    /**
     * A file that differs.
     *
     * @param first SHA-256 in the first model, empty where it has no such file
     * @param second SHA-256 in the second model
     */
    public record FileDifference(String name, Optional<String> first, Optional<String> second) {}

    /**
     * A line that differs.
     *
     * @param number from 1
     * @param first the line of the first model, at most 200 characters of it; empty behind its end
     */
    public record LineDifference(String file, long number, Optional<String> first, Optional<String> second) {}

    /**
     * A field that differs.
     *
     * @param path names on the way to it, joined by dots
     * @param first its value as JSON, empty where there is none
     */
    public record FieldDifference(String path, Optional<String> first, Optional<String> second) {}

    /**
     * Compares two models, whose sums have been checked.
     *
     * @throws ModelFormatException when a file of numbers in one of them is none
     */
    public static ModelComparison of(ModelFolder first, ModelFolder second) throws IOException {
        Map<String, String> ofFirst = sums(first);
        Map<String, String> ofSecond = sums(second);
        Set<String> names = new TreeSet<>(ofFirst.keySet());
        names.addAll(ofSecond.keySet());
        List<FileDifference> files = new ArrayList<>();
        Optional<TensorDifference> tensor = Optional.empty();
        Optional<LineDifference> line = Optional.empty();
        for (String name : names) {
            Optional<String> here = Optional.ofNullable(ofFirst.get(name));
            Optional<String> there = Optional.ofNullable(ofSecond.get(name));
            if (here.equals(there)) {
                continue;
            }
            files.add(new FileDifference(name, here, there));
            if (here.isEmpty() || there.isEmpty()) {
                continue;
            }
            if (name.endsWith(".safetensors") && tensor.isEmpty()) {
                tensor = TensorComparison.first(name, first.file(name), second.file(name));
            } else if (!name.endsWith(".safetensors") && line.isEmpty()) {
                line = firstLine(name, first.file(name), second.file(name));
            }
        }
        List<FieldDifference> fields = new ArrayList<>();
        addFields("", first.manifest(), second.manifest(), fields);
        return new ModelComparison(files, tensor, line, fields);
    }

    /** Whether nothing differs. */
    public boolean equal() {
        return files.isEmpty() && fields.isEmpty();
    }

    private static Map<String, String> sums(ModelFolder folder) {
        Map<String, String> sums = new LinkedHashMap<>();
        folder.manifest()
                .path("files")
                .forEach(file -> sums.put(
                        file.path("name").asString(""), file.path("sha256").asString("")));
        return sums;
    }

    private static Optional<LineDifference> firstLine(String name, Path first, Path second) throws IOException {
        try (BufferedReader here = Files.newBufferedReader(first, StandardCharsets.UTF_8);
                BufferedReader there = Files.newBufferedReader(second, StandardCharsets.UTF_8)) {
            for (long number = 1; ; number++) {
                Optional<String> mine = Optional.ofNullable(here.readLine());
                Optional<String> other = Optional.ofNullable(there.readLine());
                if (!mine.equals(other)) {
                    return Optional.of(new LineDifference(
                            name, number, mine.map(ModelComparison::shown), other.map(ModelComparison::shown)));
                }
                if (mine.isEmpty()) {
                    return Optional.empty(); // another end of a line
                }
            }
        }
    }

    private static void addFields(String prefix, ObjectNode first, ObjectNode second, List<FieldDifference> into) {
        Set<String> names = new LinkedHashSet<>(first.propertyNames());
        names.addAll(second.propertyNames());
        for (String name : names) {
            String path = prefix + name;
            JsonNode here = first.get(name);
            JsonNode there = second.get(name);
            if (OWN.contains(path) || here != null && here.equals(there)) {
                continue;
            }
            if (here instanceof ObjectNode mine && there instanceof ObjectNode other) {
                addFields(path + ".", mine, other, into);
            } else {
                into.add(new FieldDifference(
                        path,
                        Optional.ofNullable(here).map(value -> shown(value.toString())),
                        Optional.ofNullable(there).map(value -> shown(value.toString()))));
            }
        }
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
