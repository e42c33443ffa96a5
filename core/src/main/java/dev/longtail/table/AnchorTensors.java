package dev.longtail.table;

import dev.longtail.config.Require;
import dev.longtail.matrix.ByteColumns;
import dev.longtail.matrix.ByteFactor;
import dev.longtail.matrix.GrowingFactor;
import dev.longtail.matrix.SparseFactor;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.relation.FreeEntries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An anchor table as tensors: {@code anchors} [K][dimension], and T in the form that takes fewer bytes, either
 * {@code full} [rows][K], or for its non-zeros {@code lengths} [rows], {@code columns} and {@code values}. Columns are
 * bytes where there are no more than 256 anchors. A table in 8 bits has {@code values} of bytes and {@code scales}
 * [rows]. Where anchors are objects, {@code objects} [K] says which, -1 for one that is none. What is written are
 * copies.
 */
final class AnchorTensors {

    private static final int PAGE = 1 << 26;
    private static final String OBJECTS = "objects";

    private final String prefix;
    private final AnchorTable table;

    AnchorTensors(AnchorTable table) {
        this.table = table;
        this.prefix = table.name() + ".";
    }

    List<Tensor> write() {
        SparseFactor transform = table.transform();
        long count = table.count();
        List<Tensor> tensors = new ArrayList<>();
        float[] anchors = Arrays.copyOf(table.anchors().values(), (int) count * table.dimension());
        tensors.add(new Tensor.Floats(prefix + "anchors", List.of(count, (long) table.dimension()), List.of(anchors)));
        long nnz = transform.nnz();
        long rows = transform.rows();
        long sparse = rows * Character.BYTES + nnz * (long) (Float.BYTES + ByteColumns.bytes(table.count()));
        if (!(transform instanceof ByteFactor) && rows * count * Float.BYTES <= sparse) {
            tensors.add(new Tensor.Floats(prefix + "full", List.of(rows, count), full()));
        } else {
            tensors.addAll(sparse(Math.toIntExact(nnz)));
        }
        int[] objects = table.objects();
        if (objects.length > 0) {
            tensors.add(new Tensor.Ints(prefix + OBJECTS, List.of((long) objects.length), List.of(objects)));
        }
        return tensors;
    }

    private List<float[]> full() {
        SparseFactor transform = table.transform();
        int count = table.count();
        int perPage = Math.max(1, PAGE / count);
        List<float[]> pages = new ArrayList<>();
        for (int first = 0; first < transform.rows(); first += perPage) {
            int rows = Math.min(perPage, transform.rows() - first);
            float[] page = new float[rows * count];
            for (int row = 0; row < rows; row++) {
                transform.addRow(first + row, 1, page, row * count);
            }
            pages.add(page);
        }
        return pages;
    }

    private List<Tensor> sparse(int nnz) {
        SparseFactor transform = table.transform();
        char[] lengths = new char[transform.rows()];
        ByteColumns columns = ByteColumns.of(table.count(), nnz);
        float[] values = new float[nnz];
        SparseFactor.View view = new SparseFactor.View();
        int at = 0;
        for (int row = 0; row < lengths.length; row++) {
            transform.view(row, view);
            for (int j = 0; j < view.length; j++) {
                float value = view.values[view.offset + j];
                if (value != 0) {
                    lengths[row]++;
                    columns.set(at, view.column(j));
                    values[at++] = value;
                }
            }
        }
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(new Tensor.Chars(prefix + "lengths", List.of((long) lengths.length), List.of(lengths)));
        tensors.add(columns.tensor(prefix + "columns"));
        if (transform instanceof ByteFactor bytes) {
            tensors.addAll(inBytes(bytes, values, lengths));
        } else {
            tensors.add(new Tensor.Floats(prefix + "values", List.of((long) nnz), List.of(values)));
        }
        return tensors;
    }

