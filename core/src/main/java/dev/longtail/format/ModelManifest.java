package dev.longtail.format;

import dev.longtail.config.Require;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code model.json} says.
 *
 * @param version format version of the folder
 * @param json    the whole file
 * @param files   every other file of the model
 */
record ModelManifest(int version, ObjectNode json, List<File> files) {

    static final String NAME = "model.json";
    static final String SUM_NAME = "model.json.sha256";
    static final String FORMAT = "longtail-model";

    /** History in FORMAT.md. */
    static final int VERSION = 1;

    static final int OLDEST_VERSION = 1;

    private static final long MAX_BYTES = 64L << 20;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> OWN_FIELDS = Set.of("format", "formatVersion", "files");

    /** One file: plain name, size in bytes, SHA-256. */
    record File(String name, long bytes, String sha256) {}

    ModelManifest {
        files = List.copyOf(files);
    }

    /** Manifest with the caller's fields between the version and the list of files. */
    static ModelManifest of(ObjectNode fields, List<File> files) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("formatVersion", VERSION);
        fields.properties().forEach(field -> json.set(field.getKey(), field.getValue()));
        ArrayNode list = json.putArray("files");
        for (File file : files) {
            list.addObject().put("name", file.name()).put("bytes", file.bytes()).put("sha256", file.sha256());
        }
        return new ModelManifest(VERSION, json, files);
    }

    /** Checks what a caller wants to write. */
    static void check(ObjectNode fields, List<Payload> payloads) {
        for (String field : fields.propertyNames()) {
            Require.that(!OWN_FIELDS.contains(field), "a field of the manifest", "none of " + OWN_FIELDS, field);
        }
        Set<String> seen = new HashSet<>();
        for (Payload payload : payloads) {
            Require.that(isPayloadName(payload.name()), "the name of a model's file", "plain", payload.name());
            Require.that(seen.add(folded(payload.name())), "names of a model's files", "distinct", payload.name());
        }
    }

    /** Reads and checks the manifest of a folder, but no other file. */
    static ModelManifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        byte[] bytes = readBytes(folder);
        Path sums = folder.resolve(SUM_NAME);
        boolean hasSum = Files.isRegularFile(sums);
        if (hasSum && !new String(smallFile(sums), StandardCharsets.ISO_8859_1).equals(sumLine(bytes))) {
            throw new ModelFormatException(
                    file,
                    -1,
                    "does not have the SHA-256 in " + SUM_NAME + "; one of the two is damaged, copy the model "
                            + "again");
        }
        ModelManifest manifest = parse(file, bytes);
        if (!hasSum) {
            throw new ModelFormatException(sums, -1, "is missing; the model is incomplete, copy it again");
        }
        return manifest;
    }

    /**
     * Names of the files that make up the model in a folder, whatever its version and state; none when its manifest
     * does not show that it is ours.
     */
    static Set<String> namesIn(Path folder) throws IOException {
        JsonNode json;
        try {
            json = Json.parse(folder.resolve(NAME), readBytes(folder));
        } catch (ModelFormatException e) {
            return Set.of();
        }
        if (!json.path("format").stringValue("").equals(FORMAT)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>(Set.of(NAME, SUM_NAME));
        json.path("files").forEach(file -> names.add(file.path("name").stringValue("")));
        return names;
    }

    byte[] bytes() {
        return Json.pretty(json);
    }

    /** Content of the file beside the manifest, the way the tool sha256sum writes and checks it. */
    static String sumLine(byte[] manifest) {
        return Checksums.of(manifest) + "  " + NAME + "\n";
    }

    private static byte[] readBytes(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? "is not a folder, a model is one" : "there is no such folder";
            throw new ModelFormatException(folder, -1, what);
        }
        if (!Files.isRegularFile(file)) {
            throw new ModelFormatException(folder, -1, "is not a model, there is no " + NAME + " in it");
        }
        return smallFile(file);
    }

    private static byte[] smallFile(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES) {
            throw new ModelFormatException(file, -1, "has " + size + " bytes, the limit is " + MAX_BYTES);
        }
        return Files.readAllBytes(file);
    }

    private static ModelManifest parse(Path file, byte[] bytes) throws ModelFormatException {
        if (!(Json.parse(file, bytes) instanceof ObjectNode json)
                || !json.path("format").stringValue("").equals(FORMAT)) {
            throw new ModelFormatException(
                    file, -1, "is not the manifest of a model, it has no \"format\": \"" + FORMAT + "\"");
        }
        JsonNode version = json.path("formatVersion");
        check(version.isInt(), file, "has no whole number as formatVersion");
        String supported = ", this release reads " + OLDEST_VERSION + " to " + VERSION;
        if (version.intValue() > VERSION) {
            throw new ModelFormatException(
                    file, -1, "has format version " + version + supported + "; read it with a newer release");
        }
        if (version.intValue() < OLDEST_VERSION) {
            throw new ModelFormatException(
                    file, -1, "has format version " + version + supported + "; convert it with an older release");
        }
        return new ModelManifest(version.intValue(), json, files(file, json.path("files")));
    }

    private static List<File> files(Path file, JsonNode list) throws ModelFormatException {
        check(list.isArray(), file, "has no list of files");
        List<File> files = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode entry : list) {
            String name = entry.path("name").stringValue("");
            check(isPayloadName(name), file, "lists a file whose name is not a plain one: " + entry.path("name"));
            check(seen.add(folded(name)), file, "lists the file " + name + " twice");
            JsonNode bytes = entry.path("bytes");
            boolean sized = bytes.isIntegralNumber() && bytes.canConvertToLong() && bytes.longValue() >= 0;
            check(sized, file, "lists the file " + name + " without a size");
            String sha256 = entry.path("sha256").stringValue("");
            check(SHA_256.matcher(sha256).matches(), file, "lists the file " + name + " without a SHA-256");
            check(entry.size() == 3, file, "lists the file " + name + " with fields that do not belong there");
            files.add(new File(name, bytes.longValue(), sha256));
        }
        return files;
    }

    private static boolean isPayloadName(String name) {
        return PLAIN_NAME.matcher(name).matches()
                && !folded(name).equals(NAME)
                && !folded(name).equals(SUM_NAME);
    }

    // Some file systems do not tell upper and lower case apart.
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static void check(boolean holds, Path file, String reason) throws ModelFormatException {
        if (!holds) {
            throw new ModelFormatException(file, -1, reason + "; it was not written by this program or is damaged");
        }
    }
}
