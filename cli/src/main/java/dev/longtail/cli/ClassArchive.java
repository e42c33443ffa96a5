package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.server.LongtailServer;
import dev.longtail.server.ServerConfig;
import dev.longtail.server.serving.ModelFolders;
import dev.longtail.server.serving.ModelSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes that commands and a server need, and ends: the script {@code longtail} runs it once in each place,
 * with an option that lets the Java machine keep what it has loaded, parsed and checked, so that later starts need not.
 * It trains a model of a few made-up texts in a temporary folder, listens for a moment on a free port of this machine
 * and asks the server for its page, so that classes that read models and answer requests are among them.
 */
final class ClassArchive {

    private static final int TEXTS = 200;
    private static final int WORDS = 20;

    private ClassArchive() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run(null));
    }

    /**
     * Does it, and returns an exit code.
     *
     * @param parent of the temporary folder, null for the system's
     */
    static int run(@Nullable Path parent) throws IOException {
        try (TemporaryFolder folder = TemporaryFolder.in(parent)) {
            Path model = folder.path().resolve("model");
            int code = train(folder.path(), model);
            if (code == Failures.DONE) {
                serve(model);
            }
            return code;
        }
    }

    private static int train(Path folder, Path model) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int text = 0; text < TEXTS; text++) {
            int label = text % WORDS;
            lines.add("word" + label + " text" + text % 7 + "\t<http://longtail.invalid/" + label + ">");
        }
        Path train = Files.write(folder.resolve("train.tsv"), lines);
        Console nowhere = Console.of(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        return Main.run(
                nowhere, "train", "--train", train.toString(), "--model", model.toString(), "--max-epochs", "1");
    }

    private static void serve(Path model) throws IOException {
        ServerConfig config = Settings.override(ServerConfig.DEFAULT, Map.of("port", "0"));
        ModelFolders folders = ModelFolders.of(List.of(new ModelSource("made-up", model)));
        try (LongtailServer server = LongtailServer.start(config, folders, Optional.empty(), request -> {});
                InputStream page = server.address().toURL().openStream()) {
            page.transferTo(OutputStream.nullOutputStream());
        }
    }
}
