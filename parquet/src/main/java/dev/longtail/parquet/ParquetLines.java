package dev.longtail.parquet;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Rows of a Parquet file as examples: the column {@code text}, a string; {@code labels}, a list of strings or a string
 * for a single one; {@code id}, a string or a whole number. The last two may be missing. Other columns are not read.
 */
final class ParquetLines {

    static final String TEXT = "text";
    static final String LABELS = "labels";
    static final String ID = "id";

    private ParquetLines() {}

    static InputStream of(Path file) throws IOException {
        ParquetFileReader reader;
        try {
            ParquetReadOptions options = ParquetReadOptions.builder()
                    .withCodecFactory(new Codecs(file))
                    .build();
            reader = ParquetFileReader.open(new LocalInputFile(file), options);
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
        try {
            MessageType wanted =
                    wanted(file, reader.getFooter().getFileMetaData().getSchema());
            reader.setRequestedSchema(wanted);
            return new RowStream(file, reader, wanted);
        } catch (RuntimeException e) {
            reader.close();
            throw e instanceof InputException ? e : damaged(file, e);
        }
    }

    static InputException damaged(Path file, Exception cause) {
        String message = cause.getMessage();
        return new InputException(
                file.toString(),
                0,
                "is damaged or no Parquet file"
                        + (message == null
                                ? ""
                                : " (" + message.lines().findFirst().orElse("") + ")"),
                cause);
    }

    /** The columns that are read. */
    private static MessageType wanted(Path file, MessageType schema) {
        List<Type> columns = new ArrayList<>();
        for (String name : List.of(ID, TEXT, LABELS)) {
            if (schema.containsField(name)) {
                columns.add(schema.getType(name));
            }
        }
        if (!schema.containsField(TEXT)) {
            List<String> names = schema.getFields().stream().map(Type::getName).toList();
            throw new InputException(file.toString(), 0, "has no column 'text', its columns are " + names);
        }
        MessageType wanted = new MessageType(schema.getName(), columns);
        wanted.getColumns().forEach(column -> {
            PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
            boolean number = type == PrimitiveTypeName.INT32 || type == PrimitiveTypeName.INT64;
            boolean isId = column.getPath()[0].equals(ID);
            if (type != PrimitiveTypeName.BINARY && !(isId && number)) {
                throw new InputException(
                        file.toString(),
                        0,
                        "column '" + String.join(".", column.getPath()) + "' is of type " + type + ", expected "
                                + (isId ? "strings or whole numbers" : "strings"));
            }
        });
        return wanted;
    }
}
