package dev.longtail.parquet;

import dev.longtail.config.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;

/** What undoes the compression of pages: that of the library, and for GZIP, which it leaves to Hadoop, the JDK's. */
final class Codecs implements CompressionCodecFactory {

    private final Path file;
    private final CompressionCodecFactory others = HadoopCodecs.newFactory(0);

    Codecs(Path file) {
        this.file = file;
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("files are read only");
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        if (codec == CompressionCodecName.GZIP) {
            return new Gzip();
        }
        try {
            return others.getDecompressor(codec);
        } catch (RuntimeException | LinkageError e) {
            throw new InputException(
                    file.toString(),
                    0,
                    "is compressed by " + codec + ", which is not read; SNAPPY, ZSTD and GZIP are",
                    e);
        }
    }

    @Override
    public void release() {
        others.release();
    }

    /** Of the JDK. */
    private static final class Gzip implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
            return BytesInput.from(decompressed(bytes.toInputStream(), decompressedSize));
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
                throws IOException {
            ByteBuffer page = input.slice().limit(compressedSize);
            output.put(decompressed(ByteBufferInputStream.wrap(page), decompressedSize));
            input.position(input.position() + compressedSize);
        }

        private static byte[] decompressed(InputStream compressed, int size) throws IOException {
            try (InputStream gzip = new GZIPInputStream(compressed)) {
                byte[] bytes = gzip.readNBytes(size);
                if (bytes.length < size) {
                    throw new EOFException("a page ends after " + bytes.length + " of " + size + " bytes");
                }
                return bytes;
            }
        }

        @Override
        public void release() {
            // nothing is kept
        }
    }
}
