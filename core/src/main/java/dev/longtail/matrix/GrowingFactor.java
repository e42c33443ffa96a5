package dev.longtail.matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * A factor that stores non-zeros only. The rows of a shard lie in one pool of blocks ({@link BlockPool}); a row that
 * grows out of its block moves to a larger one, so that nothing but the row's own entries moves. Entries of a row have
 * ascending columns. A row costs 7 bytes, an entry 6 bytes and 4 for each number that is kept beside it; blocks have
 * room to spare, a third at most.
 */
public final class GrowingFactor implements SparseFactor {

    private Shards shards;
    private final List<BlockPool> pools = new ArrayList<>();
    private int columns;
    private int most;
    private int moments;

    /** A matrix of zeros; at most 65,535 columns. */
    public GrowingFactor(Shards shards, int columns) {
        this.shards = shards;
        columns(columns);
        for (int shard = 0; shard < shards.count(); shard++) {
            pools.add(new BlockPool(shards.size(shard)));
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
        if (count > Character.MAX_VALUE) {
            throw new IllegalArgumentException("a factor has at most 65,535 columns, not " + count);
        }
        columns = count;
        most = Math.max(most, count);
    }

    @Override
    public void grow(Shards cut) {
        Shards before = shards;
        List<BlockPool> old = List.copyOf(pools);
        shards = cut;
        pools.clear();
        for (int shard = 0; shard < cut.count(); shard++) {
            BlockPool pool = new BlockPool(cut.size(shard));
            pool.moments(moments);
            pools.add(pool);
        }
        for (int row = 0; row < before.rows(); row++) {
            int shard = before.of(row);
            pool(row).take(local(row), old.get(shard), row - before.first(shard));
        }
    }

    @Override
    public void swap(int column, int other) {
        for (BlockPool pool : pools) {
            for (int row = 0; row < pool.rows(); row++) {
                pool.swap(row, Math.min(column, other), Math.max(column, other));
            }
        }
    }

    private BlockPool pool(int row) {
        return pools.get(shards.of(row));
    }

    private int local(int row) {
        return row - shards.first(shards.of(row));
    }

    @Override
    public long nnz() {
        long nnz = 0;
        for (BlockPool pool : pools) {
            for (int row = 0; row < pool.rows(); row++) {
                nnz += visible(pool, row);
            }
        }
        return nnz;
    }

    /** Entries of a row whose columns are not frozen. */
    private int visible(BlockPool pool, int row) {
        int length = pool.length(row);
        if (columns < most) {
            int start = pool.start(row);
            while (length > 0 && pool.columns()[start + length - 1] >= columns) {
                length--;
            }
        }
        return length;
    }

    @Override
    public long bytes() {
        return pools.stream().mapToLong(BlockPool::bytes).sum();
    }

    @Override
    public int moments() {
        return moments;
    }

    @Override
    public void moments(int count) {
        moments = count;
        pools.forEach(pool -> pool.moments(count));
    }

    @Override
    public void view(int row, View view) {
        BlockPool pool = pool(row);
        int local = local(row);
        view.values = pool.values();
        view.first = pool.first();
        view.second = pool.second();
        view.columns = pool.columns();
        view.offset = pool.start(local);
        view.length = visible(pool, local);
    }

    @Override
    public void carry(String name, StateCarrier state) {
        columns = (int) state.number(name + ".columns", columns);
        most = (int) state.number(name + ".most", most);
        for (int shard = 0; shard < pools.size(); shard++) {
            pools.get(shard).carry(name + "." + shard, state);
        }
    }

    @Override
    public void tidy(int row) {
        pool(row).compact(local(row));
    }

    @Override
    public void insert(int row, int[] newColumns, float[] newValues, int count) {
        pool(row).insert(local(row), newColumns, newValues, count);
    }

    @Override
    public void addRow(int row, float weight, float[] into, int offset) {
        BlockPool pool = pool(row);
        int local = local(row);
        float[] values = pool.values();
        char[] places = pool.columns();
        int from = pool.start(local);
        int end = from + visible(pool, local);
        for (int i = from; i < end; i++) {
            into[offset + places[i]] += weight * values[i];
        }
    }
}
