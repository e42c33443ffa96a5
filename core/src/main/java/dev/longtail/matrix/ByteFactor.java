package dev.longtail.matrix;

import dev.longtail.config.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A factor in 8 bits, for reading: the non-zeros of a row as signed bytes with a scale for the row, as in
 * {@link ByteRows}, and their columns. A row costs 8 bytes, an entry 3, or 2 where there are no more than 256 columns.
 */
public final class ByteFactor implements SparseFactor {

    /** Rows of one shard. */
    private record Page(int[] ends, ByteColumns columns, byte[] values, float[] scales) {

        int start(int row) {
            return row == 0 ? 0 : ends[row - 1];
        }
    }

    private final Shards shards;
    private final int columns;
    private final List<Page> pages = new ArrayList<>();

    private ByteFactor(Shards shards, int columns) {
        this.shards = shards;
        this.columns = columns;
    }

    /**
     * The nearest factor to another; an entry that rounds to 0 is left out.
     *
     * @throws IllegalArgumentException when a number is not finite
     */
    public static ByteFactor of(SparseFactor from) {
        ByteFactor factor = new ByteFactor(from.shards(), from.columns());
        for (int shard = 0; shard < factor.shards.count(); shard++) {
            factor.pages.add(page(from, shard));
        }
        return factor;
    }

    /**
     * The factor of stored bytes.
     *
     * @param bytes a factor whose values are whole numbers in [-127, 127]
     * @param scales of its rows
     * @throws IllegalArgumentException when a scale is negative or not finite
     */
    public static ByteFactor of(SparseFactor bytes, float[] scales) {
        ByteFactor factor = of(bytes);
        for (int row = 0; row < scales.length; row++) {
            boolean right = scales[row] >= 0 && Float.isFinite(scales[row]);
            Require.that(right, "the scale of row " + row, "finite and at least 0", scales[row]);
            int shard = bytes.shards().of(row);
            Page page = factor.pages.get(shard);
            int local = row - bytes.shards().first(shard);
            // bytes whose largest is below 127 were stretched: back to what they were
            for (int i = page.start(local); i < page.ends[local]; i++) {
                page.values[i] = (byte) Math.rint(page.values[i] * (double) page.scales[local]);
            }
            page.scales[local] = scales[row];
        }
        return factor;
    }

    private static Page page(SparseFactor from, int shard) {
        Shards shards = from.shards();
        View view = new View();
        int entries = 0;
        for (int row = shards.first(shard); row < shards.first(shard + 1); row++) {
            from.view(row, view);
            entries = Math.addExact(entries, view.length);
        }
        ByteColumns columns = ByteColumns.of(from.columns(), entries);
        byte[] values = new byte[entries];
        int[] ends = new int[shards.size(shard)];
        float[] scales = new float[ends.length];
        int n = 0;
        for (int row = 0; row < ends.length; row++) {
            from.view(shards.first(shard) + row, view);
            if (view.length > 0) {
                ByteRows bytes = ByteRows.zeros(1, view.length);
                bytes.set(0, view.values, view.offset);
                scales[row] = bytes.scales()[0];
                for (int j = 0; j < view.length; j++) {
                    if (bytes.values()[j] != 0) {
                        columns.set(n, view.column(j));
                        values[n++] = bytes.values()[j];
                    }
                }
            }
            ends[row] = n;
        }
        return new Page(ends, columns.first(n), Arrays.copyOf(values, n), scales);
    }

    /** The factor in 32 bits, as a sparse one. */
    public GrowingFactor inFloats() {
        GrowingFactor floats = new GrowingFactor(shards, columns);
        View view = new View();
        int[] places = new int[columns];
        for (int row = 0; row < rows(); row++) {
            view(row, view);
            for (int j = 0; j < view.length; j++) {
                places[j] = view.column(j);
            }
            floats.insert(row, places, view.values, view.length);
        }
        return floats;
    }

    @Override
    public Shards shards() {
        return shards;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void columns(int count) {
        throw readOnly();
    }

    @Override
    public void grow(Shards cut) {
        throw readOnly();
    }

    @Override
    public void swap(int column, int other) {
        throw readOnly();
    }

    private static IllegalStateException readOnly() {
        return new IllegalStateException("a transform of 8 bits cannot be changed; a new model may start from it");
    }

    @Override
    public long nnz() {
        return pages.stream().mapToLong(page -> page.values.length).sum();
    }

    @Override
    public void carry(String name, StateCarrier state) {
        throw new IllegalStateException("a factor of 8 bits is not trained");
    }

    @Override
    public long bytes() {
        long entry = (long) Byte.BYTES + ByteColumns.bytes(columns);
        return nnz() * entry + rows() * (long) (Integer.BYTES + Float.BYTES);
    }

    @Override
    public int moments() {
        return 0;
    }

    @Override
    public void moments(int count) {
        throw readOnly();
    }

    /** Shows copies: the numbers are computed for the view. */
    @Override
    public void view(int row, View view) {
        int shard = shards.of(row);
        Page page = pages.get(shard);
        int local = row - shards.first(shard);
        int start = page.start(local);
        view.length = page.ends[local] - start;
        view.offset = 0;
        if (view.values.length < view.length || view.columns.length < view.length || view.columns.length == 0) {
            view.values = new float[Math.max(1, columns)];
            view.columns = new char[Math.max(1, columns)];
        }
        for (int j = 0; j < view.length; j++) {
            view.values[j] = page.scales[local] * page.values[start + j];
            view.columns[j] = (char) page.columns.at(start + j);
        }
    }

    @Override
    public void tidy(int row) {
        throw readOnly();
    }

    @Override
    public void insert(int row, int[] newColumns, float[] newValues, int count) {
        throw readOnly();
    }

    @Override
    public void addRow(int row, float weight, float[] into, int offset) {
        int shard = shards.of(row);
        Page page = pages.get(shard);
        int local = row - shards.first(shard);
        float scale = weight * page.scales[local];
        for (int i = page.start(local); i < page.ends[local]; i++) {
            into[offset + page.columns.at(i)] += scale * page.values[i];
        }
    }

    /** Scale of a row, which its bytes are multiplied with. */
    public float scale(int row) {
        int shard = shards.of(row);
        return pages.get(shard).scales[row - shards.first(shard)];
    }
}
