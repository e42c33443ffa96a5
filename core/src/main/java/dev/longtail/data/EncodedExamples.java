package dev.longtail.data;

import java.io.Closeable;
import java.io.IOException;

/**
 * Examples of some files in a store, and what became of the others.
 *
 * @param examples in the order of the files; close it to delete it
 */
public record EncodedExamples(ExampleStore examples, ReadReport<ExampleIssue> report) implements Closeable {

    @Override
    public void close() throws IOException {
        examples.close();
    }
}
