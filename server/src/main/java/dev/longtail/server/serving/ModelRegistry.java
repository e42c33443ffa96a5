package dev.longtail.server.serving;

import dev.longtail.config.InputException;
import dev.longtail.living.LivingModel;
import dev.longtail.parallel.Workers;
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
    /** One that computes on the caller's thread. */
    private final Workers changing = new Workers(1);

    /** Where the model of a name is. One reload or change at a time. */
    private static final class Place {

        private final ReentrantLock reloading = new ReentrantLock();
        private volatile Behind behind;

        Place(Behind behind) {
            this.behind = behind;
        }
    }

    /** What is behind a name: the model that changes, and the one that answers, which does not. */
    private record Behind(ModelSource source, LivingModel living, ServedModel served) {}

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
     * Reads all models, once, before anything else is asked, and returns this registry.
     *
     * @throws dev.longtail.format.ModelFormatException when a folder is no label model, or damaged
     * @throws InputException when a model does not take texts, or the folders cannot be read
     */
    public ModelRegistry load() throws IOException {
        for (ModelSource source : folders.read()) {
            places.put(source.name(), new Place(read(source, 1)));
        }
        return this;
    }

    private Behind read(ModelSource source, int generation) throws IOException {
        long start = System.nanoTime();
        return serve(source, LivingModel.open(source.folder(), changing), generation, start);
    }

    private Behind serve(ModelSource source, LivingModel living, int generation, long start) {
        ServedModel served = ServedModel.of(
                new ServedModel.Loading(source, generation, start),
                living,
                new ServedModel.Width(usual, most),
                open::decrementAndGet);
        open.incrementAndGet();
        return new Behind(source, living, served);
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
        return place(name).behind.served.facts();
    }

    /** All models as they are now. */
    public List<ModelFacts> facts() {
        List<ModelFacts> facts = new ArrayList<>();
        places.values().forEach(place -> facts.add(place.behind.served.facts()));
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
            return exchange(place, read(source, generation(place) + 1));
        } finally {
            place.reloading.unlock();
        }
    }

    /**
     * Changes the model of a name, on disk and in memory, one change after the other. Questions that have begun end
     * with the model as it was, later ones have it as it is when this returns; none sees a half of the change.
     *
     * @throws IllegalArgumentException when no model has the name, or as the change says
     * @throws IOException when the change failed; the model stays as it was
     */
    public <T> T change(String name, ModelChange<T> change) throws IOException {
        Place place = place(name);
        place.reloading.lock();
        try {
            long start = System.nanoTime();
            Behind before = place.behind;
            T told = change.make(before.living);
            if (before.living.model() != before.served.model()) {
                exchange(place, serve(before.source, before.living, generation(place) + 1, start));
            }
            return told;
        } finally {
            place.reloading.unlock();
        }
    }

    private static int generation(Place place) {
        return place.behind.served.facts().generation();
    }

    private static ModelFacts exchange(Place place, Behind fresh) {
        ServedModel old = place.behind.served;
        place.behind = fresh;
        old.release();
        return fresh.served.facts();
    }

    /** The model of a name with the caller counted as a user; it must be released. */
    ServedModel acquire(String name) {
        Place place = place(name);
        ServedModel model = place.behind.served;
        while (!model.acquire()) {
            model = place.behind.served; // closed in between, so there is a new one
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
        places.values().forEach(place -> place.behind.served.release());
        changing.close();
    }
}
