package dev.longtail.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The three streams of a process, all UTF-8.
 *
 * @param in  input of predictions
 * @param out results, and nothing else; buffered until {@link #flush}
 * @param err progress, messages, errors; flushed with each line
 * @param outTerminal whether a person reads the results
 * @param errTerminal whether a person watches the progress
 */
record Console(InputStream in, PrintWriter out, PrintWriter err, boolean outTerminal, boolean errTerminal) {

    /** The streams of this process. */
    static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                writer(new FileOutputStream(FileDescriptor.out), false),
                writer(new FileOutputStream(FileDescriptor.err), true),
                isTerminal(1),
                isTerminal(2));
    }

    /** A console that is no terminal. */
    static Console of(InputStream in, OutputStream out, OutputStream err) {
        return new Console(in, writer(out, false), writer(err, true), false, false);
    }

    private static PrintWriter writer(OutputStream stream, boolean autoFlush) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), autoFlush);
    }

    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return System.console() != null; // no Linux: a console is only there when input and output are terminals
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Columns of the terminal, 80 when they cannot be found out. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ");
            return Math.max(40, Integer.parseInt(size[size.length - 1]));
        } catch (IOException | NumberFormatException e) {
            return 80;
        }
    }

    /** The same streams with results to another place. */
    Console to(Writer results) {
        return new Console(in, new PrintWriter(results), err, false, errTerminal);
    }

    /** Hands results to their reader. */
    void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException("cannot write to standard output; was it closed, or is the disk full?");
        }
    }

    /** Tells something that is not a result. */
    void message(String line) {
        err.println(line);
    }
}
