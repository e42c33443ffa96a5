package dev.longtail.server.serving;

import dev.longtail.config.InputException;
import dev.longtail.data.RawExample;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.explain.Explainer;
import dev.longtail.explain.Explanation;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.living.LivingModel;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import dev.longtail.predict.Suggestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model in memory with its predictors. It counts who uses it: the registry, as long as it is the one behind its name,
 * and every question that is being answered; when the last of them lets go it is closed. A predictor is for one caller
 * at a time, so there are as many as questions are answered at once.
 */
final class ServedModel {

    /** Texts between two looks at whether anybody still waits: as many as a predictor takes at once. */
    private static final int CHUNK = 64;

    private final ModelFacts facts;
    private final LabelModel model;
    private final Width width;
    private final Runnable closed;
    private final ConcurrentLinkedDeque<Seat> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger users = new AtomicInteger(1);
    /** Made when somebody asks, which most do not; two who ask at once make the same. */
    private volatile @Nullable LabelCatalog catalog;

    private volatile @Nullable List<AnchorEnd> anchors;

    /**
     * Suggestions for a text. A predictor finds and scores as many labels as it is made for, whatever is asked of it,
     * so the usual request gets a narrow one.
     *
     * @param usual that most requests ask for
     * @param most that any may ask for
     */
    record Width(int usual, int most) {}

    /**
     * Where a model comes from.
     *
     * @param generation how many models the name has had, this one included
     * @param start when reading or changing it began, by {@link System#nanoTime}
     */
    record Loading(ModelSource source, int generation, long start) {}

    /** Predictors for one thread at a time, on that thread alone, since questions share the processors. */
    private static final class Seat implements AutoCloseable {

        private final Workers workers = new Workers(1);
        private final LabelModel model;
        private final Width width;
        private @Nullable Predictor narrow;
        private @Nullable Predictor wide;
        private @Nullable Explainer explainer;
        private int explained;

        Seat(LabelModel model, Width width) {
            this.model = model;
            this.width = width;
        }

        Predictor predictor(int limit) {
            boolean usual = limit <= width.usual;
            Predictor made = usual ? narrow : wide;
            if (made == null) {
                made = new Predictor(model, usual ? width.usual : width.most, workers);
                narrow = usual ? made : narrow;
                wide = usual ? wide : made;
            }
            return made;
        }

        /** @param top labels that count as suggested */
        Explainer explainer(int top) {
            Explainer made = explainer;
            if (made == null || explained != top) {
                made = new Explainer(model, top, ExplainQuestion.MISSING_WORDS, workers);
                explainer = made;
                explained = top;
            }
            return made;
        }

        @Override
        public void close() {
            workers.close();
        }
    }

    private ServedModel(ModelFacts facts, LabelModel model, Width width, Runnable closed) {
        this.facts = facts;
        this.model = model;
        this.width = width;
        this.closed = closed;
    }

    /**
     * Serves a model as it is now and answers a first question, so that a model that cannot answer is never served.
     *
     * @param closed called once, when nobody uses the model any more
     * @throws InputException when the model does not take texts
     */
    static ServedModel of(Loading loading, LivingModel living, Width width, Runnable closed) {
        ModelSource source = loading.source;
        LabelModelFolder.Stored stored = living.stored();
        LabelModel model = stored.model();
        if (!(model.features() instanceof TextFeatureSpace)) {
            throw new InputException(
                    source.folder().toString(), 0, "is a model of numbered features; only models of texts are served");
        }
        ModelFacts facts = new ModelFacts(
                source.name(),
                loading.generation,
                model.labels().size(),
                model.trainExamples(),
                model.calibration().isPresent(),
                stored.bytes(),
                stored.manifest().path("created").asString(""),
                Instant.now(),
                (System.nanoTime() - loading.start) / 1e9);
        ServedModel served = new ServedModel(facts, model, width, closed);
        served.suggest(List.of("a first text"), 1, () -> false);
        return served;
    }

