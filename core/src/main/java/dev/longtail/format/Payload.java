package dev.longtail.format;

import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;

/**
 * A file of a model folder besides the manifest.
 *
 * @param name    plain file name: letters, digits, dots, hyphens and underscores, beginning with a letter or digit
 * @param content what writes the bytes
 */
public record Payload(String name, Content content) {

    /** Writes the bytes of a file; the same model must make the same bytes. */
    @FunctionalInterface
    public interface Content {

        /** Writes the file from its first to its last byte. Closing the channel is allowed and does nothing. */
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /** A safetensors file of these tensors, whose pages are read when it is written. */
    public static Payload ofTensors(String name, List<Tensor> tensors) {
        List<Tensor> copy = List.copyOf(tensors);
        return new Payload(name, channel -> Safetensors.write(channel, copy, Map.of()));
    }
}
