package dev.longtail.server;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report of a model, a page that longtail report has made. It is shown as if it came from a stranger: in a sandbox,
 * with an origin of its own that can read nothing of the server's page, and without the network. What its own policy
 * forbids beyond that stays forbidden.
 */
final class ReportApi {

    private static final Logger LOG = LoggerFactory.getLogger(ReportApi.class);

    private static final Map<String, String> SANDBOX = Map.of(
            "Content-Security-Policy",
            "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                    + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
            "Referrer-Policy",
            "no-referrer");

    private final Suggester suggester;
    private final ReportFiles reports;

    ReportApi(Suggester suggester, ReportFiles reports) {
        this.suggester = suggester;
        this.reports = reports;
    }

    List<Route> routes() {
        return List.of(Route.get("/v1/models/{name}/report", this::report));
    }

    private Reply report(Call call) {
        String name = suggester.name(call, "name");
        if (!reports.names().contains(name)) {
            throw Problem.of(404, "no-report", "the server was given no report of this model");
        }
        try {
            return Reply.of("text/html; charset=utf-8", reports.read(name)).with(SANDBOX);
        } catch (IOException | InputException e) {
            LOG.error("the report of {} cannot be read: {}", name, e.getMessage());
            throw Problem.of(404, "no-report", "the report of this model cannot be read; the log says why");
        }
    }
}
