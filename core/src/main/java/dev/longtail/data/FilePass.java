package dev.longtail.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One pass over a file, with progress and cancellation. */
final class FilePass {

    private static final int LINES_PER_REPORT = 2048;

    private final String name;
    private final ReadListener listener;

    FilePass(String name, ReadListener listener) {
        this.name = name;
        this.listener = listener;
    }

    /** Takes one example; the buffer is reused for the next. */
    interface Consumer {
        void accept(RawExample example) throws IOException;
    }

    /**
     * Reads a file of labelled examples from beginning to end.
     *
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    SourceFile run(Path file, @Nullable DataFormat format, Consumer consumer) throws IOException {
        RawExample example = new RawExample();
        try (ExampleReader reader = ExampleReader.open(file, format, ExampleReader.LabelColumn.REQUIRED)) {
            long examples = 0;
            while (reader.next(example)) {
                consumer.accept(example);
                if (++examples % LINES_PER_REPORT == 0) {
                    report(reader, file);
                }
            }
            report(reader, file);
            return reader.sourceFile();
        }
    }

    private void report(ExampleReader reader, Path file) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading " + file + " was cancelled at line " + reader.line());
        }
        listener.progress(new ReadListener.Progress(
                name, file.toString(), reader.line(), reader.bytesDone(), reader.bytesTotal()));
    }
}
