package dev.longtail.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told of every request that was answered, by the thread that answers it. */
@FunctionalInterface
public interface RequestListener {

    void answered(AnsweredRequest request);

    /** One line of JSON for each request, at level INFO, to the logger {@code dev.longtail.server.requests}. */
    static RequestListener log() {
        Logger log = LoggerFactory.getLogger("dev.longtail.server.requests");
        return request -> {
            if (log.isInfoEnabled()) {
                log.info(request.json());
            }
        };
    }
}
