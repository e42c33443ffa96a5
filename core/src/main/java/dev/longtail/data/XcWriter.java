package dev.longtail.data;

import java.io.IOException;
import java.io.Writer;

/** Writes examples in the format {@link DataFormat#XC}, which any tool of the field reads. */
public final class XcWriter {

    private XcWriter() {}

    /** Hears how many examples are written; may throw to end the work. */
    @FunctionalInterface
    public interface Listener {
        void written(int examples);
    }

    /**
     * Writes a header and all examples in order, weights with as many digits as bring back the same floats.
     *
     * @param features number of features for the header
     * @param labels number of labels for the header
     * @param listener called after each example
     */
    public static void write(Examples examples, int features, int labels, Writer out, Listener listener)
            throws IOException {
        out.write(examples.size() + " " + features + " " + labels + "\n");
        Example example = new Example();
        StringBuilder line = new StringBuilder();
        for (int number = 0; number < examples.size(); number++) {
            examples.read(number, example);
            line.setLength(0);
            for (int i = 0; i < example.labelCount; i++) {
                line.append(i == 0 ? "" : ",").append(example.labels[i]);
            }
            for (int i = 0; i < example.featureCount; i++) {
                line.append(' ').append(example.features[i]).append(':').append(example.weights[i]);
            }
            out.append(line.append('\n'));
            listener.written(number + 1);
        }
    }
}
