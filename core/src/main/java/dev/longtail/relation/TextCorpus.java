package dev.longtail.relation;

import dev.longtail.config.InputException;
import dev.longtail.config.Require;
import dev.longtail.data.DataFormat;
import dev.longtail.data.ExampleReader;
import dev.longtail.data.RawExample;
import dev.longtail.data.ReadListener;
import dev.longtail.data.SourceFile;
import dev.longtail.text.Tokenizer;
import dev.longtail.text.Vocabulary;
import dev.longtail.text.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * The texts of some files as sequences of word ids, read anew whenever they are asked for.
 *
 * @param files of texts with or without labels, in any format that has texts
 * @param format of the files, null to recognise it
 * @param lowerCase whether upper and lower case are folded together
 * @param vocabulary of the words; its terms of several words are not looked for
 */
public record TextCorpus(List<Path> files, @Nullable DataFormat format, boolean lowerCase, Vocabulary vocabulary) {

    private static final int EXAMPLES_PER_REPORT = 2048;

    public TextCorpus {
        files = List.copyOf(files);
        Require.that(!files.isEmpty(), "files", "at least one", "none");
    }

    /** Takes the words of one text. */
    @FunctionalInterface
    public interface Sink {

        /** @param ids words in the order of the text, the first {@code count} entries; -1 for an unknown one */
        void accept(int[] ids, int count);
    }

    /**
     * Reads all texts in order.
     *
     * @param pass what is being done, for the listener
     * @return the files as they were read
     * @throws InputException when a file is wrong, or its examples are no texts
     * @throws CancellationException when the thread is interrupted; it stays interrupted
     */
    public List<SourceFile> each(String pass, ReadListener listener, Sink sink) throws IOException {
        List<SourceFile> sources = new ArrayList<>();
        Encoding encoding = new Encoding(sink);
        for (Path file : files) {
            RawExample example = new RawExample();
            try (ExampleReader reader = ExampleReader.open(file, format, ExampleReader.LabelColumn.OPTIONAL)) {
                for (long examples = 1; reader.next(example); examples++) {
                    encoding.add(example);
                    if (examples % EXAMPLES_PER_REPORT == 0) {
                        report(pass, reader, file, listener);
                    }
                }
                report(pass, reader, file, listener);
                sources.add(reader.sourceFile());
            }
        }
        return sources;
    }

    private static void report(String pass, ExampleReader reader, Path file, ReadListener listener) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading " + file + " was cancelled at line " + reader.line());
        }
        listener.progress(new ReadListener.Progress(
                pass, file.toString(), reader.line(), reader.bytesDone(), reader.bytesTotal()));
    }

    private final class Encoding {
        private final Tokenizer tokenizer = new Tokenizer(lowerCase);
        private final Words words = new Words();
        private final Sink sink;
        private int[] ids = new int[256];

        Encoding(Sink sink) {
            this.sink = sink;
        }

        void add(RawExample example) {
            if (example.text == null) {
                throw new InputException(
                        example.source,
                        example.line,
                        "holds numbered features, which have no order; words co-occur in texts only");
            }
            tokenizer.tokenize(example.text, words);
            if (words.count() > ids.length) {
                ids = new int[2 * words.count()];
            }
            for (int word = 0; word < words.count(); word++) {
                ids[word] = vocabulary.indexOf(words, word);
            }
            sink.accept(ids, words.count());
        }
    }

    /** A number that changes when a byte of the files, their reading or a term of the vocabulary does. */
    String fingerprint() throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        for (Path file : files) {
            fingerprint.add(SourceFile.of(file).sha256());
        }
        fingerprint.add(String.valueOf(format)).add(Boolean.toString(lowerCase));
        for (int id = 0; id < vocabulary.size(); id++) {
            fingerprint.add(vocabulary.term(id));
        }
        return fingerprint.hex();
    }
}
