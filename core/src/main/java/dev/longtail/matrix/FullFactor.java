package dev.longtail.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A factor with room for every column of every row: smaller than {@link GrowingFactor} where most are not 0. */
public final class FullFactor implements SparseFactor {

    private Shards shards;
    private final List<float[]> values = new ArrayList<>();
    private final List<float[]> first = new ArrayList<>();
    private final List<float[]> second = new ArrayList<>();
    private int width;
    private int columns;
    private int moments;

    /** A matrix of zeros. */
    public FullFactor(Shards shards, int columns) {
        this.shards = shards;
        this.width = columns;
        this.columns = columns;
        fill(values, columns);
        moments(0);
    }

    private void fill(List<float[]> pages, int rowWidth) {
        pages.clear();
        for (int shard = 0; shard < shards.count(); shard++) {
            pages.add(new float[Math.multiplyExact(shards.size(shard), rowWidth)]);
        }
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
            for (List<float[]> pages : List.of(values, first, second)) {
                widen(pages, count);
            }
            width = count;
        }
        columns = count;
    }

    private void widen(List<float[]> pages, int to) {
        for (int shard = 0; shard < shards.count(); shard++) {
            float[] page = pages.get(shard);
            if (page.length > 0) {
                float[] wider = new float[Math.multiplyExact(shards.size(shard), to)];
                for (int row = 0; row < shards.size(shard); row++) {
                    System.arraycopy(page, row * width, wider, row * to, width);
                }
                pages.set(shard, wider);
            }
        }
    }

    @Override
    public void grow(Shards cut) {
        Shards before = shards;
        shards = cut;
        for (List<float[]> pages : List.of(values, first, second)) {
            List<float[]> old = List.copyOf(pages);
            fill(pages, old.get(0).length == 0 ? 0 : width);
            for (int row = 0; row < before.rows() && pages.get(0).length > 0; row++) {
                int from = before.of(row);
                int to = cut.of(row);
                System.arraycopy(
                        old.get(from),
                        (row - before.first(from)) * width,
                        pages.get(to),
                        (row - cut.first(to)) * width,
                        width);
            }
        }
    }

    @Override
    public void swap(int column, int other) {
        for (List<float[]> pages : List.of(values, first, second)) {
            for (float[] page : pages) {
                for (int row = 0; row < page.length; row += width) {
                    float moved = page[row + column];
                    page[row + column] = page[row + other];
                    page[row + other] = moved;
                }
            }
        }
    }

    /** Numbers between one row and the next, frozen columns among them. */
    public int width() {
        return width;
    }

    /** The live values of a shard, [rows of the shard][{@link #width}]. */
    public float[] page(int shard) {
        return values.get(shard);
    }

    @Override
    public long nnz() {
        long nnz = 0;
        for (int shard = 0; shard < shards.count(); shard++) {
            float[] page = values.get(shard);
            for (int row = 0; row < shards.size(shard); row++) {
                for (int i = row * width; i < row * width + columns; i++) {
                    nnz += page[i] == 0 ? 0 : 1;
                }
            }
        }
        return nnz;
    }

    @Override
    public long bytes() {
        return rows() * (long) width * (1 + moments) * Float.BYTES;
    }

    @Override
    public int moments() {
        return moments;
    }

    @Override
    public void moments(int count) {
        moments = count;
        fill(first, count > 0 ? width : 0);
        fill(second, count > 1 ? width : 0);
    }

    @Override
    public void view(int row, View view) {
        int shard = shards.of(row);
        view.values = values.get(shard);
        view.first = first.get(shard);
        view.second = second.get(shard);
        view.offset = (row - shards.first(shard)) * width;
        view.length = columns;
    }

    @Override
    public float touch(int row) {
        int shard = shards.of(row);
        int from = (row - shards.first(shard)) * width;
        int to = from + columns - 1;
        float sum = values.get(shard)[from] + values.get(shard)[to];
        if (moments > 0) {
            sum += first.get(shard)[from] + first.get(shard)[to];
        }
        return moments > 1 ? sum + second.get(shard)[from] + second.get(shard)[to] : sum;
    }

    /** Numbers of several rows and what is kept beside them, each [rows][columns]: a scratch. */
    public record Block(float[] values, float[] first, float[] second) {

        /** Room for so many numbers. */
        public static Block of(int length) {
            return new Block(new float[length], new float[length], new float[length]);
        }
    }

    /**
     * Copies rows of one shard to a block.
     *
     * @param count of the rows that are copied, the first ones
     */
    public void read(int[] rows, int count, Block block) {
        int shard = shards.of(rows[0]);
        read(values.get(shard), shards.first(shard), rows, count, block.values);
        if (moments > 0) {
            read(first.get(shard), shards.first(shard), rows, count, block.first);
        }
        if (moments > 1) {
            read(second.get(shard), shards.first(shard), rows, count, block.second);
        }
    }

    private void read(float[] page, int firstRow, int[] rows, int count, float[] block) {
        for (int i = 0; i < count; i++) {
            int from = (rows[i] - firstRow) * width;
            int to = i * columns;
            for (int c = 0; c < columns; c++) { // rows are too short for a call
                block[to + c] = page[from + c];
            }
        }
    }

    /** Copies a block to rows of one shard, see {@link #read}. */
    public void write(int[] rows, int count, Block block) {
        int shard = shards.of(rows[0]);
        write(values.get(shard), shards.first(shard), rows, count, block.values);
        if (moments > 0) {
            write(first.get(shard), shards.first(shard), rows, count, block.first);
        }
        if (moments > 1) {
            write(second.get(shard), shards.first(shard), rows, count, block.second);
        }
    }

    private void write(float[] page, int firstRow, int[] rows, int count, float[] block) {
        for (int i = 0; i < count; i++) {
            int to = (rows[i] - firstRow) * width;
            int from = i * columns;
            for (int c = 0; c < columns; c++) {
                page[to + c] = block[from + c];
            }
        }
    }

    @Override
    public void tidy(int row) {
        // zeros have their place
    }

    @Override
    public void insert(int row, int[] newColumns, float[] newValues, int count) {
        int shard = shards.of(row);
        int offset = (row - shards.first(shard)) * width;
        for (int i = 0; i < count; i++) {
            values.get(shard)[offset + newColumns[i]] = newValues[i];
        }
    }

    @Override
    public void addRow(int row, float weight, float[] into, int offset) {
        int shard = shards.of(row);
        float[] page = values.get(shard);
        int from = (row - shards.first(shard)) * width;
        for (int c = 0; c < columns; c++) {
            into[offset + c] += weight * page[from + c];
        }
    }

    /** Gives up the values of frozen columns. */
    public void forgetFrozen() {
        for (int shard = 0; shard < shards.count(); shard++) {
            for (int row = 0; row < shards.size(shard); row++) {
                Arrays.fill(values.get(shard), row * width + columns, (row + 1) * width, 0);
            }
        }
    }
}