    private List<Tensor> inBytes(ByteFactor transform, float[] values, char[] lengths) {
        float[] scales = new float[lengths.length];
        byte[] bytes = new byte[values.length];
        int at = 0;
        for (int row = 0; row < lengths.length; row++) {
            scales[row] = transform.scale(row);
            for (int end = at + lengths[row]; at < end; at++) {
                bytes[at] = (byte) Math.round(values[at] / scales[row]);
            }
        }
        return List.of(
                new Tensor.Bytes(prefix + "values", List.of((long) bytes.length), List.of(bytes)),
                new Tensor.Floats(prefix + "scales", List.of((long) scales.length), List.of(scales)));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param tensors of another table of this shape, of which the number of anchors may differ
     * @throws IllegalArgumentException when names, types, shapes or numbers are not those of such a table
     */
    Read read(List<Tensor> tensors) {
        Map<String, Tensor> named = new TreeMap<>();
        tensors.forEach(tensor -> named.put(tensor.name(), tensor));
        Tensor.Floats anchors = floats(named, "anchors");
        long count = anchors.shape().get(0);
        Require.that(
                anchors.shape().size() == 2
                        && count >= 1
                        && count <= Character.MAX_VALUE
                        && anchors.shape().get(1) == table.dimension(),
                "shape of " + anchors.name(),
                "[1 to 65535, " + table.dimension() + "]",
                anchors.shape());
        GrowingFactor read = new GrowingFactor(table.places().shards(), (int) count);
        SparseFactor transform = read;
        if (named.containsKey(prefix + "full")) {
            readFull(floats(named, "full"), read);
        } else if (named.containsKey(prefix + "scales")) {
            float[] scales = flat(floats(named, "scales"));
            Require.that(scales.length == read.rows(), prefix + "scales", read.rows() + " numbers", scales.length);
            readSparse(named, read, true);
            transform = ByteFactor.of(read, scales);
        } else {
            readSparse(named, read, false);
        }
        int[] objects = objects(named, (int) count);
        Require.that(named.isEmpty(), "tensors of the table", "those of an anchor table only", named.keySet());
        return new Read(flat(anchors), transform, objects);
    }

    /** Anchors, T as a sparse factor, of 8 bits where it is stored so, and what objects anchors are, or no entry. */
    record Read(float[] anchors, SparseFactor transform, int[] objects) {}

    private int[] objects(Map<String, Tensor> named, int count) {
        if (!named.containsKey(prefix + OBJECTS)) {
            return new int[0];
        }
        Tensor tensor = take(named, OBJECTS);
        Require.that(
                tensor instanceof Tensor.Ints && tensor.shape().equals(List.of((long) count)),
                "tensor " + tensor.name(),
                "32-bit integers, one for each of " + count + " anchors",
                tensor.shape());
        int[] objects = ((Tensor.Ints) tensor).pages().get(0);
        for (int object : objects) {
            Require.that(
                    object >= FreeEntries.NO_OBJECT && object < table.features(),
                    "every number of " + tensor.name(),
                    "from -1 to below the features, " + table.features(),
                    object);
        }
        return objects.clone();
    }

    private static float[] flat(Tensor.Floats tensor) {
        float[] flat = new float[Math.toIntExact(tensor.elements())];
        int at = 0;
        for (float[] page : tensor.pages()) {
            System.arraycopy(page, 0, flat, at, page.length);
            at += page.length;
        }
        for (float value : flat) {
            Require.that(Float.isFinite(value), "every number of " + tensor.name(), "finite", value);
        }
        return flat;
    }

    private Tensor take(Map<String, Tensor> named, String name) {
        Tensor tensor = named.remove(prefix + name);
        if (tensor == null) {
            throw new IllegalArgumentException("tensor " + prefix + name + " is missing");
        }
        return tensor;
    }

    private Tensor.Floats floats(Map<String, Tensor> named, String name) {
        if (take(named, name) instanceof Tensor.Floats floats) {
            return floats;
        }
        throw new IllegalArgumentException("tensor " + prefix + name + " must be of 32-bit floating point");
    }

    private void readFull(Tensor.Floats full, GrowingFactor into) {
        List<Long> wanted = List.of((long) into.rows(), (long) into.columns());
        Require.that(full.shape().equals(wanted), "shape of " + full.name(), wanted.toString(), full.shape());
        int[] columns = new int[into.columns()];
        float[] values = new float[into.columns()];
        int row = 0;
        for (float[] page : full.pages()) {
            for (int at = 0; at < page.length; at += columns.length, row++) {
                int n = 0;
                for (int k = 0; k < columns.length; k++) {
                    float value = page[at + k];
                    Require.that(Float.isFinite(value), "every number of " + full.name(), "finite", value);
                    if (value != 0) {
                        columns[n] = k;
                        values[n++] = value;
                    }
                }
                into.insert(row, columns, values, n);
            }
        }
    }

    private void readSparse(Map<String, Tensor> named, GrowingFactor into, boolean bytes) {
        Tensor lengths = take(named, "lengths");
        Tensor columns = take(named, "columns");
        Tensor values = take(named, "values");
        boolean types = lengths instanceof Tensor.Chars
                && (bytes ? values instanceof Tensor.Bytes : values instanceof Tensor.Floats)
                && (columns instanceof Tensor.Bytes || columns instanceof Tensor.Chars);
        Require.that(
                types && lengths.elements() == into.rows() && columns.elements() == values.elements(),
                "tensors of " + prefix,
                "of the types and lengths that " + into.rows() + " rows have",
                lengths.elements() + " lengths, " + columns.elements() + " columns, " + values.elements() + " values");
        Entries entries = new Entries(columns, values);
        char[] counts = ((Tensor.Chars) lengths).pages().get(0);
        int[] rowColumns = new int[into.columns()];
        float[] rowValues = new float[into.columns()];
        int at = 0;
        for (int row = 0; row < counts.length; row++) {
            int n = counts[row];
            Require.that(n <= into.columns() && at + n <= values.elements(), "links of row " + row, "fewer", n);
            for (int j = 0; j < n; j++, at++) {
                rowColumns[j] = entries.column(at);
                rowValues[j] = entries.value(at);
                boolean ascending = rowColumns[j] < into.columns() && (j == 0 || rowColumns[j] > rowColumns[j - 1]);
                Require.that(
                        ascending, "links of row " + row, "ascending anchors below " + into.columns(), rowColumns[j]);
                Require.that(Float.isFinite(rowValues[j]), "weights of row " + row, "finite", rowValues[j]);
            }
            into.insert(row, rowColumns, rowValues, n);
        }
        Require.that(at == values.elements(), "links of all rows", "as many as there are values", at);
    }

    /** Entries of a sparse T in one page each. */
    private record Entries(Object columns, Object values) {

        Entries(Tensor columns, Tensor values) {
            this(TensorPages.of(columns).get(0), TensorPages.of(values).get(0));
        }

        int column(int at) {
            return columns instanceof byte[] narrow ? narrow[at] & 0xFF : ((char[]) columns)[at];
        }

        float value(int at) {
            return values instanceof byte[] bytes ? bytes[at] : ((float[]) values)[at];
        }
    }
}
