package dev.longtail.parquet;

import dev.longtail.config.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows as lines of JSON, made one at a time as they are read; memory holds one group of rows as it is compressed. */
final class RowStream extends InputStream {

    private final Path file;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private @Nullable RecordReader<Group> records;
    private long left;
    private long row;
    private byte[] line = {};
    private int at;

    RowStream(Path file, ParquetFileReader reader, MessageType schema) {
        this.file = file;
        this.reader = reader;
        this.schema = schema;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == line.length && !next()) {
            return -1;
        }
        int count = Math.min(length, line.length - at);
        System.arraycopy(line, at, bytes, offset, count);
        at += count;
        return count;
    }

    private boolean next() throws IOException {
        try {
            while (left == 0) {
                PageReadStore pages = reader.readNextRowGroup();
                if (pages == null) {
                    return false;
                }
                left = pages.getRowCount();
                records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
            }
            left--;
            row++;
            line = (json(Objects.requireNonNull(records).read()) + "\n").getBytes(StandardCharsets.UTF_8);
            at = 0;
            return true;
        } catch (InputException e) {
            throw e;
        } catch (EOFException | ZipException | RuntimeException e) {
            throw ParquetLines.damaged(file, e);
        }
    }

    private ObjectNode json(Group group) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (Type column : schema.getFields()) {
            String name = column.getName();
            if (name.equals(ParquetLines.LABELS)) {
                addLeaves(group, name, json.putArray(name));
            } else if (group.getFieldRepetitionCount(name) == 1) {
                put(group, column, json);
            } else if (name.equals(ParquetLines.TEXT)) {
                throw new InputException(file.toString(), row, "this row has no text");
            }
        }
        return json;
    }

    private static void put(Group group, Type column, ObjectNode json) {
        PrimitiveTypeName type = column.asPrimitiveType().getPrimitiveTypeName();
        if (type == PrimitiveTypeName.INT32) {
            json.put(column.getName(), group.getInteger(column.getName(), 0));
        } else if (type == PrimitiveTypeName.INT64) {
            json.put(column.getName(), group.getLong(column.getName(), 0));
        } else {
            json.put(column.getName(), group.getString(column.getName(), 0));
        }
    }

    /** All strings below a field, whatever groups a writer puts around the elements of a list. */
    private static void addLeaves(Group group, String field, ArrayNode into) {
        Type type = group.getType().getType(field);
        for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
            if (type.isPrimitive()) {
                into.add(group.getString(field, i));
            } else {
                Group inner = group.getGroup(field, i);
                inner.getType().getFields().forEach(child -> addLeaves(inner, child.getName(), into));
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
