package dev.longtail.model;

import dev.longtail.config.Require;
import dev.longtail.matrix.Parameters;
import dev.longtail.matrix.Tensor;
import dev.longtail.parallel.RandomStream;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingSet;
import dev.longtail.rating.SeenItems;
import dev.longtail.table.InputTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ratings by matrix factorisation with biases (Koren, Bell and Volinsky, Computer 2009):
 *
 * <pre>
 *   score(u, i) = mean + userBias[u] + itemBias[i] + &lt;U[u], I[i]&gt;
 * </pre>
 *
 * where the vectors U[u] and I[i] come from tables of any kind. Bias and vector of a user or an item that is
 * {@link Ids#UNKNOWN} are 0.
 */
public final class RatingModel implements Parameters {

    private static final String USERS = "users";
    private static final String ITEMS = "items";

    private final RatingModelConfig config;
    private Ids users;
    private Items items;
    private final InputTable userTable;
    private final InputTable itemTable;
    private float[] userBias;
    private float[] itemBias;
    private final float[] range = new float[3]; // mean, lowest and highest training rating
    private Optional<SeenItems> seen = Optional.empty();

    /** A model of zeros. */
    public RatingModel(RatingModelConfig config, Ids users, Items items) {
        Require.that(users.size() > 0 && items.size() > 0, "users and items", "at least one each", users.size());
        this.config = config;
        this.users = users;
        this.items = items;
        this.userTable = config.users().newTable(users.counts(), USERS);
        this.itemTable = config.items().newTable(items.ids().counts(), ITEMS);
        this.userBias = new float[config.biases() ? users.size() : 0];
        this.itemBias = new float[config.biases() ? items.size() : 0];
    }

    public RatingModelConfig config() {
        return config;
    }

    public Ids users() {
        return users;
    }

    public Items items() {
        return items;
    }

    /** The vectors of the users. */
    public InputTable userTable() {
        return userTable;
    }

    /** The vectors of the items. */
    public InputTable itemTable() {
        return itemTable;
    }

    /** Biases of the users, the live array; empty where there are none. */
    public float[] userBias() {
        return userBias;
    }

    /** Biases of the items, the live array; empty where there are none. */
    public float[] itemBias() {
        return itemBias;
    }

    /** Mean of the training ratings. */
    public float mean() {
        return range[0];
    }

    /** Lowest training rating. */
    public float lowest() {
        return range[1];
    }

    /** Highest training rating. */
    public float highest() {
        return range[2];
    }

    /** What users have rated in training, where the model keeps it. */
    public Optional<SeenItems> seen() {
        return seen;
    }

    /** Gives the model what users have rated, or takes it away. */
    public void seen(Optional<SeenItems> items) {
        this.seen = items;
    }

    /** Takes mean and range from the training ratings and draws the first vectors; biases start at 0. */
    public void initialise(RatingSet train, long seed) {
        range[0] = (float) train.mean();
        range[1] = train.lowest();
        range[2] = train.highest();
        Arrays.fill(userBias, 0);
        Arrays.fill(itemBias, 0);
        userTable.initialise(config.users().initialScale(), RandomStream.key(seed, 0, 1));
        itemTable.initialise(config.items().initialScale(), RandomStream.key(seed, 0, 2));
    }

    /**
     * Takes in users and items behind those that are there: their biases are 0, their vectors as tables start.
     *
     * @param allUsers those that are there first
     * @param allItems those that are there first
     * @throws IllegalStateException when there are new ones and their table cannot gain any
     */
    public void grow(Ids allUsers, Items allItems) {
        if (allUsers.size() > users.size()) {
            userTable.grow(allUsers.size());
        }
        if (allItems.size() > items.size()) {
            itemTable.grow(allItems.size());
        }
        users = allUsers;
        items = allItems;
        userBias = Arrays.copyOf(userBias, config.biases() ? users.size() : 0);
        itemBias = Arrays.copyOf(itemBias, config.biases() ? items.size() : 0);
    }

    /** Widens the range of ratings to those of a set as well. */
    public void widen(RatingSet ratings) {
        range[1] = Math.min(range[1], ratings.lowest());
        range[2] = Math.max(range[2], ratings.highest());
    }

    /** What all scores have in common with the bias of a user. */
    float base(int user) {
        return user < 0 || userBias.length == 0 ? range[0] : range[0] + userBias[user];
    }

    /** Bias of an item. */
    float bias(int item) {
        return item < 0 || itemBias.length == 0 ? 0 : itemBias[item];
    }

    /** A score as the rating that it predicts: kept within the range of the training ratings where settings say so. */
    public float rating(float score) {
        return config.clip() ? Math.max(range[1], Math.min(range[2], score)) : score;
    }

    /**
     * The score of one pair; for many, {@link RatingScorer} is made once.
     *
     * @param user number, or {@link Ids#UNKNOWN}
     * @param item number, or {@link Ids#UNKNOWN}
     */
    public float score(int user, int item) {
        float[] out = new float[1];
        try (Workers one = new Workers(1)) {
            new RatingScorer(this, 1).scores(new int[] {user}, new int[] {item}, 1, out, one);
        }
        return out[0];
    }

    /** How many numbers are learned and stored: tables and biases, without indices. */
    public long parameters() {
        return tableParameters() + userBias.length + itemBias.length;
    }

    /** Those of the two tables alone. */
    public long tableParameters() {
        return userTable.parameters() + itemTable.parameters();
    }

    @Override
    public List<Tensor> fixed() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(new Tensor.Floats("range", List.of((long) range.length), List.of(range)));
        if (config.biases()) {
            tensors.add(new Tensor.Floats("users.bias", List.of((long) userBias.length), List.of(userBias)));
            tensors.add(new Tensor.Floats("items.bias", List.of((long) itemBias.length), List.of(itemBias)));
        }
        tables(true).forEach(table -> tensors.addAll(table.tensors()));
        return tensors;
    }

    @Override
    public List<Tensor> changing() {
        return tables(false).flatMap(table -> table.tensors().stream()).toList();
    }

    @Override
    public void take(List<Tensor> changing) {
        tables(false).forEach(table -> {
            String prefix = table == userTable ? USERS : ITEMS;
            table.take(changing.stream()
                    .filter(tensor -> tensor.name().startsWith(prefix + "."))
                    .toList());
        });
    }

    private Stream<InputTable> tables(boolean fixed) {
        return Stream.of(userTable, itemTable).filter(table -> table.isFixed() == fixed);
    }

    /**
     * Checks what has been read from a file.
     *
     * @throws IllegalArgumentException when the range is none, or a table is wrong
     */
    public void check() {
        boolean finite = Float.isFinite(range[0]) && Float.isFinite(range[1]) && Float.isFinite(range[2]);
        Require.that(
                finite && range[1] <= range[0] && range[0] <= range[2],
                "range",
                "mean, lowest and highest rating",
                Arrays.toString(range));
        userTable.check();
        itemTable.check();
    }
}
