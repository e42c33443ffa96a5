package dev.longtail.tune;

import dev.longtail.config.Settings;
import dev.longtail.parallel.RandomStream;
import dev.longtail.train.LabelConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Settings to start from and the dimensions along which others are drawn. Settings that do not go together, a fan-in
 * above the hidden units say, are drawn anew.
 */
public final class SearchSpace {

    /** Apart from the streams of training, see {@link RandomStream}. */
    private static final long DRAWS = -3;

    private static final int ATTEMPTS = 100;

    private final LabelConfig start;
    private final List<Dimension> dimensions;

    private SearchSpace(LabelConfig start, List<Dimension> dimensions) {
        this.start = start;
        this.dimensions = List.copyOf(dimensions);
    }

    /**
     * A space whose every value is possible together with some values of the other dimensions.
     *
     * @param asked dimensions that were asked for
     * @param usual dimensions added to them; values that are impossible are left out, and so are settings in
     *     {@code asked}
     * @throws IllegalArgumentException when a value that was asked for is of the wrong type, out of bounds or goes
     *     together with nothing else in the space, when a setting was asked for twice, or when there is none to search
     */
    public static SearchSpace of(LabelConfig start, List<Dimension> asked, List<Dimension> usual) {
        Map<String, Dimension> byPath = new LinkedHashMap<>();
        for (Dimension dimension : asked) {
            if (byPath.put(dimension.path(), dimension) != null) {
                throw new IllegalArgumentException(dimension.path() + " is to be searched twice; give it once");
            }
        }
        usual.forEach(dimension -> byPath.putIfAbsent(dimension.path(), dimension));
        SearchSpace all = new SearchSpace(start, List.copyOf(byPath.values()));
        List<Dimension> possible = new ArrayList<>();
        for (Dimension dimension : byPath.values()) {
            if (asked.contains(dimension)) {
                dimension.bounds().forEach(value -> all.requirePossible(dimension, value));
                possible.add(dimension);
            } else {
                all.possible(dimension).ifPresent(possible::add);
            }
        }
        if (possible.isEmpty()) {
            throw new IllegalArgumentException("there is no setting to search; name some with --tune-settings");
        }
        return new SearchSpace(start, possible);
    }

    /** What is searched. */
    public List<Dimension> dimensions() {
        return dimensions;
    }

    /**
     * A new draw of candidates. The n-th depends on the space, the seed and n alone; none comes twice.
     */
    public Draw draw(long seed) {
        return new Draw(seed);
    }

    /** Candidates in the order in which they are drawn. */
    public final class Draw {

        private final long seed;
        private final Set<Map<String, String>> seen = new HashSet<>(Set.of(Map.of()));
        private int number;

        private Draw(long seed) {
            this.seed = RandomStream.key(seed, DRAWS, 0);
        }

        /** The settings that the search starts from, number 0. */
        public Candidate start() {
            return new Candidate(0, Map.of(), start);
        }

        /** The next candidate, from number 1 on; empty when the space holds no other, as far as drawing can tell. */
        public Optional<Candidate> next() {
            number++;
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Map<String, String> values = values(RandomStream.of(seed, number, attempt));
                Optional<LabelConfig> config = config(values);
                if (config.isPresent()) {
                    Map<String, String> changes = changes(config.get());
                    if (seen.add(changes)) {
                        return Optional.of(new Candidate(number, changes, config.get()));
                    }
                }
            }
            return Optional.empty();
        }
    }

    // Where to start from is a good guess. Half of the settings, on average, stay: a candidate that is far off in every
    // dimension at once is hardly ever better, and few dimensions matter (Bergstra and Bengio, JMLR 2012).
    private Map<String, String> values(SplittableRandom random) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Dimension dimension : dimensions) {
            String value = dimension.draw(random);
            if (random.nextBoolean()) {
                values.put(dimension.path(), value);
            }
        }
        return values;
    }

    private Optional<LabelConfig> config(Map<String, String> values) {
        try {
            return Optional.of(Settings.override(start, values));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Read back from the settings, so that 0.10 is the same as 0.1. */
    private Map<String, String> changes(LabelConfig config) {
        Map<String, String> before = texts(start);
        Map<String, String> now = texts(config);
        Map<String, String> changes = new LinkedHashMap<>();
        for (Dimension dimension : dimensions) {
            String text = String.valueOf(now.get(dimension.path()));
            if (!text.equals(before.get(dimension.path()))) {
                changes.put(dimension.path(), text);
            }
        }
        return changes;
    }

    private static Map<String, String> texts(LabelConfig config) {
        return Settings.leaves(config).stream()
                .collect(Collectors.toMap(Settings.Leaf::path, Settings.Leaf::defaultText));
    }

    private void requirePossible(Dimension dimension, String value) {
        try {
            Settings.override(start, Map.of(dimension.path(), value));
        } catch (IllegalArgumentException e) {
            if (!isPossible(dimension, value)) {
                throw e; // what is wrong with the value beside the settings to start from
            }
        }
    }

    private Optional<Dimension> possible(Dimension dimension) {
        List<String> values = dimension.bounds().stream()
                .filter(value -> isPossible(dimension, value))
                .toList();
        if (values.size() == dimension.bounds().size()) {
            return Optional.of(dimension);
        }
        return dimension instanceof Dimension.Choices && values.size() >= 2
                ? Optional.of(new Dimension.Choices(dimension.path(), values))
                : Optional.empty();
    }

    private boolean isPossible(Dimension dimension, String value) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<String, String> values = attempt == 0 ? new LinkedHashMap<>() : values(RandomStream.of(0, 0, attempt));
            values.put(dimension.path(), value);
            if (config(values).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
