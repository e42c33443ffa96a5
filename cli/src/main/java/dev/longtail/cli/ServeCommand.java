package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.server.BearerToken;
import dev.longtail.server.LongtailServer;
import dev.longtail.server.ReportFiles;
import dev.longtail.server.RequestListener;
import dev.longtail.server.ServerConfig;
import dev.longtail.server.serving.ModelFolders;
import dev.longtail.server.serving.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "serve",
        description = "Answers requests for suggestions over HTTP until it is stopped.",
        footer = {
            "",
            "GET /openapi.yaml describes all addresses. The same models answer under /v1/models, under /v1/projects as",
            "Annif does, and under /v2 by the Open Inference Protocol; /health/ready and /metrics are for operators.",
            "At / is a page for people: suggestions, why, feedback, comparison, labels, reports, figures.",
            "The address is printed when requests are answered. Each request is told in a line of JSON on standard",
            "error, without its text.",
            "",
            "What changes something (POST /v1/models/NAME/reload) needs the header Authorization: Bearer TOKEN with",
            "the token in --token-file or in the variable LONGTAIL_TOKEN, and is refused when there is none.",
            "Everything else is open to all who reach the address; without --host these are programs on this machine.",
            "",
            "Examples:",
            "  longtail serve --model my-model",
            "  longtail serve --model en=models/english --model fi=models/finnish --port 9000",
            "  longtail serve --models models.txt --token-file token --host 0.0.0.0 --set maxTexts=200",
            "  curl -H 'Content-Type: application/json' -d '{\"text\":\"Birds of the northern forests\"}' \\",
            "      http://127.0.0.1:8080/v1/models/my-model/suggest",
        })
final class ServeCommand implements Callable<Integer> {

    private static final String TOKEN_VARIABLE = "LONGTAIL_TOKEN";

    private final Console console;

    @Option(
            names = "--model",
            paramLabel = "[NAME=]DIR",
            description = "Folder of a model and the name it is served under, by default the last part of the folder;"
                    + " may be given several times.")
    private List<String> models = List.of();

    @Option(
            names = "--models",
            paramLabel = "F",
            description = "File with the models, in lines of NAME = DIR, in place of --model. It is read again at"
                    + " every reload, so that a name can move to another folder.")
    private @Nullable Path modelsFile;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on. Default: 127.0.0.1, which only this machine reaches.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "Port, 0 for any that is free. Default: 8080.")
    private @Nullable Integer port;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Requests that are computed at once. Default: as many as there are processors.")
    private @Nullable Integer threads;

    @Option(names = "--token-file", paramLabel = "F", description = "File that holds the token and nothing else.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description =
                    "Change a limit, for example maxTexts=200; may be given several times. --settings lists" + " them.")
    private List<String> changes = List.of();

    @Option(
            names = "--report",
            paramLabel = "NAME=FILE",
            description = "Page that longtail report has made of the model of that name, for the server's own page to"
                    + " show; may be given several times. The file may be made anew while the server runs.")
    private List<String> reports = List.of();

    @Option(names = "--settings", description = "List all limits with their values and meanings, and end.")
    private boolean listSettings;

    @Option(names = "--no-request-log", description = "Do not tell each request.")
    private boolean noRequestLog;

    @Option(names = "--json", description = "Print the address and the models as one JSON object.")
    private boolean json;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ServerConfig config = config();
        if (listSettings) {
            SettingOptions.list(config, console);
            return Failures.DONE;
        }
        ModelFolders folders = folders();
        Optional<BearerToken> token = token();
        ReportFiles pages = reports();
        int patience = (int) Math.ceil(config.graceSeconds()) + 5;
        return Interruption.guard(
                console, () -> "nothing was served", patience, () -> serve(config, folders, token, pages));
    }

    private ServerConfig config() {
        Map<String, String> values = SettingOptions.parse(changes);
        SettingOptions.put(values, "host", host);
        SettingOptions.put(values, "port", port);
        SettingOptions.put(values, "threads", threads);
        try {
            return Settings.override(ServerConfig.DEFAULT, values);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private ModelFolders folders() {
        if (models.isEmpty() == (modelsFile == null)) {
            throw new UsageException("give the models by --model [NAME=]DIR, or in a file by --models F");
        }
        if (modelsFile != null) {
            return ModelFolders.file(modelsFile);
        }
        try {
            return ModelFolders.of(models.stream().map(ModelSource::parse).toList());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--model: " + e.getMessage(), e);
        }
    }

    private Optional<BearerToken> token() throws IOException {
        if (tokenFile != null) {
            return Optional.of(BearerToken.read(tokenFile));
        }
        String variable = System.getenv(TOKEN_VARIABLE);
        return variable == null || variable.isEmpty()
                ? Optional.empty()
                : Optional.of(BearerToken.of(variable, "the variable " + TOKEN_VARIABLE));
    }

    private ReportFiles reports() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String report : reports) {
            int equals = report.indexOf('=');
            if (equals < 1 || equals == report.length() - 1) {
                throw new UsageException("--report takes NAME=FILE, got '" + report + "'");
            }
            if (files.put(report.substring(0, equals), Path.of(report.substring(equals + 1))) != null) {
                throw new UsageException("--report: two files for the model " + report.substring(0, equals));
            }
        }
        return ReportFiles.of(files);
    }

    private int serve(ServerConfig config, ModelFolders folders, Optional<BearerToken> token, ReportFiles pages)
            throws IOException {
        long start = System.nanoTime();
        RequestListener listener = noRequestLog ? request -> {} : request -> console.message(request.json());
        try (LongtailServer server = LongtailServer.start(config, folders, token, pages, listener)) {
            announce(server, (System.nanoTime() - start) / 1e9);
            new CountDownLatch(1).await(); // until the process is asked to end
        } catch (InterruptedException e) {
            console.message("longtail: the server has stopped");
        }
        return Failures.DONE;
    }

    private void announce(LongtailServer server, double seconds) throws IOException {
        List<String> names = server.models().names();
        if (json) {
            ObjectNode object = Json.object();
            object.put("address", server.address().toString());
            object.put("page", server.address() + "/");
            object.put("port", server.port());
            ArrayNode array = object.putArray("models");
            names.forEach(array::add);
            object.put("seconds", seconds);
            console.out().println(Json.line(object));
        } else {
            console.out().println("serving " + String.join(", ", names) + " at " + server.address());
            console.out().println("for people: " + server.address() + "/ in a browser");
        }
        console.flush();
    }
}
