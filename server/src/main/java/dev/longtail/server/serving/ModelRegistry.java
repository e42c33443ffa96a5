package dev.longtail.server.serving;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The models that are served, by name. The names are fixed when it is made; what is behind a name can be exchanged
 * while questions are answered: those that have begun end with the old model, which is closed after the last of them.
 */
public final class ModelRegistry implements AutoCloseable {

    private final ModelFolders folders;
    private final int usual;
    private final int most;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Where the model of a name is. One reload at a time. */
    private static final class Place {

        private final ReentrantLock reloading = new ReentrantLock();
        private volatile ServedModel current;

        Place(ServedModel current) {
            this.current = current;
        }
    }

    /**
     * A registry that holds no model before {@link #load}.
     *
     * @param usual suggestions that most requests ask for, at least 1; those that ask for more cost more
     * @param most suggestions for a text
     */
    public ModelRegistry(ModelFolders folders, int usual, int most) {
        this.folders = folders;
        this.usual = usual;
        this.most = most;
    }

    /**
     * Reads all models, once, before anything else is asked.
     *
     * @throws dev.longtail.format.ModelFormatException when a folder is no label model, or damaged
     * @throws InputException when a model does not take texts, or the folders cannot be read
     */
    public void load() throws IOException {
        for (ModelSource source : folders.read()) {
            places.put(source.name(), new Place(read(source, 1)));
        }
    }

    private ServedModel read(ModelSource source, int generation) throws IOException {
        ServedModel model =
                ServedModel.load(source, generation, new ServedModel.Width(usual, most), open::decrementAndGet);
        open.incrementAndGet();
        return model;
    }

    /** Names in the order in which they were given. */
    public List<String> names() {
        return List.copyOf(places.keySet());
    }

    /** Whether a model has this name. */
    public boolean has(String name) {
        return places.containsKey(name);
    }

    /**
     * The model behind a name now.
     *
     * @throws IllegalArgumentException when no model has the name
     */
    public ModelFacts facts(String name) {
        return place(name).current.facts();
    }

    /** All models as they are now. */
    public List<ModelFacts> facts() {
        List<ModelFacts> facts = new ArrayList<>();
        places.values().forEach(place -> facts.add(place.current.facts()));
        return facts;
    }

    /** Models in memory: one a name, and old ones that still answer questions. */
    public int open() {
        return open.get();
    }

    /**
     * Reads the folder of a name anew, or the folder that the name has by now, and lets the new model answer from then
     * on. Both are in memory for a while. When reading fails, the old model stays.
     *
     * @throws IOException when the folder cannot be read, as {@link #load}
     * @throws InputException as {@link #load}, or when the name has no folder any more
     * @throws IllegalStateException when the model is being reloaded already
     * @throws IllegalArgumentException when no model has the name
     */
    public ModelFacts reload(String name) throws IOException {
        Place place = place(name);
        if (!place.reloading.tryLock()) {
            throw new IllegalStateException(name + " is being reloaded");
        }
        try {
            ModelSource source = folders.read().stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new InputException("models", 0, "no folder is given for " + name + " any more"));
            ServedModel fresh = read(source, place.current.facts().generation() + 1);
            ServedModel old = place.current;
            place.current = fresh;
            old.release();
            return fresh.facts();
        } finally {
            place.reloading.unlock();
        }
    }

    /** The model of a name with the caller counted as a user; it must be released. */
    ServedModel acquire(String name) {
        Place place = place(name);
        ServedModel model = place.current;
        while (!model.acquire()) {
            model = place.current; // closed in between, so there is a new one
        }
        return model;
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no model has the name " + name);
        }
        return place;
    }

    /** Lets go of all models; nobody may ask them from now on. */
    @Override
    public void close() {
        places.values().forEach(place -> place.current.release());
    }
}
