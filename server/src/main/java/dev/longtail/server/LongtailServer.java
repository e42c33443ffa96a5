package dev.longtail.server;

import dev.longtail.kernel.Vectors;
import dev.longtail.parallel.Aside;
import dev.longtail.server.serving.ModelFolders;
import dev.longtail.server.serving.ModelRegistry;
import dev.longtail.server.serving.SuggestPool;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Label models over HTTP: the plain API under {@code /v1/models}, Annif's under {@code /v1/projects}, the Open
 * Inference Protocol under {@code /v2}; openapi.yaml, which the server itself serves, describes all of it. A page for
 * people is at {@code /}.
 *
 * <p>Requests wait for a thread of {@link SuggestPool} on threads of Jetty, of which there are enough for all that may
 * compute and wait, and some more, so that health and metrics are answered however busy the server is.
 */
public final class LongtailServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LongtailServer.class);
    private static final int SPARE_THREADS = 16;

    /** That a connection may be idle beyond the time of a request, which then is answered and not cut off. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ServerConfig config;
    private final ModelRegistry models;
    private final SuggestPool pool;
    private final Telemetry telemetry;
    private final List<Route> routes;
    private final AtomicBoolean ready = new AtomicBoolean();
    private final Javalin javalin;
    private int port;

    private LongtailServer(
            ServerConfig config,
            ModelRegistry models,
            Optional<BearerToken> token,
            ReportFiles reports,
            RequestListener listener) {
        this.config = config;
        this.models = models;
        this.pool = new SuggestPool(models, config.threads(), config.queue());
        this.telemetry = new Telemetry(models, pool);
        Suggester suggester = new Suggester(config, models, pool);
        this.routes = new ArrayList<>(new PlainApi(suggester).routes());
        routes.addAll(new AnnifApi(suggester).routes());
        routes.addAll(new InferenceApi(suggester, ready::get).routes());
        routes.addAll(new ServiceApi(telemetry, ready::get).routes());
        routes.addAll(new ExplainApi(suggester).routes());
        routes.addAll(new CatalogApi(suggester).routes());
        routes.addAll(new ReportApi(suggester, reports).routes());
        routes.addAll(new LabelsApi(suggester).routes());
        routes.addAll(new FeedbackApi(suggester).routes());
        routes.addAll(new AnnifLearnApi(suggester).routes());
        routes.addAll(new FunctionsApi(config, routes, token.isPresent(), reports).routes());
        routes.addAll(new PageApi().routes());
        RequestListener both = request -> {
            telemetry.answered(request);
            listener.answered(request);
        };
        HttpFront front = new HttpFront(config, routes, token, both);
        this.javalin = Javalin.create(settings -> {
            configure(settings, both);
            front.configure(settings);
        });
    }

    /**
     * Reads the models and listens; returns when requests are answered.
     *
     * @param token that requests must show which change something; none to refuse them all
     * @param listener told of every request
     * @throws dev.longtail.format.ModelFormatException when a folder is no label model, or damaged
     * @throws dev.longtail.config.InputException when a model does not take texts, or the folders cannot be read
     * @throws IOException when the port is taken, or files cannot be read
     */
    public static LongtailServer start(
            ServerConfig config, ModelFolders folders, Optional<BearerToken> token, RequestListener listener)
            throws IOException {
        return start(config, folders, token, ReportFiles.NONE, listener);
    }

    /**
     * The same with pages about models.
     *
     * @param reports that the server shows to those who ask for them
     * @throws dev.longtail.config.InputException as the other, and when a report is of a model that is not served
     * @throws IOException as the other
     */
    public static LongtailServer start(
            ServerConfig config,
            ModelFolders folders,
            Optional<BearerToken> token,
            ReportFiles reports,
            RequestListener listener)
            throws IOException {
        ModelRegistry models = new ModelRegistry(folders, config.defaultLimit(), config.maxLimit());
        // meanwhile the classes of the web server are loaded, which takes about as long
        try (Aside<ModelRegistry> loading = Aside.begin("longtail-load", models::load)) {
            LongtailServer server = new LongtailServer(config, models, token, reports, listener);
            try {
                server.javalin.jettyServer().server(); // made now, while the models are read; it listens later
                LOG.debug("kernels of this machine: {}", Vectors.name()); // their classes are loaded for that
                reports.requireModels(loading.get().names());
                server.listen();
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        }
    }

    private void listen() throws IOException {
        telemetry.add(models);
        try {
            javalin.start();
        } catch (UncheckedIOException e) {
            throw new IOException(
                    "cannot listen on " + config.host() + ", port " + config.port()
                            + ": is the port taken, or the address not one of this machine's?",
                    e);
        }
        port = javalin.port();
        ready.set(true);
    }

    private void configure(JavalinConfig settings, RequestListener listener) {
        settings.startup.showJavalinBanner = false;
        settings.startup.showOldJavalinVersionWarning = false;
        settings.startup.startupWatcherEnabled = false;
        QueuedThreadPool threads = new QueuedThreadPool(config.threads() + config.queue() + SPARE_THREADS, 4);
        threads.setName("longtail-http");
        settings.jetty.threadPool = threads;
        settings.jetty.modifyServer(server -> {
            server.setErrorHandler(new JettyErrors(listener));
            server.insertHandler(new GracefulHandler());
            server.setStopTimeout(config.grace().toMillis());
        });
        settings.jetty.modifyHttpConfiguration(http -> {
            http.setUriCompliance(UriCompliance.DEFAULT); // no %2F or .. in a path
            http.setSendServerVersion(false);
        });
        settings.jetty.addConnector(this::connector);
    }

    private ServerConnector connector(Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(config.timeout().plus(IDLE).toMillis());
        try {
            connector.open(); // here and not with the rest, so that a port that is taken is this one error
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    /** Port that is listened on. */
    public int port() {
        return port;
    }

    /** Where the server is reached. */
    public URI address() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + port);
    }

    /** The models that are served. */
    public ModelRegistry models() {
        return models;
    }

    SuggestPool pool() {
        return pool;
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Takes no more requests, lets those that run end, for as long as the settings say, and stops. */
    @Override
    public void close() {
        ready.set(false);
        try {
            javalin.stop();
        } catch (RuntimeException e) {
            LOG.warn("some requests had not ended when the time was over: {}", e.getMessage());
        }
        pool.close();
        models.close();
        telemetry.close();
    }
}