    LabelModel model() {
        return model;
    }

    ModelFacts facts() {
        return facts;
    }

    /** Counts one more user; false when the model is closed, because its name has a new one. */
    boolean acquire() {
        int count = users.get();
        while (count > 0) {
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
            count = users.get();
        }
        return false;
    }

    /** Lets go; the last one closes. */
    void release() {
        if (users.decrementAndGet() == 0) {
            for (Seat seat = idle.poll(); seat != null; seat = idle.poll()) {
                seat.close();
            }
            closed.run();
        }
    }

    /**
     * Suggestions for each text, best first.
     *
     * @param limit suggestions for a text, at most those that the model was loaded for
     * @param abandoned whether nobody waits for the answer any more
     * @throws CancellationException when the answer was abandoned
     */
    List<List<Suggestion>> suggest(List<String> texts, int limit, BooleanSupplier abandoned) {
        Seat seat = seat();
        Predictor predictor = seat.predictor(limit);
        List<List<Suggestion>> suggestions = new ArrayList<>(texts.size());
        if (texts.size() == 1) {
            suggestions.add(first(predictor.suggest(texts.get(0)), limit));
        } else {
            for (int from = 0; from < texts.size(); from += CHUNK) {
                giveUpIf(abandoned, seat);
                List<RawExample> chunk = texts.subList(from, Math.min(texts.size(), from + CHUNK)).stream()
                        .map(text -> new RawExample().setText(text))
                        .toList();
                predictor.suggest(chunk).forEach(found -> suggestions.add(first(found, limit)));
            }
        }
        idle.push(seat); // not where the predictor threw: its scratch may be anything
        return suggestions;
    }

    private Seat seat() {
        @Nullable Seat free = idle.poll();
        return free == null ? new Seat(model, width) : free;
    }

    private void giveUpIf(BooleanSupplier abandoned, Seat seat) {
        if (abandoned.getAsBoolean()) {
            idle.push(seat);
            throw new CancellationException("nobody waits for the answer");
        }
    }

    /**
     * Explanations, one after the other, so that only one of them is in memory, whatever the text is.
     *
     * @param taken makes of each what is kept of it
     * @param abandoned whether nobody waits for the answer any more
     * @return empty when the text holds nothing that the model knows
     * @throws NoSuchElementException when the model has not one of the labels
     * @throws CancellationException when the answer was abandoned
     */
    <T> List<T> explain(ExplainQuestion question, Function<Explanation, T> taken, BooleanSupplier abandoned) {
        List<Integer> labels = new ArrayList<>(
                question.labels().stream().map(id -> catalog().number(id)).toList());
        Seat seat = seat();
        if (labels.isEmpty()) {
            int limit = Math.min(question.top(), ExplainQuestion.MOST_LABELS);
            for (Suggestion suggestion : first(seat.predictor(limit).suggest(question.text()), limit)) {
                labels.add(model.labels().indexOf(suggestion.id()));
            }
        }
        Explainer explainer = seat.explainer(question.top());
        RawExample example = new RawExample().setText(question.text());
        List<T> kept = new ArrayList<>();
        for (int label : labels) {
            giveUpIf(abandoned, seat);
            explainer.explain(example, List.of(label)).forEach(explanation -> kept.add(taken.apply(explanation)));
        }
        idle.push(seat);
        return kept;
    }

    /** The labels, for those who look for one. */
    LabelCatalog catalog() {
        LabelCatalog made = catalog;
        if (made == null) {
            made = new LabelCatalog(model.labels());
            catalog = made;
        }
        return made;
    }

    /** The anchor tables. */
    List<AnchorEnd> anchors() {
        List<AnchorEnd> made = anchors;
        if (made == null) {
            made = AnchorEnd.of(model);
            anchors = made;
        }
        return made;
    }

    private static List<Suggestion> first(List<Suggestion> found, int limit) {
        return found.size() <= limit ? found : found.subList(0, limit);
    }
}
