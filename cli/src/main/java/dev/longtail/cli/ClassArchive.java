package dev.longtail.cli;

import dev.longtail.parallel.Aside;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            return code == Failures.DONE ? serve(model) : code;
        }
    }

    private static int train(Path folder, Path model) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int text = 0; text < TEXTS; text++) {
            int label = text % WORDS;
            lines.add("word" + label + " text" + text % 7 + "\t<http://longtail.invalid/" + label + ">");
        }
        Path train = Files.write(folder.resolve("train.tsv"), lines);
        Console nowhere = console(OutputStream.nullOutputStream());
        return Main.run(
                nowhere, "train", "--train", train.toString(), "--model", model.toString(), "--max-epochs", "1");
    }

    private static int serve(Path model) throws IOException {
        PipedInputStream told = new PipedInputStream();
        Console console = console(new PipedOutputStream(told));
        String[] arguments = {"serve", "--model", model.toString(), "--port", "0"};
        try (Aside<Integer> server = Aside.begin("longtail-serve", () -> Main.run(console, arguments));
                BufferedReader lines = new BufferedReader(new InputStreamReader(told, StandardCharsets.UTF_8))) {
            @Nullable String line = lines.readLine();
            if (line == null) {
                return server.get();
            }
            URL page = URI.create(line.substring(line.lastIndexOf(' ') + 1)).toURL();
            try (InputStream in = page.openStream()) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            server.interrupt();
            return server.get();
        }
    }

    private static Console console(OutputStream out) {
        return Console.of(InputStream.nullInputStream(), out, OutputStream.nullOutputStream());
    }
}
