package dev.longtail.matrix;

import dev.longtail.kernel.RowVectors;
import java.util.Arrays;

/**
 * A factor with room for every column of every row: smaller than {@link GrowingFactor} where most are not 0.
 *
 * <p>What update rules keep of a row stands behind its values: a row of five with its two moments is 60 bytes, one or
 * two cache lines where three arrays would be read from four. So the moments are reached by {@link #read} and {@link
 * #write} only.
 */
public final class FullFactor implements SparseFactor {

    /** Rows that are copied at a time. */
    private static final int CHUNK = 32;

    /** Numbers of the widest register. */
    private static final int REGISTER = 16;

    private Shards shards;
    /** [rows of the shard][1 + moments][width] each. */
    private float[][] pages;

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
        this.pages = newPages();
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

    private float[][] newPages() {
        float[][] made = new float[shards.count()][];
        Arrays.setAll(made, this::page);
        return made;
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
        stride = stride(newWidth, 1 + newMoments);
        for (int shard = 0; shard < shards.count(); shard++) {
            float[] from = pages[shard];
            float[] to = page(shard);
            for (int row = 0; row < shards.size(shard); row++) {
                for (int part = 0; part < kept; part++) {
                    System.arraycopy(from, row * before + part * width, to, row * stride + part * newWidth, width);
                }
            }
            pages[shard] = to;
        }
        width = newWidth;
        moments = newMoments;
    }

    /** Rows that fill a register but for a number or two are given all of it, to be read and written at once. */
    private static int stride(int width, int parts) {
        int numbers = Math.multiplyExact(width, parts);
        return parts > 1 && REGISTER - 2 <= numbers && numbers < REGISTER ? REGISTER : numbers;
    }

    @Override
    public void grow(Shards cut) {
        Shards before = shards;
        float[][] old = pages;
        shards = cut;
        pages = newPages();
        for (int row = 0; row < before.rows(); row++) {
            int from = before.of(row);
            int to = cut.of(row);
            int at = (row - before.first(from)) * stride;
            System.arraycopy(old[from], at, pages[to], (row - cut.first(to)) * stride, stride);
        }
    }

    @Override
    public void swap(int column, int other) {
        for (float[] page : pages) {
            for (int row = 0; row < page.length; row += stride) {
                for (int part = row; part < row + (1 + moments) * width; part += width) {
                    float moved = page[part + column];
                    page[part + column] = page[part + other];
                    page[part + other] = moved;
                }
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
        view.values = pages[shard];
        view.offset = (row - shards.first(shard)) * stride;
        view.length = columns;
    }

    /**
     * Numbers of several rows and what is kept beside them, each [rows][stride]: a scratch.
     *
     * @param stride from a row to the next one, at least the number of columns; what is between them is not touched
     * @param shard of each row
     * @param at where each row begins in its shard
     */
    public record Block(float[] values, float[] first, float[] second, int stride, int[] shard, int[] at) {

        /** Room for so many rows. */
        public static Block of(int rows, int stride) {
            int length = Math.multiplyExact(rows, stride);
            return new Block(
                    new float[length], new float[length], new float[length], stride, new int[rows], new int[rows]);
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
            block.shard[i] = shard;
            block.at[i] = (rows[i] - shards.first(shard)) * stride;
        }
        // all parts of some rows before the next ones, while their lines are in the fastest cache
        for (int start = from; start < to; start += CHUNK) {
            int end = Math.min(to, start + CHUNK);
            RowVectors.readParts(
                    pages, block.shard, block.at, width, room(), start, end, columns, parts(block), block.stride);
        }
    }

    private float[][] parts(Block block) {
        return switch (moments) {
            case 0 -> new float[][] {block.values};
            case 1 -> new float[][] {block.values, block.first};
            default -> new float[][] {block.values, block.first, block.second};
        };
    }

    /** Numbers between the end of a row and the next one. */
    private int room() {
        return stride - (1 + moments) * width;
    }

    /** Copies some rows of a block back to where {@link #read} found them. */
    public void write(int from, int to, Block block) {
        RowVectors.writeParts(
                pages, block.shard, block.at, width, room(), from, to, columns, parts(block), block.stride);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        int held = (int) state.number(name + ".width", width);
        columns = (int) state.number(name + ".columns", columns);
        if (held != width) {
            layOut(held, moments, 0);
        }
        for (int shard = 0; shard < pages.length; shard++) {
            state.floats(name + ".rows." + shard, pages[shard]);
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
            pages[shard][offset + newColumns[i]] = newValues[i];
        }
    }

    @Override
    public void addRow(int row, float weight, float[] into, int offset) {
        int shard = shards.of(row);
        float[] page = pages[shard];
        int from = (row - shards.first(shard)) * stride;
        for (int c = 0; c < columns; c++) {
            into[offset + c] += weight * page[from + c];
        }
    }
}
