package dev.longtail.server.serving;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which folder stands behind which name. It is asked at the start and again whenever a model is reloaded, so that a
 * name can move to another folder; a request never says a folder.
 */
@FunctionalInterface
public interface ModelFolders {

    /**
     * Folders as they are now, in the order in which models are listed.
     *
     * @throws InputException when the names cannot be read or stand twice
     */
    List<ModelSource> read() throws IOException;

    /**
     * Folders that never change.
     *
     * @throws IllegalArgumentException when there is none, or two have the same name
     */
    static ModelFolders of(List<ModelSource> sources) {
        List<ModelSource> fixed = List.copyOf(sources);
        if (fixed.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one model");
        }
        Set<String> names = new HashSet<>();
        for (ModelSource source : fixed) {
            if (!names.add(source.name())) {
                throw new IllegalArgumentException(
                        "two models have the name " + source.name() + "; write NAME=DIR to give one another");
            }
        }
        return () -> fixed;
    }

    /**
     * Folders that a file names, in lines of name, equals sign and folder; lines that start with # are comments. A
     * folder that is not absolute starts from the folder of the file. The file is read anew each time.
     */
    static ModelFolders file(Path file) {
        return () -> {
            List<ModelSource> sources = new ArrayList<>();
            Set<String> names = new HashSet<>();
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    ModelSource source = parse(file, i + 1, line);
                    if (!names.add(source.name())) {
                        throw new InputException(file.toString(), i + 1, "a second model of name " + source.name());
                    }
                    sources.add(source);
                }
            }
            if (sources.isEmpty()) {
                throw new InputException(file.toString(), 0, "names no model; write lines of name = folder");
            }
            return sources;
        };
    }

    private static ModelSource parse(Path file, int number, String line) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw new InputException(file.toString(), number, "expected name = folder, got '" + line + "'");
        }
        try {
            Path folder = Path.of(line.substring(equals + 1).strip());
            return new ModelSource(line.substring(0, equals).strip(), file.resolveSibling(folder));
        } catch (IllegalArgumentException e) {
            throw new InputException(file.toString(), number, String.valueOf(e.getMessage()), e);
        }
    }
}
