package dev.longtail.parquet;

import dev.longtail.data.RowFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;

/** Parquet, as {@link ParquetLines} reads and {@link RowSink} writes it. */
public final class ParquetRows implements RowFormat {

    @Override
    public boolean isFor(String ending) {
        return ending.equals(PARQUET);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return ParquetLines.of(file);
    }

    @Override
    public OutputStream write(OutputStream to, Rows rows) throws IOException {
        return new RowSink(to, rows);
    }
}
