package dev.longtail.parquet;

import dev.longtail.config.InputException;
import java.nio.file.Path;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;

/** What undoes the compression of pages: that of the library, and for GZIP {@link GzipCodec}. */
final class Codecs implements CompressionCodecFactory {

    private final Path file;
    private final CompressionCodecFactory gzip = new GzipCodec();
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
            return gzip.getDecompressor(codec);
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
}
