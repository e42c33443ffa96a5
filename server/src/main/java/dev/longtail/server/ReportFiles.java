package dev.longtail.server;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Pages about models that longtail report has made, by the names under which the models are served. */
public final class ReportFiles {

    /** No pages. */
    public static final ReportFiles NONE = new ReportFiles(Map.of());

    private static final long MOST_BYTES = 64 << 20;
    private static final String START = "<!doctype html";

    private final Map<String, Path> files;

    private ReportFiles(Map<String, Path> files) {
        this.files = files;
    }

    /**
     * Pages in files, which are read now, and again whenever somebody asks for one, so that a page can be made anew.
     *
     * @throws InputException when a file is no page, or has more than 64 MiB
     * @throws IOException when a file cannot be read
     */
    public static ReportFiles of(Map<String, Path> files) throws IOException {
        ReportFiles reports = new ReportFiles(new LinkedHashMap<>(files));
        for (String name : files.keySet()) {
            reports.read(name);
        }
        return reports;
    }

    /** Names of the models that have a page. */
    Set<String> names() {
        return files.keySet();
    }

    /** Refuses a page of a model that is not served. */
    void requireModels(Collection<String> models) {
        files.forEach((name, file) -> {
            if (!models.contains(name)) {
                throw new InputException(file.toString(), 0, "no model is served under the name " + name);
            }
        });
    }

    /** The page of a model that has one. */
    byte[] read(String name) throws IOException {
        Path file = Objects.requireNonNull(files.get(name), name);
        if (Files.size(file) > MOST_BYTES) {
            throw new InputException(file.toString(), 0, "has more than " + MOST_BYTES + " bytes");
        }
        byte[] page = Files.readAllBytes(file);
        String start = new String(page, 0, Math.min(page.length, START.length()), StandardCharsets.UTF_8);
        if (!start.toLowerCase(Locale.ROOT).equals(START)) {
            throw new InputException(file.toString(), 0, "is no page that longtail report has written");
        }
        return page;
    }
}
