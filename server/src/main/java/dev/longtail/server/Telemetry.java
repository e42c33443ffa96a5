package dev.longtail.server;

import dev.longtail.server.serving.ModelFacts;
import dev.longtail.server.serving.ModelRegistry;
import dev.longtail.server.serving.SuggestPool;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Figures for Prometheus. Labels of figures come from fixed sets only (routes, statuses, names of models), so that
 * requests cannot make their number grow.
 */
final class Telemetry implements RequestListener, AutoCloseable {

    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] BUCKETS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();
    private final Map<String, Counter> texts = new ConcurrentHashMap<>();
    private final Map<String, Counter> suggestions = new ConcurrentHashMap<>();

    Telemetry(ModelRegistry models, SuggestPool pool) {
        new JvmMemoryMetrics().bindTo(registry);
        gauge("longtail.queue.length", "requests that wait for a thread", pool, SuggestPool::waiting);
        gauge("longtail.queue.capacity", "requests that may wait for a thread", pool, SuggestPool::capacity);
        gauge("longtail.threads.busy", "threads that compute suggestions now", pool, SuggestPool::busy);
        gauge("longtail.threads", "threads that compute suggestions at most", pool, SuggestPool::threads);
        gauge(
                "longtail.models.open",
                "models in memory, old ones that still answer included",
                models,
                registered -> registered.open());
    }

    /** Adds the figures of each model. */
    void add(ModelRegistry models) {
        for (String name : models.names()) {
            model(
                    models,
                    name,
                    "longtail.model.loaded.seconds",
                    "when the model was read, seconds since 1970",
                    facts -> facts.loaded().toEpochMilli() / 1e3);
            model(models, name, "longtail.model.load.duration.seconds", "what reading took", ModelFacts::loadSeconds);
            model(models, name, "longtail.model.generation", "how often the name was loaded", ModelFacts::generation);
            model(models, name, "longtail.model.labels", "labels of the model", ModelFacts::labels);
        }
    }

    private <T> void gauge(String name, String meaning, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value).description(meaning).register(registry);
    }

    private void model(
            ModelRegistry models, String name, String figure, String meaning, ToDoubleFunction<ModelFacts> value) {
        Gauge.builder(figure, models, registered -> value.applyAsDouble(registered.facts(name)))
                .description(meaning)
                .tag("model", name)
                .register(registry);
    }

    @Override
    public void answered(AnsweredRequest request) {
        String status = Integer.toString(request.status());
        timers.computeIfAbsent(request.route() + " " + status, key -> timer(request.route(), status))
                .record(Duration.ofNanos(Math.round(request.seconds() * 1e9)));
        if (!request.model().isEmpty()) {
            count(texts, "longtail.texts", "texts that were answered", request.model())
                    .increment(request.texts());
            count(suggestions, "longtail.suggestions", "suggestions that were given", request.model())
                    .increment(request.suggestions());
        }
    }

    private Timer timer(String route, String status) {
        return Timer.builder("longtail.requests")
                .description("requests by route and status")
                .tag("route", route)
                .tag("status", status)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter count(Map<String, Counter> counters, String name, String meaning, String model) {
        return counters.computeIfAbsent(
                model,
                key -> Counter.builder(name)
                        .description(meaning)
                        .tag("model", key)
                        .register(registry));
    }

    /** All figures as text. */
    String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        registry.close();
    }
}
