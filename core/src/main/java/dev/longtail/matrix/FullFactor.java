package dev.longtail.matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * A factor with room for every column of every row: smaller than {@link GrowingFactor} where most are not 0.
 *
 * <p>What update rules keep of a row stands behind its values: a row of five with its two moments is 60 bytes, one or
 * two cache lines where three arrays would be read from four. So the moments are reached by {@link #read} and {@link
 * #write} only.
 */
public final class FullFactor implements SparseFactor {

    private Shards shards;
    /** [rows of the shard][1 + moments][width] each. */
    private final List<float[]> pages = new ArrayList<>();

    private int width;
    private int columns;
    private int moments;
    private int stride;

    /** A matrix of zeros. */
    public FullFactor(Shards shards, int columns) {
        this.shards = shards;
        this.width = columns;
        this.columns = columns;
        this.stride = columns;
        for (int shard = 0; shard < shards.count(); shard++) {
            pages.add(page(shard));
        }
    }

    /** The numbers of another factor. */
    public static FullFactor of(SparseFactor sparse) {
        FullFactor full = new FullFactor(sparse.shards(), sparse.columns());
        SparseFactor.View view = new SparseFactor.View();
        int[] columns = new int[sparse.columns()];
        float[] values = new float[sparse.columns()];
        for (int row = 0; row < sparse.rows(); row++) {
            sparse.view(row, view);
            for (int j = 0; j < view.length; j++) {
                columns[j] = view.column(j);
                values[j] = view.values[view.offset + j];
            }
            full.insert(row, columns, values, view.length);
        }
        return full;
    }

    private float[] page(int shard) {
        return new float[Math.multiplyExact(shards.size(shard), stride)];
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
        if (count > width) {
            layOut(count, moments, 1 + moments);
        }
        columns = count;
    }

    /** Makes room for other rows of numbers. @param kept parts of a row that are copied: values, first, second */
    private void layOut(int newWidth, int newMoments, int kept) {
        int before = stride;
        stride = Math.multiplyExact(newWidth, 1 + newMoments);
        for (int shard = 0; shard < shards.count(); shard++) {
            float[] from = pages.get(shard);
            float[] to = page(shard);
            for (int row = 0; row < shards.size(shard); row++) {
                for (int part = 0; part < kept; part++) {
                    System.arraycopy(from, row * before + part * width, to, row * stride + part * newWidth, width);
                }
            }
            pages.set(shard, to);
        }
        width = newWidth;
        moments = newMoments;
    }

    @Override
    public void grow(Shards cut) {
        Shards before = shards;
        List<float[]> old = List.copyOf(pages);
        shards = cut;
        pages.clear();
        for (int shard = 0; shard < cut.count(); shard++) {
            pages.add(page(shard));
        }
        for (int row = 0; row < before.rows(); row++) {
            int from = before.of(row);
            int to = cut.of(row);
            int at = (row - before.first(from)) * stride;
            System.arraycopy(old.get(from), at, pages.get(to), (row - cut.first(to)) * stride, stride);
        }
    }

    @Override
    public void swap(int column, int other) {
        for (float[] page : pages) {
            for (int part = 0; part < page.length; part += width) {
                float moved = page[part + column];
                page[part + column] = page[part + other];
                page[part + other] = moved;
            }
        }
    }

    @Override
    public long nnz() {
        long nnz = 0;
        for (float[] page : pages) {
            for (int row = 0; row < page.length; row += stride) {
                for (int i = row; i < row + columns; i++) {
                    nnz += page[i] == 0 ? 0 : 1;
                }
            }
        }
        return nnz;
    }

    @Override
    public long bytes() {
        return rows() * (long) stride * Float.BYTES;
    }

    @Override
    public int moments() {
        return moments;
    }

    @Override
    public void moments(int count) {
        layOut(width, count, 1);
    }

    /** {@inheritDoc} It shows the values only, see {@link #read}. */
    @Override
    public void view(int row, View view) {
        int shard = shards.of(row);
        view.values = pages.get(shard);
        view.offset = (row - shards.first(shard)) * stride;
        view.length = columns;
    }

    /**
     * Numbers of several rows and what is kept beside them, each [rows][stride]: a scratch.
     *
     * @param stride from a row to the next one, at least the number of columns; what is between them is not touched
     */
    public record Block(float[] values, float[] first, float[] second, int stride) {

        /** Room for so many rows. */
        public static Block of(int rows, int stride) {
            int length = Math.multiplyExact(rows, stride);
            return new Block(new float[length], new float[length], new float[length], stride);
        }
    }

    /**
     * Copies rows to a block.
     *
     * @param rows numbers of rows; those at {@code from} to {@code to} are copied, to these places of the block
     */
    public void read(int[] rows, int from, int to, Block block) {
        for (int i = from; i < to; i++) {
            int shard = shards.of(rows[i]);
            float[] page = pages.get(shard);
            int at = (rows[i] - shards.first(shard)) * stride;
            copy(page, at, block.values, i * block.stride);
            if (moments > 0) {
                copy(page, at + width, block.first, i * block.stride);
            }
            if (moments > 1) {
                copy(page, at + 2 * width, block.second, i * block.stride);
            }
        }
    }

    private void copy(float[] from, int start, float[] to, int at) {
        int c = 0;
        for (; c <= columns - 4; c += 4) { // rows are too short for a call, and for a loop that is prepared at length
            to[at + c] = from[start + c];
            to[at + c + 1] = from[start + c + 1];
            to[at + c + 2] = from[start + c + 2];
            to[at + c + 3] = from[start + c + 3];
        }
        for (; c < columns; c++) {
            to[at + c] = from[start + c];
        }
    }

    /** Copies a block to rows, see {@link #read}. */
    public void write(int[] rows, int from, int to, Block block) {
        for (int i = from; i < to; i++) {
            int shard = shards.of(rows[i]);
            float[] page = pages.get(shard);
            int at = (rows[i] - shards.first(shard)) * stride;
            copy(block.values, i * block.stride, page, at);
            if (moments > 0) {
                copy(block.first, i * block.stride, page, at + width);
            }
            if (moments > 1) {
                copy(block.second, i * block.stride, page, at + 2 * width);
            }
        }
    }

    @Override
    public void carry(String name, StateCarrier state) {
        int held = (int) state.number(name + ".width", width);
        columns = (int) state.number(name + ".columns", columns);
        if (held != width) {
            layOut(held, moments, 0);
        }
        for (int shard = 0; shard < pages.size(); shard++) {
            state.floats(name + ".rows." + shard, pages.get(shard));
        }
    }

    @Override
    public void tidy(int row) {
        // zeros have their place
    }

    @Override
    public void insert(int row, int[] newColumns, float[] newValues, int count) {
        int shard = shards.of(row);
        int offset = (row - shards.first(shard)) * stride;
        for (int i = 0; i < count; i++) {
            pages.get(shard)[offset + newColumns[i]] = newValues[i];
        }
    }

    @Override
    public void addRow(int row, float weight, float[] into, int offset) {
        int shard = shards.of(row);
        float[] page = pages.get(shard);
        int from = (row - shards.first(shard)) * stride;
        for (int c = 0; c < columns; c++) {
            into[offset + c] += weight * page[from + c];
        }
    }
}
