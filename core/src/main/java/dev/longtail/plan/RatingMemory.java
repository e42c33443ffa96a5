package dev.longtail.plan;

import dev.longtail.model.RatingModelConfig;
import dev.longtail.table.TableConfig;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingTrainConfig;
import java.util.EnumMap;
import java.util.Map;

/**
 * The memory of the training of a rating model: the arrays that are alive in each phase of
 * {@link dev.longtail.rating.RatingData#read} and {@link dev.longtail.train.RatingTrainer}, and when the model is
 * written.
 */
final class RatingMemory {

    /** User, item and rating of a line while files are read. */
    private static final long LINE = 3L * Integer.BYTES;

    /** Numbers for each user and item by which they are ordered. */
    private static final long ORDERING = 5L * Integer.BYTES;

    /** Identifiers stand in pages, of which the last one is not full. */
    private static final long PAGE = 1L << 16;

    /** Anchors that a row's numbers are padded to, in arrays of a step. */
    private static final int PAD = 16;

    /** Arrays of a step, beside those that grow with a batch. */
    private static final long SCRATCH = 1L << 20;

    private final RatingConfig config;
    private final RatingShape data;
    private final RatingSizes sizes;
    private final int threads;
    private final Map<Phase, Map<Part, Long>> phases = new EnumMap<>(Phase.class);

    RatingMemory(RatingConfig config, RatingShape data, RatingSizes sizes, int threads) {
        this.config = config;
        this.data = data;
        this.sizes = sizes;
        this.threads = threads;
    }

    /** Arrays that are alive in each phase, without the Java machine. */
    MemoryPlan alive() {
        reading();
        learning();
        writing();
        return new MemoryPlan(phases);
    }

    private void reading() {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        long lines = (long) data.ratings() + data.heldOut();
        // Columns are made one after the other, and the lines' numbers go when theirs is made.
        long columns = (long) data.bytesEach() * data.heldOut() + data.bytesEach() / 2L * data.ratings();
        parts.put(Part.RATINGS, LINE * lines + Math.max(data.timed() ? Long.BYTES * lines : 0, columns));
        parts.put(Part.IDENTIFIERS, read(data.users()) + read(data.items()) + identifiers());
        phases.put(Phase.READING, parts);
    }

    /** A table that grows, which the one of ordered identifiers is made from; pages are those of the latter. */
    private static long read(RatingShape.Objects objects) {
        return Integer.BYTES * (HeapSizes.grown(objects.count()) + HeapSizes.slots(objects.count()))
                + ORDERING * objects.count();
    }

    private long identifiers() {
        long names = data.names() == 0 ? 0 : HeapSizes.strings(data.items().count(), data.names());
        return held(data.users()) + held(data.items()) + names;
    }

    private static long held(RatingShape.Objects objects) {
        long pages = objects.idBytes() + objects.count() + PAGE;
        return pages + Integer.BYTES * (2L * objects.count() + HeapSizes.slots(objects.count()));
    }

    /** What is there from the end of reading to the end of the run. */
    private Map<Part, Long> resident(Phase phase) {
        Map<Part, Long> parts = new EnumMap<>(Part.class);
        parts.put(Part.RATINGS, (long) data.bytesEach() * ((long) data.ratings() + data.validation()));
        parts.put(Part.IDENTIFIERS, identifiers());
        parts.put(Part.USER_TABLE, sizes.users());
        parts.put(Part.ITEM_TABLE, sizes.items());
        phases.put(phase, parts);
        return parts;
    }

    private void learning() {
        Map<Part, Long> parts = resident(Phase.LEARNING);
        parts.put(Part.CHECKPOINT, CheckpointBytes.BUFFER + sizes.copies());
        RatingModelConfig model = config.model();
        if (config.train().solver() == RatingTrainConfig.Solver.VARIATIONAL) {
            parts.put(Part.BELIEFS, beliefs(model.dimension()));
            parts.put(Part.SCRATCH, threads * (solving(model.users()) + solving(model.items())) + SCRATCH);
            return;
        }
        parts.put(Part.USER_TABLE, sizes.mostUsers());
        parts.put(Part.ITEM_TABLE, sizes.mostItems());
        parts.put(Part.OPTIMIZER_STATE, sizes.rules());
        long objects = (long) data.users().count() + data.items().count();
        parts.put(Part.SCRATCH, SCRATCH + stepping(model) + Integer.BYTES * objects);
    }

    /** Arrays that grow with a batch, for each side and rating; and batches themselves, this one and the next. */
    private long stepping(RatingModelConfig model) {
        // an error; each object's number, times and place; its bias and the sum of its gradients; a sparse batch
        long side = 1 + 3 + 2 + 3 + 2L * model.dimension();
        long numbers = 2 * side + mixing(model.users()) + mixing(model.items()) + 2L * 3;
        return config.train().batch() * Float.BYTES * numbers;
    }

    /** Coefficients of a row of a batch, their gradients, and a copy with two moments of each. */
    private static long mixing(TableConfig table) {
        int anchors = table.kind() == TableConfig.Kind.ANCHORS ? table.anchors().count() : 0;
        return 5L * ((anchors + PAD - 1) / PAD * PAD);
    }

    private long beliefs(int dimension) {
        int users = data.users().count();
        int items = data.items().count();
        // of each order of the ratings: the rating, and either the item or the user
        long ordered = (long) (data.bytesEach() + data.ratingBytes()) * data.ratings();
        long starts = Integer.BYTES * (users + items + (long) Math.max(users, items)); // one is copied while it is made
        return RatingSizes.beliefs(users, items, dimension) + ordered + starts;
    }

    /** What a row is solved in: anchors and the equations of its weights. */
    private static long solving(TableConfig table) {
        long width = table.kind() == TableConfig.Kind.ANCHORS ? table.anchors().count() : 0;
        return Double.BYTES * (width * table.dimension() + (width + 1) * (width + 1));
    }

    private void writing() {
        Map<Part, Long> parts = resident(Phase.WRITING);
        if (config.data().keepSeen()) {
            long starts = 3L * Integer.BYTES * data.users().count();
            long narrow = isNarrow(data) ? (long) Character.BYTES * data.ratings() : 0;
            parts.put(Part.SEEN_ITEMS, starts + (long) Integer.BYTES * data.ratings() + narrow);
        }
    }

    /** Whether the number of an item takes two bytes in a file. */
    static boolean isNarrow(RatingShape data) {
        return data.items().count() <= 1 << Character.SIZE;
    }
}
